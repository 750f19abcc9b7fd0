package layout

import "testing"

func TestPartsTileTheWindow(t *testing.T) {
	t.Parallel()
	for w := 1; w <= 250; w++ {
		for h := 1; h <= 60; h++ {
			s := Compute(w, h, 2)
			if s.TooSmall {
				if w >= MinWidth && h >= MinHeight {
					t.Fatalf("%d×%d is called too small", w, h)
				}
				continue
			}
			if s.Header.H+s.List.H+s.Status.H+s.Footer.H != h {
				t.Fatalf("%d×%d: heights %d+%d+%d+%d", w, h, s.Header.H, s.List.H, s.Status.H, s.Footer.H)
			}
			if s.List.H < 1 || s.List.W < 1 || s.Pane.W < 1 {
				t.Fatalf("%d×%d: an empty part: %+v", w, h, s)
			}
			if s.Wide && s.List.W+s.Rule.W+s.Pane.W != w {
				t.Fatalf("%d×%d: widths %d+%d+%d", w, h, s.List.W, s.Rule.W, s.Pane.W)
			}
			if s.Footer.Y != h-1 || s.Status.Y != h-2 {
				t.Fatalf("%d×%d: the footer stands at %d", w, h, s.Footer.Y)
			}
		}
	}
}

func TestScrollKeepsTheCursorVisible(t *testing.T) {
	t.Parallel()
	for h := 1; h < 12; h++ {
		for rows := 1; rows < 30; rows++ {
			top := 0
			for _, cursor := range []int{0, rows - 1, rows / 2, 0, rows / 3, rows - 1} {
				top = Scroll(top, cursor, rows, h, 2)
				if cursor < top || cursor >= top+h {
					t.Fatalf("rows %d height %d: cursor %d is not in %d..%d", rows, h, cursor, top, top+h-1)
				}
				if top < 0 || (rows > h && top+h > rows) {
					t.Fatalf("rows %d height %d: top %d leaves the list", rows, h, top)
				}
			}
		}
	}
}

func TestScrollMovesNoFurtherThanItMust(t *testing.T) {
	t.Parallel()
	if got := Scroll(5, 7, 100, 10, 2); got != 5 {
		t.Errorf("a visible cursor moved the list to %d", got)
	}
}

func TestRowsStandUnderPoints(t *testing.T) {
	t.Parallel()
	r := Rect{X: 10, Y: 3, W: 20, H: 7}
	for _, c := range []struct {
		x, y, top, lines, n int
		want                int
		ok                  bool
	}{
		{10, 3, 0, 1, 50, 0, true},
		{29, 9, 5, 1, 50, 11, true},
		{30, 9, 5, 1, 50, 11, false}, // right of it
		{10, 2, 5, 1, 50, 5, false},  // above
		{10, 10, 5, 1, 50, 12, false},
		{10, 5, 0, 1, 2, 2, false},  // below the last row
		{10, 6, 4, 2, 50, 5, true},  // the second line of a row
		{10, 9, 4, 2, 50, 7, false}, // no whole row has room there
	} {
		if row, ok := r.Row(c.x, c.y, c.top, c.lines, c.n); ok != c.ok || ok && row != c.want {
			t.Errorf("%+v: row %d, %v", c, row, ok)
		}
	}
}
