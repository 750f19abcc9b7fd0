package form

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/layout"
	"errata/ui/term"
	"errata/ui/uitest"
)

// click clicks on a text of the screen, twice for a double click.
func (d *driver) click(text string, double bool) *driver {
	d.t.Helper()
	x, y := uitest.At(d.t, d.m.View(), text)
	d.send(term.ClickMsg{X: x, Y: y})
	if double {
		d.send(term.ClickMsg{X: x, Y: y, Double: true})
	}
	return d
}

func TestAClickSelectsAFieldAndADoubleClickEditsIt(t *testing.T) {
	t.Parallel()
	for _, w := range []int{80, 140} {
		d := drive(t, document, w, 40)
		d.click("Error", false)
		if name := d.m.Field().Name; name != "error" {
			t.Fatalf("%d cells: the cursor is on %s", w, name)
		}
		d.click("Output tokens", true).press("4")
		if w > 100 {
			d.send(term.ClickMsg{X: 2, Y: d.m.parts.List.Y, Double: true}) // a heading
			if d.m.edit == nil {
				t.Error("a click on a heading closed the editor")
			}
		}
		d.press("esc").shows("1 changed")
	}
}

func TestAClickInTheListKeepsWhatIsTyped(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 140, 40).at("output")
	d.press("enter", "!").click("Error", false)
	if d.m.editing() != nil || d.m.Field().Name != "error" {
		t.Fatalf("the editor is open on %s", d.m.Field().Name)
	}
	d.shows("1 changed")
	d.shows("At nine.!")
}

func TestAClickPlacesTheCursorInAText(t *testing.T) {
	t.Parallel()
	for _, w := range []int{80, 140} {
		d := drive(t, document, w, 40).at("output").press("enter")
		x, y, _ := d.m.Cursor()
		d.send(term.ClickMsg{X: x - len("nine."), Y: y})
		d.press("X").shows("At Xnine.")
	}
}

func TestAClickPlacesTheCursorOnAPart(t *testing.T) {
	t.Parallel()
	for _, w := range []int{80, 140} {
		d := drive(t, document, w, 40).at("messages").press("enter")
		x, y := uitest.At(t, d.m.View(), "is high tide")
		d.send(term.ClickMsg{X: x, Y: y})
		d.send(term.ClickMsg{X: x, Y: y, Double: true})
		d.press("!").shows("When is high tide?!")
		d.send(term.ClickMsg{X: x, Y: y})
		d.press("X").shows("When Xis high tide?!")
		d.press("esc", "esc")

		d.at("metadata").press("enter")
		x, y = uitest.At(t, d.m.View(), " x")
		d.send(term.ClickMsg{X: x, Y: y})
		d.send(term.ClickMsg{X: x, Y: y, Double: true})
		d.press("y", "esc", "esc").shows("2 changed")
	}
}

func TestAClickPlacesTheCursorInASearchOfAStructure(t *testing.T) {
	t.Parallel()
	for _, w := range []int{80, 140} {
		d := drive(t, document, w, 40).at("messages").press("enter", "/", "wharf")
		d.click("arf", false).press("X").shows("whXarf")
		d.press("esc", "o", "wharf").click("arf", false).press("X").shows("whXarf")
	}
}

// A click on an option puts the cursor there, the second judges; several are marked one by one.
func TestAClickJudges(t *testing.T) {
	t.Parallel()
	for _, w := range []int{80, 140} {
		d := judge(t, w, 40, "ev_rating").press("enter")
		d.click(") neither", false).decides("")
		d.click(") neither", true).decides("rating: good → neither")
		d.m.moveTo(d.m.rowOfEvaluator("ev_faults"))
		d.press("enter").click("] off topic", true).click("] too long", true).click("] too long", true).press("enter")
		d.decides("rating: good → neither, faults: nothing → off topic")
	}
}

func TestTheWheelScrollsWhatIsUnderThePointer(t *testing.T) {
	t.Parallel()
	d := drive(t, document, 140, 14).at("output").press("enter")
	top, at := d.m.top, d.m.cursor
	over := func(r layout.Rect, button tea.MouseButton) {
		d.send(tea.MouseMsg{X: r.X + 1, Y: r.Y + r.H - 1, Button: button})
	}
	over(d.m.parts.List, tea.MouseButtonWheelDown)
	if d.m.top != top+term.WheelRows || d.m.cursor != at || d.m.edit == nil {
		t.Errorf("over the list it shows row %d first, the cursor is on row %d, the editor is open: %v", d.m.top, d.m.cursor, d.m.edit != nil)
	}
	over(d.m.parts.Pane, tea.MouseButtonWheelDown)
	if d.m.top != top+term.WheelRows {
		t.Error("over the value the list is scrolled")
	}
	for range 100 {
		over(d.m.parts.List, tea.MouseButtonWheelDown)
	}
	if last := len(d.m.rows) - d.m.parts.List.H; d.m.top != last {
		t.Errorf("the list ends with row %d first, want %d", d.m.top, last)
	}
}
