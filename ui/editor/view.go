package editor

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"errata/ui/sanitize"
)

// look is one of the ways in which a cell is drawn.
type look int

const (
	textLook look = iota
	markLook
	matchLook
	currentLook
	gutterLook
	errorLook
	looks
)

// pen is what a style writes before and after text; both are empty for plain text, so that it stays
// plain.
type pen struct{ before, after string }

func pens(s Styles) (p [looks]pen) {
	p[textLook].before, p[textLook].after, _ = strings.Cut(s.Text.Render("x"), "x")
	p[markLook].before, p[markLook].after, _ = strings.Cut(s.Mark.Render("x"), "x")
	p[matchLook].before, p[matchLook].after, _ = strings.Cut(s.Match.Render("x"), "x")
	p[currentLook].before, p[currentLook].after, _ = strings.Cut(s.CurrentMatch.Render("x"), "x")
	p[gutterLook].before, p[gutterLook].after, _ = strings.Cut(s.Gutter.Render("x"), "x")
	p[errorLook].before, p[errorLook].after, _ = strings.Cut(s.Error.Underline(true).Render("x"), "x")
	return p
}

// layout forgets what was laid out, for another text or size, and decides on the gutter: wide
// enough for all line numbers, and none where it would take more than a third.
func (m *Model) layout() {
	clear(m.segments)
	m.recent = nil
	m.gutter = 0
	if !m.options.Gutter {
		return
	}
	if cells := max(len(strconv.Itoa(m.text.lines())), 3) + 1; cells*3 <= m.width {
		m.gutter = cells
	}
}

// textWidth is how many cells a row of text takes. One more is kept for the cursor behind a full
// row.
func (m *Model) textWidth() int { return max(m.width-m.gutter-1, 1) }

// View draws exactly the given size: h lines of at most w cells.
func (m *Model) View() string {
	if m.height == 0 {
		return ""
	}
	var out strings.Builder
	fault := m.faultAt()
	r, more := m.rowAt(m.top), true
	for y := range m.height {
		if y > 0 {
			out.WriteByte('\n')
		}
		if more && m.width > 0 {
			m.drawGutter(&out, r)
			m.drawRow(&out, r, fault)
			r, more = m.below(r)
		}
	}
	return out.String()
}

// drawGutter draws the number of the line that the row begins.
func (m *Model) drawGutter(out *strings.Builder, r row) {
	switch {
	case m.gutter == 0:
	case r.first && r.i == 0:
		p := m.pens[gutterLook]
		fmt.Fprintf(out, "%s%*d%s ", p.before, m.gutter-1, r.line+1, p.after)
	default:
		out.WriteString(strings.Repeat(" ", m.gutter))
	}
}

// drawRow draws the row's text; fault is the byte to underline, or -1.
func (m *Model) drawRow(out *strings.Builder, r row, fault int) {
	line := stroke{out: out, pens: &m.pens}
	room := m.width - m.gutter
	next := sort.Search(len(m.matches), func(i int) bool { return m.matches[i][1] > r.from() })
	used := 0
	r.glyphs(func(at, col int, g sanitize.Glyph) bool {
		for next < len(m.matches) && m.matches[next][1] <= at {
			next++
		}
		look := m.lookOf(at, next, g, fault)
		text, width := g.Text, g.Width
		if width > room-col {
			text, width = sanitize.Fit(text, room-col), room-col
		}
		if g.Break && (look == errorLook || look == matchLook || look == currentLook) && width == 0 && col < room {
			text, width = " ", 1 // a line break shows only when it is meant
		}
		line.draw(look, text)
		used = col + width
		return used < room
	})
	if fault == m.text.Len() && r.final() && !r.broken() && r.segment.end == fault && used < room {
		line.draw(errorLook, " ")
	}
	line.end()
}

// lookOf is the look of the glyph at byte at; next is the first match that ends behind it.
func (m *Model) lookOf(at, next int, g sanitize.Glyph, fault int) look {
	switch {
	case at == fault:
		return errorLook
	case next < len(m.matches) && m.matches[next][0] < at+g.Len:
		if next == m.match {
			return currentLook
		}
		return matchLook
	case g.Mark:
		return markLook
	}
	return textLook
}

// faultAt is the start of the cluster that MarkError names, -1 for none.
func (m *Model) faultAt() int {
	if m.errorLine < 1 {
		return -1
	}
	start, _ := m.cluster(m.offset(m.errorLine, m.errorCol))
	return start
}

// Cursor is the cursor's cell within the view; ok false when it is not visible.
func (m *Model) Cursor() (x, y int, ok bool) {
	if m.options.ReadOnly || m.width == 0 {
		return 0, 0, false
	}
	r := m.rowAt(m.cursor)
	y, ok = m.rowsDown(m.rowAt(m.top), r)
	if !ok {
		return 0, 0, false
	}
	return min(m.gutter+r.column(m.cursor), m.width-1), y, true
}

// stroke joins neighbours of one look, so that a row changes style as seldom as possible.
type stroke struct {
	out  *strings.Builder
	pens *[looks]pen
	look look
	open bool
}

func (s *stroke) draw(l look, text string) {
	if text == "" {
		return
	}
	if !s.open || l != s.look {
		s.end()
		s.look, s.open = l, true
		s.out.WriteString(s.pens[l].before)
	}
	s.out.WriteString(text)
}

func (s *stroke) end() {
	if s.open {
		s.out.WriteString(s.pens[s.look].after)
		s.open = false
	}
}
