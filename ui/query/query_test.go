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
		q := New("old words", theme.Dark()).Select()
		for _, msg := range test.msgs {
			q.Update(msg)
		}
		if got := q.Text(); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestTheSelectionIsSeen(t *testing.T) {
	t.Parallel()
	th := theme.Dark()
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
