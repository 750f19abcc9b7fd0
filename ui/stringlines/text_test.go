package stringlines

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"errata/model/jsonraw"
)

// walkLiteral goes through a literal down and up, and fails the test unless both see the same
// paragraphs and together all of the text.
func walkLiteral(t *testing.T, raw []byte) {
	t.Helper()
	l := Text(raw)
	var down []int
	var text strings.Builder
	for at, more := l.First(), true; more; {
		down = append(down, at)
		if len(down) > len(raw) {
			t.Fatalf("walking does not end in %.200q", raw)
		}
		text.WriteString(l.Line(at))
		end, next := l.Stop(at)
		if next > end {
			text.WriteByte('\n')
		}
		if end-at > 3*pieceBytes {
			t.Errorf("a paragraph of %d bytes", end-at)
		}
		at, more = l.After(at)
	}
	want, _ := jsonraw.Text(raw)
	if text.String() != want {
		t.Errorf("the paragraphs of %.200q hold another text (%d bytes, want %d)", raw, text.Len(), len(want))
	}
	var up []int
	for at, more := l.Last(), true; more; at, more = l.Before(at) {
		up = append(up, at)
		if len(up) > len(raw) {
			t.Fatalf("walking up does not end in %.200q", raw)
		}
	}
	slices.Reverse(up)
	if !slices.Equal(down, up) {
		t.Errorf("%d paragraphs downwards, %d upwards in %.200q", len(down), len(up), raw)
	}
	for _, at := range down {
		if got := l.Start(at); got != at {
			t.Errorf("the paragraph at %d begins at %d", at, got)
		}
	}
}

func TestLiteralsAreWalkedBothWays(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		`""`, `"a"`, `"\n"`, `"\n\n"`, `"a\nb"`, `"a\\nb"`, `"a\\\nb"`, `"\u000a\u000A\n"`, `"a\r\n"`, `"\"\n\""`, `"\\"`, `"\\\\n\\"`,
		`"` + strings.Repeat("x", 100_000) + `"`, `"` + strings.Repeat(`\\`, 30_000) + `"`, `"` + strings.Repeat(`\"`, 30_000) + `\n"`,
		`"` + strings.Repeat(`\u00e9`, 9_000) + `"`, `"` + strings.Repeat(`\ud83d\ude00`, 9_000) + `"`, `"` + strings.Repeat("漢", 30_000) + `\n` + `"`,
		`"` + strings.Repeat("word ", 20_000) + `\n` + strings.Repeat("word ", 20_000) + `"`,
	} {
		walkLiteral(t, []byte(raw))
	}
	pieces := []string{`\n`, `\\`, `\"`, `\u000a`, `\u00e9`, `\ud83d\ude00`, " ", "a", "漢", "word ", strings.Repeat("y", 500), strings.Repeat("z ", 3000), strings.Repeat(`\\`, 4000), strings.Repeat("é", 5000)}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 3))
		var b strings.Builder
		b.WriteByte('"')
		for range 40 {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		b.WriteByte('"')
		walkLiteral(t, []byte(b.String()))
	}
}

func TestCutsDoNotTearEmoji(t *testing.T) {
	t.Parallel()
	l := Text(`"` + strings.Repeat(`\ud83d\ude00`, 20_000) + `"`)
	for at, more := l.First(), true; more; at, more = l.After(at) {
		if text := l.Line(at); strings.Trim(text, "😀") != "" {
			t.Fatalf("a paragraph holds %q", strings.Trim(text, "😀"))
		}
	}
}

func FuzzLiteral(f *testing.F) {
	f.Add("a\nb\\n\"", 1)
	f.Add("é\r\n\n", 9000)
	f.Add("\\", 20_000)
	f.Fuzz(func(t *testing.T, text string, times int) {
		raw, err := jsonraw.Quote(strings.Repeat(text, min(max(times, 0), 60_000/(len(text)+1))))
		if err == nil {
			walkLiteral(t, raw)
		}
	})
}
