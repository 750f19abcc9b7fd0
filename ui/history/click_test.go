package history

import (
	"testing"

	"errata/ui/term"
)

func TestAClickSelectsAnEntryAndADoubleClickDoesWhatEnterDoes(t *testing.T) {
	t.Parallel()
	d := drive(t, many(t, 20), 80, 24)
	first := d.parts.List.Y + 1
	d.Give(term.ClickMsg{X: 5, Y: first + 3})
	d.at("log_003")
	d.shows("+ after 3")
	d.Give(term.ClickMsg{X: 5, Y: first + d.rows(), Double: true}) // on the rule below
	if len(d.Said) > 0 {
		t.Errorf("a click beside the rows said %v", d.Said)
	}
	d.Give(term.ClickMsg{X: 5, Y: first + 3, Double: true})
	if len(d.Said) != 1 || d.Said[0].(UndoMsg).Entry.LogID != "log_003" {
		t.Errorf("it said %v", d.Said)
	}
}

func TestAClickPlacesTheCursorInTheFilter(t *testing.T) {
	t.Parallel()
	d := drive(t, many(t, 20), 80, 24)
	d.press("/", "log_003")
	d.View() // a click is on what is drawn
	d.Give(term.ClickMsg{X: len(promptLabel) + len("log_"), Y: 22})
	d.press("X")
	d.shows("filter: log_X003")
}
