package cli

import (
	"strings"

	"errata/ui/sanitize"
)

// column is a column of a table.
type column struct {
	head  string
	right bool // numbers are aligned to the right
	// whether it gives cells to the last column when that needs them; its own are then cut in the
	// middle
	give bool
}

const (
	gap      = 2  // cells between two columns
	hang     = 4  // cells of indentation of the further lines of a row
	narrow   = 16 // cells that a column with give keeps
	readable = 24 // cells up to which the last column gets some of them
	least    = 8  // fewer cells than these move the last column to the next line
)

// table prints rows below titles, one line a row whatever the cells contain. An empty cell is "-",
// so that every row has the same number of words. On a terminal the last column is cut to its
// width, and columns without room continue on further lines: no id is cut.
func (a *console) table(columns []column, rows [][]string) {
	t := tabular{columns: columns}
	a.rows(&t, rows)
}

// rows prints further rows of a table, whose columns become wider where these need it. Its titles
// are above the first.
func (a *console) rows(t *tabular, rows [][]string) {
	titled := t.widths != nil
	head := t.fit(rows)
	if t.total = a.columns(); t.total > 0 {
		t.squeeze()
	}
	if !titled {
		_, _ = a.out.WriteString(t.row(head))
	}
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

// tabular is a table with the widths of its columns.
type tabular struct {
	columns []column
	widths  []int
	total   int // cells of the terminal, 0 without one
}

// fit makes cells fit to be printed, and the columns as wide as they are. It gives the titles.
func (t *tabular) fit(rows [][]string) (head []string) {
	if t.widths == nil {
		t.widths = make([]int, len(t.columns))
	}
	for i, c := range t.columns {
		head = append(head, c.head)
		t.widths[i] = max(t.widths[i], sanitize.Width(c.head))
	}
	for _, row := range rows {
		for i, cell := range row {
			row[i] = safeCell(cell)
			t.widths[i] = max(t.widths[i], sanitize.Width(row[i]))
		}
	}
	return head
}

// squeeze takes cells from the columns with give.
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

// row is the line or lines of a row.
func (t *tabular) row(cells []string) string {
	var b strings.Builder
	// cells that are used on the line, and spaces that are written only before another cell
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

// middle is a cell of at most w cells, with its middle left out.
func middle(cell string, w int) string {
	letters := []rune(cell)
	switch {
	case sanitize.Width(cell) <= w:
		return cell
	case len(letters) != sanitize.Width(cell): // with wide characters, or several to a cell
		return sanitize.Line(cell, w)
	}
	head := (w - 1) / 3
	return string(letters[:head]) + "…" + string(letters[len(letters)-(w-1-head):])
}
