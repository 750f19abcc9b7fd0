package form

// Place is where in a log somebody is: which field or evaluator is under the cursor, and how it is
// looked at. The zero Place is nowhere.
type Place struct {
	row     row
	above   int // rows of the list above the cursor
	reading bool
	set     bool
}

// Place is where the cursor is.
func (m *Model) Place() Place {
	return Place{row: m.rows[m.cursor], above: m.cursor - m.top, reading: m.reading, set: true}
}

// Stand puts the cursor where it was in another log, as far as this one has that place.
func (m *Model) Stand(p Place) {
	if !p.set {
		return
	}
	for i, r := range m.rows {
		if r.stop() && r.is(p.row) {
			m.moveTo(i)
			m.top = max(i-p.above, 0)
			m.scroll()
			m.reading = p.reading
			return
		}
	}
}
