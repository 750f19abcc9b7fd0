package chat

import (
	"errata/ui/paint"
	"errata/ui/sanitize"
	"strings"
)

// settle draws the window.
func (m *view) settle() {
	m.lines, m.cursorOn = m.lines[:0], false
	m.clamp()
	switch {
	case m.w == 0 || m.Height == 0:
	case m.listing() != nil:
		m.listing().draw()
	case m.count() == 0:
		m.lines = append(m.lines, sanitize.Line(m.invitation(), m.w))
	default:
		m.Settle()
		m.draw()
		m.trim()
	}
}

func (m *view) invitation() string {
	switch odd := m.odd(); {
	case odd != "":
		return odd
	case m.Options().ReadOnly && m.single:
		return "no message"
	case m.Options().ReadOnly:
		return "no messages"
	case m.single:
		return "no message: a adds one"
	}
	return "no messages: a adds the first"
}

func (m *view) draw() {
	looks, cursor := m.th.Looks(), paint.Of(m.th.Title)
	x, y, typed, gutter := 0, 0, false, m.th.Gutter()
	if p, ok := m.Panel().(inset); ok {
		x, y, typed = p.caret()
	}
	for p := range m.Seen() {
		l := m.block(p.stop, p.at)
		matches, now := m.matches(p, l)
		var out strings.Builder
		width := m.w
		if m.w > gutter {
			m.drawGutter(&out, p, cursor)
			width -= gutter
		}
		l.Draw(&out, p.n, width, looks, matches, now)
		if typed && m.over != nil && p.stop == m.over.stop && p.at == m.over.row+y && gutter+x < m.w {
			m.cursorX, m.cursorY, m.cursorOn = gutter+x, len(m.lines), true
		}
		m.lines = append(m.lines, out.String())
	}
}

// drawGutter marks the part under the cursor: an arrow at its first row, a line along the others.
func (m *view) drawGutter(out *strings.Builder, p place, cursor paint.Ink) {
	first := m.topOf(m.at)
	_, json := m.Panel().(*nested) // has an arrow of its own
	switch {
	case p == first && !json:
		m.drawMark(out, m.th.Here(m.th.Gutter()), cursor)
	case p == first, p.stop == m.at && m.Before(first, p):
		m.drawMark(out, m.th.Along(m.th.Gutter()), cursor)
	default:
		out.WriteString(strings.Repeat(" ", m.th.Gutter()))
	}
}

// drawMark draws a gutter, whose blanks have no look.
func (*view) drawMark(out *strings.Builder, gutter string, cursor paint.Ink) {
	mark := strings.TrimRight(gutter, " ")
	out.WriteString(cursor.On(mark) + gutter[len(mark):])
}
