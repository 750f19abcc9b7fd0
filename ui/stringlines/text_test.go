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
func walkLiteral(t *testing.T, raw []byte) { walkParts(t, Parts{Text: raw}) }

func walkParts(t *testing.T, l Parts) {
	t.Helper()
	raw := []byte(l.Text)
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
		if end-at > 3*pieceBytes && !l.IsWhole(at) {
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
	l := Parts{Text: Text(`"` + strings.Repeat(`\ud83d\ude00`, 20_000) + `"`)}
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

// TestPartsAreWhole walks texts in which some bytes are one piece, however long they are and
// whatever is beside them.
func TestPartsAreWhole(t *testing.T) {
	t.Parallel()
	fill := []string{"", "a", `\n`, `a\n`, `\nb`, "word ", strings.Repeat("x", pieceBytes), strings.Repeat("y ", pieceBytes), `\\`, strings.Repeat(`\n`, 9)}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 7))
		const base = 5
		p := Parts{Base: base}
		raw := []byte{'"'}
		for range 1 + r.IntN(4) {
			raw = append(raw, fill[r.IntN(len(fill))]...)
			from := len(raw)
			raw = append(raw, strings.Repeat("QUJD", 1+r.IntN(3*pieceBytes))...)
			p.Whole = append(p.Whole, [2]int{from + base, len(raw) + base})
			raw = append(raw, fill[r.IntN(len(fill))]...)
		}
		p.Text = slices.Concat(raw, []byte{'"'})
		walkParts(t, p)
		seen := 0
		for at, more := p.First(), true; more; at, more = p.After(at) {
			if !p.IsWhole(at) {
				continue
			}
			if end, _ := p.Stop(at); at+base != p.Whole[seen][0] || end+base != p.Whole[seen][1] {
				t.Fatalf("part %d is %d to %d, want %v", seen, at, end, p.Whole[seen])
			}
			seen++
		}
		if seen != len(p.Whole) {
			t.Errorf("%d of %d parts are pieces of their own", seen, len(p.Whole))
		}
	}
}
