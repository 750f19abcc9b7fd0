// Package layout is the arithmetic of the screens: from a window's size to the rectangles of its
// parts, and which rows are seen in one.
//
// It knows numbers, and rows by what is beside them. It must not know what is drawn.
package layout

// The smallest window that the screens are drawn in, the width from which a value is beside the
// list, and that from which it has room enough there to be edited.
const (
	MinWidth  = 40
	MinHeight = 10
	WideFrom  = 100
	RoomyFrom = 170
)

// mostList is the cells of a list beside a value: what is left of a wider window is the value's.
const mostList = 70

// RuleWidth is the cells between a list and what is beside it: the rule, and a blank.
const RuleWidth = 2

// Rect is a rectangle of cells; X and Y count from 0.
type Rect struct{ X, Y, W, H int }

// Has reports whether a cell is in the rectangle.
func (r Rect) Has(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}

// Row is which of n rows is at a cell, where a list shows them from top on, each as so many lines.
// ok is false if no row is, or only a part of one.
func (r Rect) Row(x, y, top, lines, n int) (row int, ok bool) {
	at := (y - r.Y) / max(lines, 1)
	ok = r.Has(x, y) && at < max(r.H/max(lines, 1), 1) && top+at < n
	return top + at, ok
}

// Screen is the parts of a window. A part that has no room has a width or height of 0.
type Screen struct {
	TooSmall bool
	Wide     bool // List and Pane are side by side; else both are the whole body, one at a time
	Header   Rect
	List     Rect
	Rule     Rect // between List and Pane when Wide: a column, and a blank one
	Pane     Rect
	Status   Rect // one line of news
	Footer   Rect // one line of keys
}

// Compute cuts a window of w×h cells into the parts of a screen whose header has the given number
// of lines.
func Compute(w, h, header int) Screen {
	if w < MinWidth || h < MinHeight {
		return Screen{TooSmall: true}
	}
	if h < 16 && header > 1 {
		header = 1
	}
	body := Rect{X: 0, Y: header, W: w, H: h - header - 2}
	s := Screen{
		Header: Rect{X: 0, Y: 0, W: w, H: header},
		List:   body,
		Pane:   body,
		Status: Rect{X: 0, Y: h - 2, W: w, H: 1},
		Footer: Rect{X: 0, Y: h - 1, W: w, H: 1},
	}
	if w >= WideFrom {
		s.Wide = true
		list := min(max(w*2/5, 44), mostList)
		s.List.W = list
		s.Rule = Rect{X: list, Y: body.Y, W: RuleWidth, H: body.H}
		s.Pane = Rect{X: list + RuleWidth, Y: body.Y, W: w - list - RuleWidth, H: body.H}
	}
	return s
}

// Alone is the same screen with the list and the pane one at a time, as on a narrow window.
func (s Screen) Alone() Screen {
	if s.Wide {
		s.List.W += s.Rule.W + s.Pane.W
		s.Wide, s.Pane, s.Rule = false, s.List, Rect{}
	}
	return s
}

// Narrow is the same screen with a list of no more than w columns, so that the pane has the rest.
func (s Screen) Narrow(w int) Screen {
	if by := s.List.W - w; s.Wide && by > 0 {
		s.List.W, s.Rule.X, s.Pane.X, s.Pane.W = w, s.Rule.X-by, s.Pane.X-by, s.Pane.W+by
	}
	return s
}

// Scroll gives the first visible row of a list so that the row at cursor is in a window of h rows,
// moving the old top no further than it must; margin rows stay visible around the cursor where
// there are any.
func Scroll(top, cursor, rows, h, margin int) int {
	if h <= 0 {
		return 0
	}
	margin = min(margin, (h-1)/2)
	top = min(top, max(cursor-margin, 0))
	top = max(top, cursor+margin-h+1)
	return max(min(top, rows-h), 0)
}
