package pager

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"errata/ui/change"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// A line of a change that is longer than a row goes on behind its sign, so that what stands under
// the sign is a sign.
func TestALongLineOfAChangeHangsBehindItsSign(t *testing.T) {
	t.Parallel()
	lines := []change.Line{
		{Kind: change.Removed, Text: "the water is high at nine in the morning"},
		{Kind: change.Added, Text: "the water is high at ten 日本語日本語日本語"},
		{Kind: change.Same, Text: "and low at three in the afternoon"},
	}
	const want = "- the water is high\n  at nine in the\n  morning\n+ the water is high\n  at ten 日本語日本語\n  日本語\n  and low at three in\n  the afternoon"
	if got := frameOf(Changes(lines, theme.None()), 22, 20); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for w := range 60 {
		m := open(Changes([]change.Line{{Kind: change.Added, Text: hostile}, {Kind: change.Note, Text: ""}}, theme.None()), w, 40)
		for line := range strings.SplitSeq(m.View(), "\n") {
			if got := sanitize.Width(ansi.Strip(line)); got != w {
				t.Fatalf("a row of %d cells in a window of %d: %q", got, w, line)
			}
		}
	}
}
