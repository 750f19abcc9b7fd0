package bulk

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/term"
	"errata/ui/uitest"
)

func TestAClickSelectsALogAndADoubleClickShowsIt(t *testing.T) {
	t.Parallel()
	for _, w := range []int{80, 140} {
		d := drive(t, some(30), w, 24)
		d.typing("a").press("enter")
		x, y := uitest.At(t, d.View(), "log_003")
		d.Give(term.ClickMsg{X: x, Y: y})
		d.wants("▸ log_003")
		d.Give(tea.MouseMsg{X: w - 1, Y: y, Button: tea.MouseButtonWheelDown})
		if wide := d.parts().pane.W > 0; (d.list.cursor == 3) != wide {
			t.Errorf("%d cells: after the wheel the cursor is on row %d", w, d.list.cursor)
		}
		d.Give(term.ClickMsg{X: x, Y: y, Double: true})
		if !d.look {
			t.Errorf("%d cells: old and new are not shown", w)
		}
	}
}
