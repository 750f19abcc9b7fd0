package editor

import (
	"testing"

	"errata/ui/term"
)

func TestAClickPlacesTheCursor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x, y int
		want int
	}{
		{0, 0, 0}, {3, 0, 3}, {30, 0, 5}, // behind the line: at its end
		{2, 1, 8}, {5, 2, 18}, // on the second cell of a wide letter: before it
		{2, 9, 21}, // below the text: at its end
	} {
		m := New([]byte("first\nsecond\nab漢字"), Options{})
		m.SetSize(40, 10)
		if !m.Update(term.ClickMsg{X: c.x, Y: c.y}) || m.cursor != c.want {
			t.Errorf("a click at %d,%d put the cursor on byte %d, want %d", c.x, c.y, m.cursor, c.want)
		}
	}
	m := New([]byte("first\nsecond"), Options{Gutter: true})
	m.SetSize(40, 10)
	if x, y, _ := m.Cursor(); !m.Update(term.ClickMsg{X: x - 2, Y: y}) || m.cursor != len("first\nseco") {
		t.Errorf("with line numbers the cursor is on byte %d", m.cursor)
	}
	if m.Update(term.ClickMsg{X: 40, Y: 0}) || m.Update(term.ClickMsg{X: 0, Y: -1}) {
		t.Error("a click beside it was used")
	}
}
