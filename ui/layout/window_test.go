package layout

import "testing"

// counted are n rows.
type counted int

func (c counted) Below(row int) (int, bool)  { return row + 1, row+1 < int(c) }
func (c counted) Above(row int) (int, bool)  { return row - 1, row > 0 }
func (c counted) Tail() int                  { return int(c) - 1 }
func (c counted) Before(row, other int) bool { return row < other }

func TestAWindowShowsRows(t *testing.T) {
	t.Parallel()
	type window = *Window[int]
	for _, c := range []struct {
		name       string
		rows, h    int
		top        int
		do         func(window)
		want, seen int
	}{
		{"there is no room below the last row", 20, 5, 18, window.Settle, 15, 5},
		{"few rows stand at the top", 3, 5, 2, window.Settle, 0, 3},
		{"it goes to the end", 20, 5, 3, window.Bottom, 15, 5},
		{"it scrolls no further than the end", 20, 5, 13, func(w window) { w.Scroll(7) }, 15, 5},
		{"it scrolls no further than the start", 20, 5, 2, func(w window) { w.Scroll(-7) }, 0, 5},
		{"what is found has rows above it", 20, 6, 0, func(w window) { w.Find(10) }, 8, 6},
		{"what is found in it stays", 20, 6, 4, func(w window) { w.Find(9) }, 4, 6},
		{"what is revealed above is at the top", 20, 5, 9, func(w window) { w.Reveal(4, 5, 2) }, 4, 5},
		{"what is revealed below is at the foot", 20, 5, 2, func(w window) { w.Reveal(8, 9, 2) }, 5, 5},
		{"what is cut off is shown whole", 20, 5, 2, func(w window) { w.Reveal(6, 8, 3) }, 4, 5},
		{"what is in it stays", 20, 5, 2, func(w window) { w.Reveal(4, 6, 3) }, 2, 5},
	} {
		w := &Window[int]{Of: counted(c.rows), Top: c.top, Height: c.h}
		c.do(w)
		n := 0
		for range w.Seen() {
			n++
		}
		if w.Top != c.want || n != c.seen {
			t.Errorf("%s: %d rows from %d, want %d from %d", c.name, n, w.Top, c.seen, c.want)
		}
	}
	w := &Window[int]{Of: counted(20), Top: 13, Height: 5}
	if down, up := w.Scroll(7), w.Scroll(-3); down != 2 || up != 3 {
		t.Errorf("it says that it went %d rows down and %d up", down, up)
	}
}

func TestShiftStopsAtTheEnds(t *testing.T) {
	t.Parallel()
	w := Window[int]{Of: counted(10)}
	for _, c := range []struct{ from, n, to, gone int }{{3, 2, 5, 2}, {3, -2, 1, -2}, {3, 0, 3, 0}, {3, 20, 9, 6}, {3, -20, 0, -3}, {9, 1, 9, 0}} {
		if to, gone := w.Shift(c.from, c.n); to != c.to || gone != c.gone {
			t.Errorf("%d rows from %d: %d after %d, want %d after %d", c.n, c.from, to, gone, c.to, c.gone)
		}
	}
}
