package editor

import (
	"fmt"
	"strconv"
	"strings"

	"errata/ui/paint"
)

// inks are the looks that text has no part in.
type inks struct {
	text          paint.Looks
	gutter, fault paint.Ink
}

func inksOf(s Styles) inks {
	return inks{
		text:   paint.Looks{Text: paint.Of(s.Text), Mark: paint.Of(s.Mark), Match: paint.Of(s.Match), Current: paint.Of(s.CurrentMatch)},
		gutter: paint.Of(s.Gutter), fault: paint.Of(s.Error.Underline(true)),
	}
}

// layout forgets what was laid out, for another text or size, and decides on the gutter: wide
// enough for all line numbers, and none if it would take more than a third.
func (p *laid) layout() {
	clear(p.segments)
	p.recent = nil
	p.gutter = 0
	if !p.options.Gutter {
		return
	}
	if cells := max(len(strconv.Itoa(p.text.lines())), 3) + 1; cells*3 <= p.width {
		p.gutter = cells
	}
}

// textWidth is how many cells a row of text takes. One more is kept for the cursor behind a full
// row.
func (p *laid) textWidth() int { return max(p.width-p.gutter-1, 1) }

// View draws exactly the given size: h lines of at most w cells.
func (m *Model) View() string {
	if m.height == 0 {
		return ""
	}
	var out strings.Builder
	fault := m.faultAt()
	y := 0
	if w := m.window(); m.width > 0 {
		for r := range w.Seen() {
			m.drawGutter(&out, r)
			m.drawRow(&out, r, fault)
			if y++; y < m.height {
				out.WriteByte('\n')
			}
		}
	}
	out.WriteString(strings.Repeat("\n", max(m.height-1-y, 0)))
	return out.String()
}

// drawGutter draws the number of the line that the row begins.
func (m *Model) drawGutter(out *strings.Builder, r row) {
	switch {
	case m.gutter == 0:
	case r.first && r.i == 0:
		out.WriteString(m.inks.gutter.On(fmt.Sprintf("%*d", m.gutter-1, r.line+1)) + " ")
	default:
		out.WriteString(strings.Repeat(" ", m.gutter))
	}
}

// drawRow draws the row's text; fault is the byte to underline, or -1.
func (m *Model) drawRow(out *strings.Builder, r row, fault int) {
	room := m.width - m.gutter
	t := paint.Text{Looks: m.inks.text, Bytes: r.text, Base: r.start, Matches: m.matches, Now: -1}
	if m.match >= 0 && m.match < len(m.matches) {
		t.Now = m.matches[m.match][0]
	}
	if fault >= 0 {
		t.Over = paint.Span{Start: fault, End: fault + 1, Ink: m.inks.fault}
	}
	from, end := r.bounds()
	used := t.Draw(out, from, end, room)
	if fault == m.text.Len() && r.final() && !r.broken() && r.segment.end == fault && used < room {
		out.WriteString(m.inks.fault.On(" "))
	}
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
	w := m.window()
	if y, ok = w.Until(w.Top, r, m.height); !ok {
		return 0, 0, false
	}
	return min(m.gutter+r.column(m.cursor), m.width-1), y, true
}
