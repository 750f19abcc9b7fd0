package chat

import (
	"strings"

	"errata/ui/layout"
	"errata/ui/sanitize"
)

// stop is where the cursor stands: a part of a message.
type stop struct{ message, part int }

// place is a row: of a part, one of its paragraphs, and which row of that. It stays right whatever
// stands above it, so that nothing above need be laid out.
type place struct {
	stop
	at, n int
}

// The columns of a card: the mark of the cursor, and by how much a body stands right of its
// heading.
const (
	gutter     = 2
	bodyIndent = 2
)

// textWidth is how many cells the rows of a card have.
func (m *Model) textWidth() int { return max(m.w-gutter, 1) }

// flow is the text of a part.
func (m *Model) flow(s stop) flow {
	p := &m.card(s.message).parts[s.part]
	if p.flow == nil {
		p.flow = m.look(s.message, p)
	}
	if m.panel != nil && s == m.panel.at() {
		return m.shown
	}
	return p.flow
}

// paragraph is a paragraph of a part, laid out.
func (m *Model) paragraph(s stop, f flow, at int) *laid {
	p := &m.card(s.message).parts[s.part]
	if m.panel != nil && s == m.panel.at() {
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
func (m *Model) head(s stop) place { return place{stop: s, at: m.flow(s).first()} }

// tail is the last row of a part.
func (m *Model) tail(s stop) place {
	f := m.flow(s)
	at := f.last()
	return place{s, at, len(m.paragraph(s, f, at).starts) - 1}
}

// below is the next row.
func (m *Model) below(p place) (place, bool) {
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
func (m *Model) above(p place) (place, bool) {
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
func (m *Model) behind(s stop) (stop, bool) {
	switch {
	case s.part+1 < len(m.card(s.message).parts):
		return stop{s.message, s.part + 1}, true
	case s.message+1 < m.count():
		return stop{s.message + 1, 0}, true
	}
	return s, false
}

// ahead is the stop before s.
func (m *Model) ahead(s stop) (stop, bool) {
	switch {
	case s.part > 0:
		return stop{s.message, s.part - 1}, true
	case s.message > 0:
		return stop{s.message - 1, len(m.card(s.message-1).parts) - 1}, true
	}
	return s, false
}

// end is the last stop.
func (m *Model) end() stop {
	i := m.count() - 1
	return stop{i, len(m.card(i).parts) - 1}
}

// shift is the row n rows below p, or above, as far as there are any, and how far it went.
func (m *Model) shift(p place, n int) (place, int) { return layout.Walk(p, n, m.below, m.above) }

// until counts the rows from p to q, at most limit; ok is false when q is farther, or above p.
func (m *Model) until(p, q place, limit int) (rows int, ok bool) {
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

// clamp keeps cursor and window within what there is.
func (m *Model) clamp() {
	n := m.count()
	if n == 0 {
		m.at, m.top = stop{}, place{}
		return
	}
	fit := func(s stop) stop {
		s.message = min(max(s.message, 0), n-1)
		s.part = min(max(s.part, 0), len(m.card(s.message).parts)-1)
		return s
	}
	m.at = fit(m.at)
	if s := fit(m.top.stop); s != m.top.stop || !m.stands(m.top) {
		m.top = m.head(s)
	}
}

// stands tells whether a row is still there: what holds it may have changed.
func (m *Model) stands(p place) bool {
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

// reveal scrolls as little as needed to show the part under the cursor: all of it, or as much as
// fits from its first row on.
func (m *Model) reveal() {
	m.clamp()
	if m.count() == 0 || m.h == 0 || m.w == 0 {
		return
	}
	first := m.topOf(m.at)
	last, rows := m.foot(first)
	if y, ok := m.until(m.top, first, m.h); ok {
		if y+rows <= m.h {
			return
		}
		m.top, _ = m.shift(last, 1-m.h)
		return
	}
	if m.before(m.top, first) {
		m.top, _ = m.shift(last, 1-m.h)
	} else {
		m.top = first
	}
	m.settleTop()
}

// topOf is the first row of a part that matters: the blank row before a heading may stay out of
// sight.
func (m *Model) topOf(s stop) place {
	p := m.head(s)
	if f, ok := m.flow(s).(fixed); ok && s.part == 0 && s.message > 0 && f[0].text == "" {
		p.at = 1
	}
	return p
}

// foot is the last row of the part that p begins, or the last that fits in a window with it, and
// how many rows that makes.
func (m *Model) foot(p place) (place, int) {
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
func (m *Model) before(p, q place) bool {
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
func (m *Model) settleTop() {
	if _, gone := m.shift(m.top, m.h-1); gone < m.h-1 {
		m.top, _ = m.shift(m.tail(m.end()), 1-m.h)
	}
}

// scroll moves the window by rows and tells how far it went.
func (m *Model) scroll(n int) int {
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

// settle draws the window.
func (m *Model) settle() {
	m.lines, m.cursorOn = m.lines[:0], false
	m.clamp()
	switch {
	case m.w == 0 || m.h == 0:
	case m.list != nil:
		m.drawList()
	case m.count() == 0:
		m.lines = append(m.lines, sanitize.Line(m.invitation(), m.w))
	default:
		m.settleTop()
		m.draw()
		m.trim()
	}
	for len(m.lines) < m.h {
		m.lines = append(m.lines, "")
	}
	if m.find.Asking() && m.list == nil && m.h > 0 && m.w > 0 {
		line, x := m.find.Line(m.w)
		m.lines[m.h-1] = line
		m.cursorX, m.cursorY, m.cursorOn = min(x, m.w-1), m.h-1, true
	}
}

func (m *Model) invitation() string {
	switch odd := m.odd(); {
	case odd != "":
		return odd
	case m.o.ReadOnly && m.single:
		return "no message"
	case m.o.ReadOnly:
		return "no messages"
	case m.single:
		return "no message: a adds one"
	}
	return "no messages: a adds the first"
}

func (m *Model) draw() {
	looks := inksOf(m.th)
	x, y, typed := 0, 0, false
	if m.panel != nil {
		x, y, typed = m.panel.cursor()
	}
	p := m.top
	for more := true; more && len(m.lines) < m.h; {
		f := m.flow(p.stop)
		l := m.paragraph(p.stop, f, p.at)
		var out strings.Builder
		if m.w > gutter {
			m.drawGutter(&out, p, looks)
			l.draw(&out, p.n, m.w-gutter, looks, m.marks(p, l))
		} else {
			l.draw(&out, p.n, m.w, looks, m.marks(p, l))
		}
		if typed && p.stop == m.panel.at() && p.at == m.panelRow+y && gutter+x < m.w {
			m.cursorX, m.cursorY, m.cursorOn = gutter+x, len(m.lines), true
		}
		m.lines = append(m.lines, out.String())
		p, more = m.below(p)
	}
}

// drawGutter marks the part under the cursor: an arrow at its first row, a line along the others.
func (m *Model) drawGutter(out *strings.Builder, p place, looks *inks) {
	first := m.topOf(m.at)
	_, json := m.panel.(*nested) // has an arrow of its own
	switch {
	case p == first && !json:
		out.WriteString(looks.cursor.before + "▸" + looks.cursor.after + " ")
	case p == first, p.stop == m.at && m.before(first, p):
		out.WriteString(looks.cursor.before + "╎" + looks.cursor.after + " ")
	default:
		out.WriteString("  ")
	}
}

// trim forgets what is laid out far from the window and the cursor.
func (m *Model) trim() {
	const near = 4
	if len(m.cards) < 64 {
		for i, c := range m.cards {
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
	for i := range m.cards {
		if i < m.top.message-near || i > m.top.message+m.h+near {
			delete(m.cards, i)
		}
	}
}
