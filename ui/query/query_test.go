package query

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/person"
	"errata/ui/term"
	"errata/ui/theme"
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
		"a letter":      {[]tea.Msg{person.Key("n"), person.Key("e")}, "ne"},
		"a space":       {[]tea.Msg{person.Key(" ")}, " "},
		"a paste":       {[]tea.Msg{paste}, "pasted"},
		"backspace":     {[]tea.Msg{person.Key("backspace")}, ""},
		"an arrow":      {[]tea.Msg{person.Key("left"), person.Key("!")}, "old word!s"},
		"end":           {[]tea.Msg{person.Key("end"), person.Key("!")}, "old words!"},
		"home":          {[]tea.Msg{person.Key("home"), paste}, "pastedold words"},
		"a word less":   {[]tea.Msg{person.Key("ctrl+w"), person.Key("x")}, "old x"},
		"literally":     {[]tea.Msg{person.Key("ctrl+v"), person.Key("tab")}, "\t"},
		"not its key":   {[]tea.Msg{person.Key("alt+r"), person.Key("x")}, "x"},
		"undone":        {[]tea.Msg{person.Key("x"), person.Key("ctrl+z"), person.Key("ctrl+z")}, "old words"},
		"typed further": {[]tea.Msg{person.Key("x"), person.Key("left"), person.Key("y")}, "yx"},
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
	q.Update(person.Key("end"))
	kept, _ := q.View("search: ", 40)
	if selected == kept || x != len("search: old") || !strings.Contains(kept, "old") {
		t.Errorf("selected %q, kept %q, the cursor at %d", selected, kept, x)
	}
	if line, x := q.View("search: ", 6); strings.Contains(line, "search") || x > 5 {
		t.Errorf("in 6 cells the line is %q, the cursor at %d", line, x)
	}
}
