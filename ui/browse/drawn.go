package browse

import "errata/ui/theme"

// drawn holds rows of the last frames as they were drawn, without the one under the cursor: a key
// mostly changes two of them.
type drawn struct {
	as   appearance
	rows map[*row]drawnRow
}

// appearance is what all rows are drawn by.
type appearance struct {
	w, h    int // of the table
	th      *theme.Theme
	columns uint16 // the shape of rows, which is another one whenever columns are chosen
	compact bool
	search  string
	drafts  int // counts what was said of drafts
}

// drawnRow is a row as it was drawn, with what may have changed of it.
type drawnRow struct {
	marked, corrected bool
	made              uint16
	lines             []string
}

// drawnMost is how many rows are held, and at least all that are on the screen.
const drawnMost = 500

// drawRow draws a row, or takes it as it was drawn.
func (m *logList) drawRow(d *drawing, r *row, marked, under bool) []string {
	if under {
		return m.draw(d, r, marked, true)
	}
	was, ok := m.drawn.rows[r]
	if ok && was.marked == marked && was.corrected == r.corrected && was.made == r.made {
		return was.lines
	}
	lines := m.draw(d, r, marked, false)
	m.drawn.rows[r] = drawnRow{marked, r.corrected, r.made, lines}
	return lines
}

// drawAs forgets what was drawn otherwise.
func (m *logList) drawAs(as appearance) {
	if m.drawn.as != as || len(m.drawn.rows) > drawnMost {
		m.drawn = drawn{as: as, rows: map[*row]drawnRow{}}
	}
}
