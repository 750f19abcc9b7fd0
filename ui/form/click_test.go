package form

import (
	"testing"

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
