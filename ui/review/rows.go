package review

import "errata/ui/change"

// row is a line of the list: a field, a place of it, or a judgment.
type row struct {
	item  int // index into the fields and, behind them, the judgments
	place int // of the field, -1 for all of it
}

// few is how many places of a field are listed without being asked for.
const few = 9

// relist makes the rows again, the cursor on what it was on.
func (m *Model) relist() {
	was := row{place: -1}
	if m.cursor < len(m.rows) {
		was = m.rows[m.cursor]
	}
	m.rows = m.rows[:0:0]
	for i := range m.items() {
		m.add(row{i, -1}, was)
		if i >= len(m.fields) {
			continue
		}
		f := &m.fields[i]
		if _, known := m.folded[f.Field]; !known && len(f.places) > 0 {
			m.folded[f.Field] = len(f.places) > few
		}
		for k := range f.places {
			if !m.folded[f.Field] {
				m.add(row{i, k}, was)
			}
		}
	}
	m.cursor = max(min(m.cursor, len(m.rows)-1), 0)
}

// add lists a row, and puts the cursor on it where it was there, or on the last one ahead of that.
func (m *Model) add(r, was row) {
	if r.item < was.item || r.item == was.item && r.place <= was.place {
		m.cursor = len(m.rows)
	}
	m.rows = append(m.rows, r)
}

// under is the row under the cursor; ok is false if there is none.
func (m *Model) under() (r row, ok bool) {
	if m.cursor >= len(m.rows) {
		return r, false
	}
	return m.rows[m.cursor], true
}

// field is the field under the cursor, nil if there is none.
func (m *Model) field() *field {
	if r, ok := m.under(); ok && r.item < len(m.fields) {
		return &m.fields[r.item]
	}
	return nil
}

// foldable reports whether the field under the cursor has places to list.
func (m *Model) foldable() bool { f := m.field(); return f != nil && len(f.places) > 0 }

// unfold lists the places of the field under the cursor, or no longer.
func (m *Model) unfold(yes bool) {
	if !m.foldable() || m.folded[m.field().Field] != yes {
		return
	}
	m.folded[m.field().Field] = !yes
	m.relist()
	m.arrange()
	m.reveal()
}

// reveal scrolls to the change under the cursor.
func (m *Model) reveal() {
	r, ok := m.under()
	switch {
	case !ok || r.item >= len(m.starts.heads):
	case r.place < 0:
		m.pane.GoToBlock(m.starts.heads[r.item])
	default: // with the line ahead of it, the path of a text above all
		m.pane.GoToBlock(max(m.starts.places[r.item][r.place]-1, m.starts.heads[r.item]))
	}
}

// isOut reports whether what is in a row is left out.
func (m *Model) isOut(i int) bool {
	if i >= len(m.rows) {
		return false
	}
	r := m.rows[i]
	if j := m.judgedAt(r.item); j != nil {
		return j.Left
	}
	f := &m.fields[r.item]
	return f.out || r.place >= 0 && f.left.Out[r.place]
}

// leaveOut leaves out what is under the cursor, or takes it back in. A place of a field that is
// left out is taken in by itself.
func (m *Model) leaveOut() {
	r, ok := m.under()
	if !ok {
		return
	}
	if j := m.judgedAt(r.item); j != nil {
		m.want = LeaveOutMsg{Evaluator: j.Evaluator}
		return
	}
	f := &m.fields[r.item]
	left := change.Of(f.Field, f.left.Places, true)
	if r.place >= 0 {
		left = f.left.Toggled(r.place)
	}
	m.want = LeaveOutMsg{Field: f.Field, Left: &left}
	if r.place < 0 && f.out || left.None() {
		m.want = LeaveOutMsg{Field: f.Field}
	}
}
