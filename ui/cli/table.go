package cli

import (
	"strings"

	"errata/ui/sanitize"
)

// column is a column of a table.
type column struct {
	head  string
	right bool // numbers stand right
	// gives room to the last column where that lacks it, by what stands in the middle of its cells
	give bool
}

const (
	gap      = 2  // cells between two columns
	hang     = 4  // cells before the rest of a row that takes more than one line
	narrow   = 16 // cells that a column that gives keeps
	readable = 24 // cells that the last column gets of those that give
	least    = 8  // cells without which the last column goes to the next line
)

// table writes rows under headings, one line a row whatever the cells hold. An empty cell is "-",
// so that every row has the same number of words. On a terminal the last column is cut to its
// width, and columns for which there is no room stand on further lines: no id is cut.
func (a *console) table(columns []column, rows [][]string) {
	t := tabular{columns: columns, widths: make([]int, len(columns)), total: a.columns()}
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.head
		t.widths[i] = sanitize.Width(c.head)
	}
	for _, row := range rows {
		for i, cell := range row {
			row[i] = safeCell(cell)
			t.widths[i] = max(t.widths[i], sanitize.Width(row[i]))
		}
	}
	if t.total > 0 {
		t.squeeze()
	}
	_, _ = a.out.WriteString(t.row(head))
	for _, row := range rows {
		_, _ = a.out.WriteString(t.row(row))
	}
}

func safeCell(s string) string {
	if s == "" {
		return "-"
	}
	return sanitize.Line(s, -1)
}

// tabular is a table whose columns have their widths.
type tabular struct {
	columns []column
	widths  []int
	total   int // cells of the terminal, 0 for none
}

// squeeze takes cells from the columns that give.
func (t *tabular) squeeze() {
	last := len(t.columns) - 1
	missing := min(t.widths[last], readable) - t.total
	for _, w := range t.widths[:last] {
		missing += w + gap
	}
	for i, c := range t.columns {
		if taken := min(missing, t.widths[i]-narrow); c.give && taken > 0 {
			t.widths[i] -= taken
			missing -= taken
		}
	}
}

// row is the lines of one row.
func (t *tabular) row(cells []string) string {
	var b strings.Builder
	// cells of the line, and white space that is only written before another cell
	used, behind := 0, 0
	for i, cell := range cells {
		width, last := t.widths[i], i == len(cells)-1
		wanted := width
		if last {
			wanted = min(width, least)
		}
		if t.total > 0 && used > hang && used+wanted > t.total {
			b.WriteByte('\n')
			used, behind = hang, hang
		}
		switch {
		case !last:
			cell = middle(cell, width)
		case t.total > 0:
			cell = sanitize.Line(cell, max(t.total-used, gap))
		}
		free := width - sanitize.Width(cell)
		if t.columns[i].right && !last {
			behind, free = behind+free, 0
		}
		b.WriteString(strings.Repeat(" ", behind) + cell)
		used, behind = used+width+gap, free+gap
	}
	b.WriteByte('\n')
	return b.String()
}

// middle is a cell in at most w cells, with its start and its end.
func middle(cell string, w int) string {
	letters := []rune(cell)
	switch {
	case sanitize.Width(cell) <= w:
		return cell
	case len(letters) != sanitize.Width(cell): // wide letters, or several to a cell
		return sanitize.Line(cell, w)
	}
	head := (w - 1) / 3
	return string(letters[:head]) + "…" + string(letters[len(letters)-(w-1-head):])
}
