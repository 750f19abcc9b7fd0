package jsonraw_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"errata/model/jsonraw"
)

// TestQuoterIsQuote of a text in pieces, wherever it is cut.
func TestQuoterIsQuote(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("high \"water\"\tat — nine 🌊\n", 9000)
	for _, text := range []string{"", "ebb", "\x00\\\"", "é\xed\xa0\x80z", long, "x" + long, "xx" + long, "xxx" + long, long + "\xff"} {
		want, wrong := jsonraw.Quote(text)
		for _, size := range []int{1, 2, 7, 4096, 1 << 20} {
			if size < 4096 && len(text) > 4096 {
				continue
			}
			q := jsonraw.NewQuoter([]byte(`{"a":`), len(text))
			for piece := range slices.Chunk([]byte(text), size) {
				q.Add(piece)
			}
			got, err := q.Literal()
			if (err == nil) != (wrong == nil) || err == nil && !bytes.Equal(got, append([]byte(`{"a":`), want...)) {
				t.Fatalf("%.20q in pieces of %d: %.40s, %v", text, size, got, err)
			}
		}
	}
}
