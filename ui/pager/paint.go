package pager

import (
	"strings"

	"errata/ui/paint"
)

// paint draws a row: m.w cells. Text without a style is written as it is.
func (m *Model) paint(p place) string {
	l := m.block(p.block)
	t := paint.Text{Looks: m.looks, Bytes: l.bytes, Spans: l.inks}
	t.Matches, t.Now = m.matches(l, p.block)
	var out strings.Builder
	indent := min(l.indent, m.w)
	out.WriteString(strings.Repeat(" ", indent))
	col := t.Draw(&out, p.row.start, p.row.end, min(l.width, m.w))
	out.WriteString(strings.Repeat(" ", max(m.w-indent-col, 0)))
	return out.String()
}
