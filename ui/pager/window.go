package pager

import "errata/ui/layout"

// place is a row of a source: it stays right whatever stands above it, so that nothing above need
// be laid out.
type place struct {
	block int
	n     int // which row of the block
	row   row
}

// row is bytes of a block's text.
type row struct{ start, end int }

// shown is a row of the window, ready to be printed.
type shown struct {
	at   place
	text string
}

// block gives block i with its layout, as it was if it is in or next to the window.
func (m *Model) block(i int) *laid {
	if l, ok := m.cache[i]; ok {
		return l
	}
	if m.cache == nil {
		m.cache = map[int]*laid{}
	}
	l := layOut(m.src.Block(i), m.w)
	m.cache[i] = l
	return l
}

// first is the first row of the source.
func (m *Model) first() place { return m.locate(0, 0) }

// locate is the row that shows byte off of block i. Without blocks it is the zero place.
func (m *Model) locate(i, off int) place {
	i = min(i, m.src.Len()-1)
	if i < 0 {
		return place{}
	}
	if m.w == 0 {
		return place{block: i, row: row{off, off}}
	}
	l := m.block(i)
	return l.at(i, min(off, len(l.bytes)))
}

// move walks n rows down, or up when n is negative, and stops at the first and the last row.
func (m *Model) move(p place, n int) place {
	to, _ := layout.Walk(p, n, m.next, m.prev)
	return to
}

func (m *Model) next(p place) (place, bool) {
	if p.block >= m.src.Len() {
		return p, false
	}
	if l := m.block(p.block); p.n+1 < len(l.starts) {
		return l.nth(p.block, p.n+1), true
	}
	if p.block+1 >= m.src.Len() {
		return p, false
	}
	return m.block(p.block+1).nth(p.block+1, 0), true
}

func (m *Model) prev(p place) (place, bool) {
	if p.block >= m.src.Len() {
		return p, false
	}
	if p.n > 0 {
		return m.block(p.block).nth(p.block, p.n-1), true
	}
	if p.block == 0 {
		return p, false
	}
	return m.block(p.block - 1).last(p.block - 1), true
}

// lastTop is the top of the window that shows the last row at its bottom.
func (m *Model) lastTop() place {
	n := m.src.Len()
	if n == 0 {
		return place{}
	}
	return m.move(m.block(n-1).last(n-1), 1-m.h)
}

func (m *Model) atTop() bool {
	return m.top.block == 0 && m.top.n == 0
}

// settle lays the window out from the top, or up from the last row when there is too little below
// the top.
func (m *Model) settle() {
	m.rows, m.end = m.rows[:0], true
	if m.w == 0 || m.h == 0 || m.src.Len() == 0 {
		return
	}
	if m.top.row == (row{}) {
		m.top = m.locate(m.top.block, 0)
	}
	places, end := m.fill()
	if end && len(places) < m.h && !m.atTop() {
		m.top = m.lastTop()
		places, end = m.fill()
	}
	m.end = end
	for _, p := range places {
		m.rows = append(m.rows, shown{at: p, text: m.paint(p)})
	}
	m.forget()
}

// fill lists the rows of the window and tells whether the last one is the source's last.
func (m *Model) fill() (places []place, end bool) {
	p := m.top
	places = append(places, p)
	for len(places) < m.h {
		q, ok := m.next(p)
		if !ok {
			return places, true
		}
		p = q
		places = append(places, p)
	}
	_, more := m.next(p)
	return places, !more
}

// forget drops the blocks that are not in the window or beside it.
func (m *Model) forget() {
	from, to := m.rows[0].at.block-1, m.rows[len(m.rows)-1].at.block+1
	for i := range m.cache {
		if i < from || i > to {
			delete(m.cache, i)
		}
	}
}
