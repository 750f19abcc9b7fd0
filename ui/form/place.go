package form

import "errata/ui/pager"

// Place is where in a log somebody is: which field or evaluator is under the cursor, and how it is
// looked at. The zero Place is nowhere.
type Place struct {
	row     row
	above   int // rows of the list above the cursor
	reading bool
	set     bool
	top     pager.Spot // of the value
}

// standing is where the pane of a row begins. The zero value is its top.
type standing struct {
	row int
	top pager.Spot
}

// Place is where the cursor is.
func (m *Model) Place() Place {
	p := Place{row: m.rows[m.cursor], above: m.cursor - m.top, reading: m.reading, set: true}
	if m.shown == (paneKey{row: m.cursor}) {
		p.top = m.pane.Spot()
	}
	return p
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
			m.wanted = standing{row: i, top: p.top}
			return
		}
	}
}
