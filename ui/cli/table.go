package cli

import (
	"strings"

	"errata/ui/glyph"
)

// column is a column of a table.
type column struct {
	head  string
	right bool // numbers stand right
}

// table writes rows under headings, one line a row whatever the cells hold. An empty cell is "-", so that every row has the same number of words.
// The last column is cut to the width of the terminal, if there is one.
func (a *app) table(columns []column, rows [][]string) {
	widths := make([]int, len(columns))
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.head
		widths[i] = glyph.Width(c.head)
	}
	for _, row := range rows {
		for i, cell := range row {
			row[i] = safeCell(cell)
			widths[i] = max(widths[i], glyph.Width(row[i]))
		}
	}
	a.row(columns, widths, head)
	for _, row := range rows {
		a.row(columns, widths, row)
	}
}

func safeCell(s string) string {
	if s == "" {
		return "-"
	}
	return glyph.Line(s, -1)
}

func (a *app) row(columns []column, widths []int, cells []string) {
	const gap = "  "
	var b strings.Builder
	used := 0
	for i, cell := range cells {
		if i == len(cells)-1 {
			if total := a.columns(); total > 0 {
				cell = glyph.Line(cell, max(total-used, len(gap)))
			}
			b.WriteString(cell)
			break
		}
		fill := strings.Repeat(" ", widths[i]-glyph.Width(cell))
		if columns[i].right {
			b.WriteString(fill + cell + gap)
		} else {
			b.WriteString(cell + fill + gap)
		}
		used += widths[i] + len(gap)
	}
	b.WriteByte('\n')
	_, _ = a.out.WriteString(b.String())
}
