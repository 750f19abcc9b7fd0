package chat

import (
	"errata/ui/layout"
	"errata/ui/pager"
)

// stop is where the cursor is: a part of a message.
type stop struct{ message, part int }

// place is a row: of a part, one of its blocks, and which row of that. It stays right whatever is
// above it, so that nothing above need be laid out.
type place struct {
	stop
	at, n int
}

// window is the rows of the cards that are seen.
type window struct {
	*cards
	layout.Window[place]
	over *overlay // nil when no part has anything open in it
}

// overlay is what takes the place of a part while something is open in it, and the block at which
// that begins.
type overlay struct {
	stop
	src pager.Source
	row int
}

// bodyIndent is by how many cells the body of a card stands right of its heading.
const bodyIndent = 2

func newWindow(c *cards) *window {
	m := &window{cards: c}
	m.Of = m
	return m
}

// source is what is shown of a part.
func (m *window) source(s stop) pager.Source {
	p := &m.card(s.message).parts[s.part]
	if p.src == nil {
		p.src = m.look(s.message, p)
	}
	if m.over != nil && s == m.over.stop {
		return m.over.src
	}
	return p.src
}

// block is a block of a part, laid out. As in the editor of a text a cell stays free at the end of
// its rows, so that it stays where it is when it is opened.
func (m *window) block(s stop, at int) *pager.Laid {
	p := &m.card(s.message).parts[s.part]
	open := m.over != nil && s == m.over.stop
	if l, ok := p.laid[at]; ok && !open {
		return l
	}
	l := pager.LayOut(m.source(s).Block(at), m.textWidth())
	if p.laid == nil {
		p.laid = map[int]*pager.Laid{}
	}
	if !open {
		p.laid[at] = l
	}
	return l
}

// head is the first row of a part.
func (m *window) head(s stop) place { return place{stop: s, at: pager.After(m.source(s), -1)} }

// tail is the last row of a part.
func (m *window) tail(s stop) place {
	src := m.source(s)
	return m.lastOf(s, pager.Before(src, src.Len()))
}

// lastOf is the last row of a block.
func (m *window) lastOf(s stop, at int) place { return place{s, at, m.block(s, at).Rows() - 1} }

// Tail is the last row of all.
func (m *window) Tail() place { return m.tail(m.end()) }

// Below is the row below one.
func (m *window) Below(p place) (place, bool) {
	if p.n+1 < m.block(p.stop, p.at).Rows() {
		p.n++
		return p, true
	}
	if src := m.source(p.stop); pager.After(src, p.at) < src.Len() {
		return place{p.stop, pager.After(src, p.at), 0}, true
	}
	s, ok := m.behind(p.stop)
	if !ok {
		return p, false
	}
	return m.head(s), true
}

// Above is the row above one.
func (m *window) Above(p place) (place, bool) {
	if p.n > 0 {
		p.n--
		return p, true
	}
	if at := pager.Before(m.source(p.stop), p.at); at >= 0 {
		return m.lastOf(p.stop, at), true
	}
	s, ok := m.ahead(p.stop)
	if !ok {
		return p, false
	}
	return m.tail(s), true
}

// Before reports whether p is above q.
func (m *window) Before(p, q place) bool {
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

// stands reports whether a row is still there: what holds it may have changed.
func (m *window) stands(p place) bool {
	src := m.source(p.stop)
	if p.at < 0 || p.at >= src.Len() {
		return false
	}
	return pager.Before(src, pager.After(src, p.at)) == p.at && p.n < m.block(p.stop, p.at).Rows()
}

// topOf is the first row of a part that matters: the blank row before a heading may stay out of
// sight.
func (m *window) topOf(s stop) place {
	p := m.head(s)
	if s.part == 0 && s.message > 0 && m.source(s).Block(p.at).Text == "" {
		p.at++
	}
	return p
}

// foot is the last row of the part that p begins, or the last that fits in a window with it, and
// how many rows that makes.
func (m *window) foot(p place) (place, int) {
	rows := 1
	for ; rows < m.Height; rows++ {
		q, ok := m.Below(p)
		if !ok || q.stop != p.stop {
			break
		}
		p = q
	}
	return p, rows
}

// blank says that there is nothing to show, or no room for it.
func (m *window) blank() bool { return m.count() == 0 || m.Height == 0 || m.w == 0 }

// Scroll moves the window by rows and says how far it went.
func (m *window) Scroll(n int) int {
	if m.blank() {
		return 0
	}
	return m.Window.Scroll(n)
}

// trim forgets what is laid out far from the window and the cursor.
func (m *window) trim() {
	const near, cards = 4, 64
	for i, c := range m.kept {
		if i < m.Top.message-near || i > m.Top.message+m.Height+near {
			if len(m.kept) >= cards {
				delete(m.kept, i)
			}
			continue
		}
		for k := range c.parts {
			if len(c.parts[k].laid) > 4*m.Height+64 {
				c.parts[k].laid = nil
			}
		}
	}
}
