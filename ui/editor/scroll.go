package editor

import "errata/ui/layout"

// window is the rows that are seen.
func (p *laid) window() layout.Window[row] {
	return layout.Window[row]{Of: walk{p}, Top: p.rowAt(min(p.top, p.text.Len())), Height: max(p.height, 1)}
}

// scroll moves the window by rows, not the cursor. Scrolling down stops when the last row is in
// sight.
func (p *laid) scroll(n int) {
	w := p.window()
	w.Scroll(n)
	p.top = w.Top.from()
}

// reveal scrolls as little as needed to show the cursor's row, and leaves no room below the text
// while there is text above.
func (m *Model) reveal() {
	w, at := m.window(), m.rowAt(m.cursor)
	w.Reveal(at, at, 1)
	w.Settle()
	m.top = w.Top.from()
}

// Above is how many rows are seen above that of the cursor.
func (m *Model) Above() (n int) {
	w, at := m.window(), m.rowAt(m.cursor)
	for w.Of.Before(w.Top, at) {
		above, ok := w.Of.Above(at)
		if !ok {
			break
		}
		at = above
		n++
	}
	return n
}

// Stand puts the cursor at a byte, with the given number of rows visible above it, or fewer if
// there are not as many.
func (m *Model) Stand(offset, above int) {
	m.GoToOffset(offset)
	w := m.window()
	top, _ := w.Shift(m.rowAt(m.cursor), -above)
	m.top = top.from()
	m.reveal()
}

// walk goes from row to row.
type walk struct{ *laid }

// Below is the row below one.
func (p walk) Below(r row) (row, bool) {
	if r.i+1 < len(r.rows) {
		return row{r.segment, r.i + 1}, true
	}
	if r.segment.end == p.text.Len() && !r.broken() {
		return r, false
	}
	return row{p.segmentAt(r.segment.end), 0}, true
}

// Above is the row above one.
func (p walk) Above(r row) (row, bool) {
	if r.i > 0 {
		return row{r.segment, r.i - 1}, true
	}
	if r.start == 0 {
		return r, false
	}
	s := p.segmentAt(r.start - 1)
	return row{s, len(s.rows) - 1}, true
}

// Tail is the last row.
func (p walk) Tail() row { return p.rowAt(p.text.Len()) }

// Before reports whether a row is above another.
func (p walk) Before(r, other row) bool { return r.from() < other.from() }
