package change_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/change"
)

// TestAValueInPartsIsToldAsInOnePiece: what is said of a large text that shares what is large with
// the old one is what is said of a copy, and none is made where one place differs.
func TestAValueInPartsIsToldAsInOnePiece(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for n := 0; b.Len() < 3<<20; n++ {
		fmt.Fprintf(&b, `Day %d: high water at the northern pier.\n`, n)
	}
	literal := []byte(`"` + b.String() + `"`)
	was := model.Raw(literal)
	middle := strings.Index(string(literal), "Day 30000:")
	for _, test := range []struct {
		at, del int
		ins     string
		copied  bool
	}{
		{middle, 3, "Night", false},
		{len(literal) - 1, 0, `Neap.`, false},
		{1, 0, `Spring. `, false},
		{middle, 0, `Neap\nand\nebb\n`, false},
		{middle, 400, ``, false},
		{middle, 1, `\u0044`, false}, // means the same
		{middle - 1, 3 + len("Day 30000: high"), `\nDay 30000: low`, false},
		{middle, 85, `Day: high water at the northern pier.\nDay 30001: high water at the northern pier.\nNight`, true}, // two places
	} {
		now, ok := was.Spliced(jsonraw.Span{Start: test.at, End: test.at + test.del}, []byte(test.ins))
		if !ok || len(now.Parts()) < 2 {
			t.Fatal("it is in one part")
		}
		one := model.Raw(slices.Concat(literal[:test.at], []byte(test.ins), literal[test.at+test.del:]))
		got, want := change.Told(model.Output, was, now, 40), change.Told(model.Output, was, one, 40)
		if got.Sentence != want.Sentence || !reflect.DeepEqual(got.Lines, want.Lines) || len(got.Places) != len(want.Places) {
			t.Errorf("%q is told as\n%s\n%v\nand in one piece as\n%s\n%v", test.ins, got.Sentence, got.Lines, want.Sentence, want.Lines)
		}
		if copied := len(now.Parts()) < 2; copied != test.copied {
			t.Errorf("%q: it was copied: %v", test.ins, copied)
		}
	}
}
