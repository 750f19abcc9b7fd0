package editor

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"errata/ui/sanitize"
	"errata/ui/uitest"
)

// longLines are lines of more than one segment, by what they are made of.
var longLines = map[string]string{
	"words":         "The quick brown fox jumps over the lazy dog ",
	"no blanks":     "abcdefghijklmnopqrstuvwxyz0123456789",
	"han":           "日本語文字",
	"families":      "👨‍👩‍👧‍👦",
	"flags":         "🇩🇪",
	"combining":     "e\u0301",
	"bad bytes":     "\xff\xfe\x80",
	"continuations": "\x80",
	"controls":      "\x1b\x00",
	"tabs":          "\t",
	"blanks":        " ",
	"CR":            "\r",
	"bidi":          "\u202e",
	"jamo":          "ᄀ",
	"escaped JSON":  `{"a": "b\n", "c": [1, 2.50]},`,
}

// TestSegmentsAreAFunctionOfTheText cuts long lines, asked at random places, and checks that the
// pieces fit together.
func TestSegmentsAreAFunctionOfTheText(t *testing.T) {
	t.Parallel()
	for name, part := range longLines {
		for _, tail := range []string{"", "\n", "\r\n", "\nmore"} {
			t.Run(fmt.Sprintf("%s%q", name, tail), func(t *testing.T) {
				t.Parallel()
				text := []byte("first\n" + strings.Repeat(part, 20000/len(part)) + tail)
				m := New(text, Options{})
				m.SetSize(80, 24)
				var starts []int
				for at := 0; at < len(text); {
					s := m.segmentAt(at)
					if s.start != at || s.end <= at || s.end-s.start > segmentSize+sanitize.SeamReach+2 {
						t.Fatalf("at %d: a segment from %d to %d", at, s.start, s.end)
					}
					if !bytes.Equal(s.text, text[s.start:s.end]) || s.last != (s.end == len(text) || text[s.end-1] == '\n') {
						t.Fatalf("at %d: another text, or another end", at)
					}
					starts = append(starts, at)
					at = s.end
				}
				for _, at := range starts[1:] {
					if utf8.ValidString(part) && at < len(text) && !utf8.RuneStart(text[at]) {
						t.Errorf("a cut within a character at %d", at)
					}
				}
				random := rand.New(rand.NewPCG(3, 4))
				for range 20 {
					at := random.IntN(len(text))
					m.layout()
					if s := m.segmentAt(at); at < s.start || at >= s.end {
						t.Fatalf("byte %d given the segment from %d to %d", at, s.start, s.end)
					}
				}
			})
		}
	}
}

// TestRowsGoDownAndUpAlike walks all rows of a text both ways.
func TestRowsGoDownAndUpAlike(t *testing.T) {
	t.Parallel()
	for name, part := range longLines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := "one\n\n" + strings.Repeat(part, 20000/len(part)) + "\r\nend\n"
			m := New([]byte(text), Options{})
			m.SetSize(40, 10)
			var down []int
			for r, more := m.rowAt(0), true; more; r, more = (walk{&m.laid}).Below(r) {
				if r.from() < 0 || len(down) > 0 && r.from() <= down[len(down)-1] {
					t.Fatalf("row at %d after %d", r.from(), down[len(down)-1])
				}
				down = append(down, r.from())
			}
			i := len(down) - 1
			for r, more := m.rowAt(len(text)), true; more; r, more = (walk{&m.laid}).Above(r) {
				if i < 0 || r.from() != down[i] {
					t.Fatalf("up: row %d at %d", i, r.from())
				}
				i--
			}
			if i != -1 {
				t.Errorf("%d rows are missed going up", i+1)
			}
		})
	}
}

// TestEditingAcrossSegments types and deletes around the places where a long line is cut.
func TestEditingAcrossSegments(t *testing.T) {
	t.Parallel()
	for name, part := range longLines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := []byte(strings.Repeat(part, 20000/len(part)))
			m := New(text, Options{})
			m.SetSize(60, 8)
			cut := m.segmentAt(segmentSize + 2*sanitize.SeamReach).start
			m.GoToOffset(cut)
			for _, k := range strings.Fields("backspace a delete left left x right right right enter backspace up down end home ctrl+left ctrl+right ctrl+w") {
				before, cursor := m.Text().Bytes(), m.cursor
				m.Update(uitest.Key(k))
				checkOneEdit(t, before, m.Text().Bytes(), cursor)
				checkView(t, m)
			}
			for len(m.done) > 0 {
				press(m, "ctrl+z")
			}
			if !m.Text().Equal(text) {
				t.Error("undo does not lead back")
			}
		})
	}
}

func TestLeftAndRightPassEveryCluster(t *testing.T) {
	t.Parallel()
	for name, part := range longLines {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := New([]byte(strings.Repeat(part, 8800/len(part))), Options{})
			m.SetSize(60, 5)
			back := []int{m.cursor}
			for m.cursor > 0 && len(back) < 700 { // over the cut and beyond
				m.left()
				if last := back[len(back)-1]; m.cursor >= last {
					t.Fatalf("left at %d leads to %d", last, m.cursor)
				}
				back = append(back, m.cursor)
			}
			for i := len(back) - 1; i >= 0; i-- {
				if m.cursor != back[i] {
					t.Fatalf("right leads to %d, left went to %d", m.cursor, back[i])
				}
				m.right()
			}
		})
	}
}
