package query

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/term"
	"errata/ui/theme"
	"errata/ui/uitest"
)

// The old query is selected: typing takes its place, moving keeps it.
func TestTheOldQueryIsSelected(t *testing.T) {
	t.Parallel()
	paste := tea.Msg(term.PasteMsg{Text: "pasted"})
	for name, test := range map[string]struct {
		msgs []tea.Msg
		want string
	}{
		"nothing":       {nil, "old words"},
		"a letter":      {[]tea.Msg{uitest.Key("n"), uitest.Key("e")}, "ne"},
		"a space":       {[]tea.Msg{uitest.Key(" ")}, " "},
		"a paste":       {[]tea.Msg{paste}, "pasted"},
		"backspace":     {[]tea.Msg{uitest.Key("backspace")}, ""},
		"an arrow":      {[]tea.Msg{uitest.Key("left"), uitest.Key("!")}, "old word!s"},
		"end":           {[]tea.Msg{uitest.Key("end"), uitest.Key("!")}, "old words!"},
		"home":          {[]tea.Msg{uitest.Key("home"), paste}, "pastedold words"},
		"a word less":   {[]tea.Msg{uitest.Key("ctrl+w"), uitest.Key("x")}, "old x"},
		"literally":     {[]tea.Msg{uitest.Key("ctrl+v"), uitest.Key("tab")}, "\t"},
		"not its key":   {[]tea.Msg{uitest.Key("alt+r"), uitest.Key("x")}, "x"},
		"undone":        {[]tea.Msg{uitest.Key("x"), uitest.Key("ctrl+z"), uitest.Key("ctrl+z")}, "old words"},
		"typed further": {[]tea.Msg{uitest.Key("x"), uitest.Key("left"), uitest.Key("y")}, "yx"},
	} {
		q := New("old words", theme.For("dark", theme.Terminal{})).Select()
		for _, msg := range test.msgs {
			q.Update(msg)
		}
		if got := q.Text(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestALongPasteIsRefusedAndSaid(t *testing.T) {
	t.Parallel()
	q := New("old words", theme.For("dark", theme.Terminal{}))
	q.Update(term.PasteMsg{Text: strings.Repeat("too much ", 11<<20/9)})
	line, x := q.View("search: ", 80)
	if want := "not taken: this line holds 64 KiB at most"; !strings.Contains(line, want) || x != len("search: "+want) {
		t.Errorf("it shows %q, the cursor at %d, want %q", line, x, want)
	}
	if q.Text() != "old words" {
		t.Errorf("the text is %.40q", q.Text())
	}
	q.Update(uitest.Key("!"))
	if line, _ := q.View("search: ", 80); !strings.Contains(line, "old words!") {
		t.Errorf("after the next key it shows %q", line)
	}
	q.Select().Update(term.PasteMsg{Text: strings.Repeat("x", longest)})
	if got := len(q.Text()); got != longest {
		t.Errorf("%d bytes were taken in the place of what was selected, want %d", got, longest)
	}
	if q.Update(uitest.Key("y")); len(q.Text()) != longest {
		t.Error("a key was taken beyond the limit")
	}
}

func TestTheSelectionIsSeen(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{})
	q := New("old", th).Select()
	selected, x := q.View("search: ", 40)
	q.Update(uitest.Key("end"))
	kept, _ := q.View("search: ", 40)
	if selected == kept || x != len("search: old") || !strings.Contains(kept, "old") {
		t.Errorf("selected %q, kept %q, the cursor at %d", selected, kept, x)
	}
	if line, x := q.View("search: ", 6); strings.Contains(line, "search") || x > 5 {
		t.Errorf("in 6 cells the line is %q, the cursor at %d", line, x)
	}
}

// A click puts the cursor on the cluster under it, also where the line is scrolled; on the label at
// the first that is seen, behind the text at its end.
func TestAClickPlacesTheCursor(t *testing.T) {
	t.Parallel()
	th := theme.For("dark", theme.Terminal{})
	for _, c := range []struct {
		text string
		w, x int
		want string // of X, which is typed then
	}{
		{"tides", 40, 4, "tiXdes"}, {"tides", 40, 0, "Xtides"}, {"tides", 40, 39, "tidesX"}, {"日本語", 40, 5, "日X本語"},
		{"a\tb", 40, 3, "aX\tb"}, {"one two three", 8, 3, "one two tXhree"}, {"one two three", 2, 0, "one two threXe"},
	} {
		q := New(c.text, th)
		q.View("/ ", c.w)
		if !q.Update(term.ClickMsg{X: c.x}) {
			t.Errorf("%q: the click was not used", c.text)
		}
		q.Update(uitest.Key("X"))
		if got := q.Text(); got != c.want {
			t.Errorf("%q in %d cells, a click at %d: %q, want %q", c.text, c.w, c.x, got, c.want)
		}
	}
	q := New("old", th).Select()
	q.View("/ ", 40)
	if q.Update(term.ClickMsg{X: 3, Y: 1}) || q.Update(term.ClickMsg{X: 3, Y: -1}) || q.Update(term.ClickMsg{X: 40}) || q.Update(term.ClickMsg{X: -1}) {
		t.Error("a click beside it was used")
	}
	q.Update(term.ClickMsg{X: 3})
	if q.Update(uitest.Key("X")); q.Text() != "oXld" {
		t.Errorf("what was selected became %q", q.Text())
	}
}
