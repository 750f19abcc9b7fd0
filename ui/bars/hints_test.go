package bars

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"errata/ui/keys"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// What is clicked on is what is drawn there, at every width.
func TestHintsStandWhereTheyAreDrawn(t *testing.T) {
	t.Parallel()
	m := keys.Map{}.With([]keys.Binding{
		keys.Bind(keys.Send, "send", "ctrl+s").Hinted("send"),
		keys.Bind(keys.Mark, "mark", " ").As("space").Hinted("mark"),
		keys.Bind(keys.Copy, "copy", "y"),
		keys.Bind(keys.Close, "close", "esc", "q").As("esc q").Hinted("close"),
	})
	for _, w := range []int{60, 80, 120} {
		line := Hints(w, theme.None(), m)
		for text, want := range map[string]string{"ctrl+s": "ctrl+s", "send": "ctrl+s", "space": " ", "mark": " ", "close": "esc", "help": "f1"} {
			x, _ := uitest.At(t, line, text)
			if got, ok := HintAt(x, w, theme.None(), m); !ok || got != want {
				t.Errorf("%d cells: %s is the key %q, %v", w, text, got, ok)
			}
		}
		x, _ := uitest.At(t, line, "  space")
		if got, ok := HintAt(x, w, theme.None(), m); ok {
			t.Errorf("%d cells: between two hints stands %q", w, got)
		}
	}
}

// The way out of a screen is in its footer, whatever else has to go.
func TestTheFooterHasTheWayOut(t *testing.T) {
	t.Parallel()
	for _, m := range keys.Maps {
		exit := wayOut([]keys.Map{m})
		if exit.Hint == "" {
			continue
		}
		hint := hintOf(exit, theme.None())
		for _, w := range []int{40, 80} {
			line := ansi.Strip(Hints(w, theme.None(), m))
			if want := hint.Help().Key + " " + hint.Help().Desc; !strings.Contains(line, want) {
				t.Errorf("%s in %d columns: %q lacks %q", m.Title, w, line, want)
			}
		}
	}
}
