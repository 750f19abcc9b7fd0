package chat

import (
	"errata/ui/layout"
)

// stop is where the cursor stands: a part of a message.
type stop struct{ message, part int }

// place is a row: of a part, one of its paragraphs, and which row of that. It stays right whatever
// stands above it, so that nothing above need be laid out.
type place struct {
	stop
	at, n int
}

// window is the rows of the cards that are seen.
type window struct {
	*cards
	h    int
	top  place    // the first row
	over *overlay // nil when no part has anything open in it
}

// overlay is what stands in the place of a part while something is open in it, and the row at which
// that begins.
type overlay struct {
	stop
	rows fixed
	row  int
}

// The columns of a card: the mark of the cursor, and by how much a body stands right of its
// heading.
const (
	gutter     = 2
	bodyIndent = 2
)

// flow is the text of a part.
func (m *window) flow(s stop) flow {
	p := &m.card(s.message).parts[s.part]
	if p.flow == nil {
		p.flow = m.look(s.message, p)
	}
	if m.over != nil && s == m.over.stop {
		return m.over.rows
	}
	return p.flow
}

// paragraph is a paragraph of a part, laid out.
func (m *window) paragraph(s stop, f flow, at int) *laid {
	p := &m.card(s.message).parts[s.part]
	if m.over != nil && s == m.over.stop {
		return layOut(f.paragraph(at), m.textWidth())
	}
	l, ok := p.laid[at]
	if !ok {
		l = layOut(f.paragraph(at), m.textWidth())
		if p.laid == nil {
			p.laid = map[int]*laid{}
		}
		p.laid[at] = l
	}
	return l
}

// head is the first row of a part.
func (m *window) head(s stop) place { return place{stop: s, at: m.flow(s).first()} }

// tail is the last row of a part.
func (m *window) tail(s stop) place {
	f := m.flow(s)
	at := f.last()
	return place{s, at, len(m.paragraph(s, f, at).starts) - 1}
}

// below is the next row.
func (m *window) below(p place) (place, bool) {
	f := m.flow(p.stop)
	if p.n+1 < len(m.paragraph(p.stop, f, p.at).starts) {
		p.n++
		return p, true
	}
	if at, ok := f.after(p.at); ok {
		return place{p.stop, at, 0}, true
	}
	s, ok := m.behind(p.stop)
	if !ok {
		return p, false
	}
	return m.head(s), true
}

// above is the row before.
func (m *window) above(p place) (place, bool) {
	if p.n > 0 {
		p.n--
		return p, true
	}
	f := m.flow(p.stop)
	if at, ok := f.before(p.at); ok {
		return place{p.stop, at, len(m.paragraph(p.stop, f, at).starts) - 1}, true
	}
	s, ok := m.ahead(p.stop)
	if !ok {
		return p, false
	}
	return m.tail(s), true
}

// behind is the stop after s.
func (m *window) behind(s stop) (stop, bool) {
	switch {
	case s.part+1 < len(m.card(s.message).parts):
		return stop{s.message, s.part + 1}, true
	case s.message+1 < m.count():
		return stop{s.message + 1, 0}, true
	}
	return s, false
}

// ahead is the stop before s.
func (m *window) ahead(s stop) (stop, bool) {
	switch {
	case s.part > 0:
		return stop{s.message, s.part - 1}, true
	case s.message > 0:
		return stop{s.message - 1, len(m.card(s.message-1).parts) - 1}, true
	}
	return s, false
}

// end is the last stop.
func (m *window) end() stop {
	i := m.count() - 1
	return stop{i, len(m.card(i).parts) - 1}
}

// shift is the row n rows below p, or above, as far as there are any, and how far it went.
func (m *window) shift(p place, n int) (place, int) { return layout.Walk(p, n, m.below, m.above) }

// until counts the rows from p to q, at most limit; ok is false when q is farther, or above p.
func (m *window) until(p, q place, limit int) (rows int, ok bool) {
	for ; rows < limit; rows++ {
		if p == q {
			return rows, true
		}
		next, more := m.below(p)
		if !more {
			break
		}
		p = next
	}
	return 0, false
}

// stands tells whether a row is still there: what holds it may have changed.
func (m *window) stands(p place) bool {
	f := m.flow(p.stop)
	if p.at < f.first() || p.at > f.last() {
		return false
	}
	return begins(f, p.at) && p.n < len(m.paragraph(p.stop, f, p.at).starts)
}

// begins tells whether a paragraph of a flow begins at a place within its bounds.
func begins(f flow, at int) bool {
	switch f := f.(type) {
	case *passage:
		return f.Start(at) == at
	case titled:
		return at == f.first() || begins(f.flow, at)
	}
	return true
}

// topOf is the first row of a part that matters: the blank row before a heading may stay out of
// sight.
func (m *window) topOf(s stop) place {
	p := m.head(s)
	if f, ok := m.flow(s).(fixed); ok && s.part == 0 && s.message > 0 && f[0].text == "" {
		p.at = 1
	}
	return p
}

// foot is the last row of the part that p begins, or the last that fits in a window with it, and
// how many rows that makes.
func (m *window) foot(p place) (place, int) {
	rows := 1
	for ; rows < m.h; rows++ {
		q, ok := m.below(p)
		if !ok || q.stop != p.stop {
			break
		}
		p = q
	}
	return p, rows
}

// before tells whether p stands above q.
func (m *window) before(p, q place) bool {
	switch {
	case p.message != q.message:
		return p.message < q.message
	case p.part != q.part:
		return p.part < q.part
	case p.at != q.at:
		return p.at < q.at
	}
	return p.n < q.n
}

// settleTop leaves no room below the last row while there is something above.
func (m *window) settleTop() {
	if _, gone := m.shift(m.top, m.h-1); gone < m.h-1 {
		m.top, _ = m.shift(m.tail(m.end()), 1-m.h)
	}
}

// scroll moves the window by rows and tells how far it went.
func (m *window) scroll(n int) int {
	if m.count() == 0 || m.h == 0 || m.w == 0 {
		return 0
	}
	from := m.top
	m.top, _ = m.shift(m.top, n)
	m.settleTop()
	if n > 0 && m.before(m.top, from) {
		m.top = from
	}
	rows, _ := m.until(from, m.top, n+1)
	if n < 0 {
		rows, _ = m.until(m.top, from, 1-n)
	}
	return rows
}

// trim forgets what is laid out far from the window and the cursor.
func (m *window) trim() {
	const near = 4
	if len(m.kept) < 64 {
		for i, c := range m.kept {
			if i >= m.top.message-near && i <= m.top.message+m.h+near {
				for k := range c.parts {
					if len(c.parts[k].laid) > 4*m.h+64 {
						c.parts[k].laid = nil
					}
				}
			}
		}
		return
	}
	for i := range m.kept {
		if i < m.top.message-near || i > m.top.message+m.h+near {
			delete(m.kept, i)
		}
	}
}
