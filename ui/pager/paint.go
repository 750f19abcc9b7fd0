package pager

import (
	"sort"
	"strings"

	"errata/ui/paint"
)

// paint draws a row: m.w cells. Text without a style is written as it is.
func (m *Model) paint(p place) string {
	l := m.block(p.block)
	t := paint.Text{Looks: m.looks, Bytes: l.bytes, Spans: l.inks, Now: -1}
	first := sort.Search(len(m.hits), func(i int) bool {
		h := m.hits[i]
		return h.Block > p.block || h.Block == p.block && h.End > p.row.start
	})
	for i := first; i < len(m.hits) && m.hits[i].Block == p.block && m.hits[i].Start < p.row.end; i++ {
		t.Matches = append(t.Matches, [2]int{m.hits[i].Start, m.hits[i].End})
		if i == m.current {
			t.Now = m.hits[i].Start
		}
	}
	var out strings.Builder
	indent := min(l.indent, m.w)
	out.WriteString(strings.Repeat(" ", indent))
	col := t.Draw(&out, p.row.start, p.row.end, min(l.width, m.w))
	out.WriteString(strings.Repeat(" ", max(m.w-indent-col, 0)))
	return out.String()
}
