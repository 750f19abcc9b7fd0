package pager

import "strings"

// row is a row of a source: it stays right whatever is above it, so that nothing above need be laid
// out.
type row struct{ block, n int }

// block gives the block at a place with its layout, as it was if it is in or next to the window.
func (m *Model) block(at int) *Laid {
	if l, ok := m.cache[at]; ok {
		return l
	}
	if m.cache == nil {
		m.cache = map[int]*Laid{}
	}
	l := LayOut(m.src.Block(at), m.w)
	m.cache[at] = l
	return l
}

// locate is the row that shows byte off of the block at a place, or of the one before where none
// is. Without blocks it is the zero row.
func (m *Model) locate(at, off int) row {
	if m.src.Len() == 0 {
		return row{}
	}
	at = Before(m.src, After(m.src, min(max(at, 0), m.src.Len()-1)))
	if m.w == 0 {
		return row{at, 0}
	}
	return row{at, m.block(at).Row(off)}
}

// first is the first row of the source.
func (m *Model) first() row { return m.locate(After(m.src, -1), 0) }

// walk goes from row to row.
type walk struct{ *Model }

// Below is the row below one.
func (m walk) Below(r row) (row, bool) {
	if r.n+1 < m.block(r.block).Rows() {
		return row{r.block, r.n + 1}, true
	}
	at := After(m.src, r.block)
	return row{at, 0}, at < m.src.Len()
}

// Above is the row above one.
func (m walk) Above(r row) (row, bool) {
	if r.n > 0 {
		return row{r.block, r.n - 1}, true
	}
	at := Before(m.src, r.block)
	if at < 0 {
		return r, false
	}
	return row{at, m.block(at).Rows() - 1}, true
}

// Tail is the last row.
func (m walk) Tail() row {
	at := Before(m.src, m.src.Len())
	return row{at, m.block(at).Rows() - 1}
}

// Before reports whether a row is above another.
func (m walk) Before(r, other row) bool {
	return r.block < other.block || r.block == other.block && r.n < other.n
}

// blank says that there is nothing to show, or no room for it.
func (m *Model) blank() bool { return m.w == 0 || m.window.Height == 0 || m.src.Len() == 0 }

// show puts a row at the top, or higher when little is below it.
func (m *Model) show(top row) {
	m.window.Top = top
	m.settle()
	m.hold()
}

// hold notes what stays visible when the size changes.
func (m *Model) hold() {
	if !m.blank() {
		m.held, _ = m.block(m.window.Top.block).row(m.window.Top.n)
	}
}

// settle lays the window out from the top, or up from the last row when there is too little below
// the top.
func (m *Model) settle() {
	if m.rows = m.rows[:0]; m.blank() {
		return
	}
	m.window.Settle()
	last := m.window.Top
	for r := range m.window.Seen() {
		m.rows, last = append(m.rows, m.draw(r)), r
	}
	m.last = last
	m.forget(Before(m.src, m.window.Top.block), After(m.src, last.block))
}

// Passed is about how much of the source has been passed, in per cent, the window among it. ok is
// false if all of it is in the window.
func (m *Model) Passed() (percent int, ok bool) {
	w := walk{m}
	if m.blank() || m.window.Top == m.first() && m.last == w.Tail() {
		return 0, false
	}
	if m.last == w.Tail() {
		return 100, true
	}
	within := float64(m.last.n+1) / float64(m.block(m.last.block).Rows())
	return min(int(100*(float64(m.last.block)+within)/float64(m.src.Len())), 99), true
}

// forget drops the blocks that are not in the window or beside it.
func (m *Model) forget(from, to int) {
	for at := range m.cache {
		if at < from || at > to {
			delete(m.cache, at)
		}
	}
}

// draw draws a row: m.w cells. Text without a style is written as it is.
func (m *Model) draw(r row) string {
	l := m.block(r.block)
	matches, now := m.matches(l, r.block)
	var out strings.Builder
	col := l.Draw(&out, r.n, m.w, m.looks, matches, now)
	out.WriteString(strings.Repeat(" ", max(m.w-col, 0)))
	return out.String()
}
