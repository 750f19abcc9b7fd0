package browse

import (
	"strings"
	"testing"

	"errata/ui/term"
	"errata/ui/uitest"
)

// click clicks on a text of the screen.
func (d *driver) click(text string, double bool) {
	d.t.Helper()
	x, y := uitest.At(d.t, d.View(), text)
	d.Give(term.ClickMsg{X: x, Y: y, Double: double})
}

func TestAClickSelectsALogAndAnotherOpensIt(t *testing.T) {
	t.Parallel()
	for _, w := range []int{80, 120, 200} {
		d := drive(t, &shelf{t: t, docs: docs(100)}, w, 24)
		d.press("pgdown", "down", "down")
		table := func() string { return strings.Join(d.table(d.parts()), "\n") }
		for _, text := range []string{"answer 12", "answer 8 ", "answer 8 "} {
			_, y := uitest.At(t, table(), text)
			d.Give(term.ClickMsg{X: 3, Y: y + 1})
			if _, now := uitest.At(t, table(), text); now != y {
				t.Errorf("%d cells: the list moved under the pointer", w)
			}
		}
		d.at("log_008")
		_, y := uitest.At(t, table(), "answer 8 ")
		d.Give(term.ClickMsg{X: 3, Y: y + 1, Double: true})
		if len(d.Said) != 1 || d.Said[0] != (OpenMsg{ID: "log_008"}) {
			t.Errorf("%d cells: it said %v", w, d.Said)
		}
		d.Give(term.ClickMsg{X: 3, Y: 0, Double: true})
		d.at("log_008")
	}
}

func TestAClickOnATitleSorts(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(30)}, 120, 24)
	d.click("tokens", false)
	d.wants("sorted by tokens, most first")
	d.click("model", false)
	d.wants("sorted by model")
	d.click("model", false)
	d.lacks("sorted by")
	d.click("question", false)
	d.lacks("sorted by")
}

func TestAClickChoosesInLists(t *testing.T) {
	t.Parallel()
	d := drive(t, &shelf{t: t, docs: docs(30)}, 80, 24)
	d.press("p")
	d.click("pr_3", false)
	d.wants("prompt:")
	d.click("tea", true)
	d.wants("--prompt tea")
	d.press("C")
	d.click("[x] model", false)
	d.wants("[x] model")
	d.click("[x] model", true)
	d.wants("[ ] model")
}
