package paint

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// tags are inks that can be read.
var tags = Looks{Text: Ink{}, Mark: Ink{"{m:", "}"}, Match: Ink{"{s:", "}"}, Current: Ink{"{c:", "}"}}

func drawn(t Text, from, end, width int) (string, int) {
	var out strings.Builder
	col := t.Draw(&out, from, end, width)
	return out.String(), col
}

func TestDraw(t *testing.T) {
	t.Parallel()
	name, over := Ink{"{n:", "}"}, Ink{"{o:", "}"}
	for _, c := range []struct {
		name      string
		text      Text
		from, end int
		width     int
		want      string
		cells     int
	}{
		{"plain text has no codes", Text{Bytes: []byte("plain")}, 0, 5, 9, "plain", 5},
		{"a part", Text{Bytes: []byte("one two")}, 4, 7, 9, "two", 3},
		{"marks side by side are one run", Text{Bytes: []byte("a\x00\x01b")}, 0, 4, 9, "a{m:␀␁}b", 4},
		{"a span", Text{Bytes: []byte("a name"), Spans: []Span{{2, 6, name}}}, 0, 6, 9, "a {n:name}", 6},
		{"a mark within a span", Text{Bytes: []byte("a\tb"), Spans: []Span{{0, 3, name}}}, 0, 3, 20, "{n:a}{m:→      }{n:b}", 9},
		{"matches", Text{Bytes: []byte("ab ab"), Matches: [][2]int{{0, 2}, {3, 5}}, Now: 3}, 0, 5, 9, "{s:ab} {c:ab}", 5},
		{"a match that begins before the row", Text{Bytes: []byte("abcd"), Matches: [][2]int{{1, 3}}, Now: -1}, 2, 4, 9, "{s:c}d", 2},
		{"a match within a cluster", Text{Bytes: []byte("e\u0301x"), Matches: [][2]int{{1, 3}}, Now: -1}, 0, 4, 9, "{s:e\u0301}x", 2},
		{"bytes are counted from the base", Text{Bytes: []byte("ab"), Base: 7, Matches: [][2]int{{8, 9}}, Now: -1}, 0, 2, 9, "a{s:b}", 2},
		{"what goes over all else", Text{Bytes: []byte("ab"), Matches: [][2]int{{0, 2}}, Over: Span{1, 2, over}}, 0, 2, 9, "{c:a}{o:b}", 2},
		{"a line break is not seen", Text{Bytes: []byte("a\n")}, 0, 2, 9, "a", 1},
		{"unless it is meant", Text{Bytes: []byte("a\n"), Matches: [][2]int{{1, 2}}, Now: -1}, 0, 2, 9, "a{s: }", 2},
		{"or has a sign", Text{Bytes: []byte("a\r\nb"), Break: "⏎"}, 0, 4, 9, "a{m:␍⏎}b", 4},
		{"a wide character in one cell", Text{Bytes: []byte("日")}, 0, 3, 1, " ", 1},
		{"a mark that is cut", Text{Bytes: []byte("\u202e")}, 0, 3, 4, "{m:<U+2}", 4},
		{"no room", Text{Bytes: []byte("ab")}, 0, 2, 0, "", 0},
	} {
		c.text.Looks = tags
		if got, cells := drawn(c.text, c.from, c.end, c.width); got != c.want || cells != c.cells {
			t.Errorf("%s: %q in %d cells, want %q in %d", c.name, got, cells, c.want, c.cells)
		}
	}
}

// A style that underlines does not take clusters apart.
func TestClustersStayWhole(t *testing.T) {
	t.Parallel()
	r := lipgloss.NewRenderer(nil)
	r.SetColorProfile(termenv.ANSI)
	text := "👩‍👩‍👧‍👦e\u0301"
	got, _ := drawn(Text{Looks: Looks{Text: Of(r.NewStyle().Underline(true))}, Bytes: []byte(text)}, 0, len(text), 20)
	if !strings.Contains(got, text) || !strings.HasPrefix(got, "\x1b[") {
		t.Errorf("%q", got)
	}
}

func TestMatches(t *testing.T) {
	t.Parallel()
	if got := Matches(regexp.MustCompile("a*"), "baac"); len(got) != 1 || got[0] != [2]int{1, 3} {
		t.Errorf("%v", got)
	}
}
