package outline

import (
	"slices"

	"errata/model/jsonraw"
	"errata/ui/find"
)

// Reach puts the cursor on a hit. A long text is unfolded where the hit is.
func (m *view) Reach(h find.Hit) {
	m.GoTo(h.Path)
	s, ok := m.spot(m.row)
	if !ok || !slices.Equal(s.path(), h.Path) {
		return
	}
	if !h.Name && s.node.Kind() == jsonraw.String {
		m.unfoldAt(s, h)
	}
	m.Search().Shown(m.At())
}

// unfoldAt puts the cursor on the row of an unfolded text that has a hit. One that shows all of
// itself in its row stays folded.
func (m *view) unfoldAt(s spot, h find.Hit) {
	if s.open == nil && !m.canUnfold(s) {
		return
	}
	p := newPassageAt(s.node, h.Line, m.textRoom(s.depth()))
	if s.open != nil && s.open.text.holds(h.Line) {
		p = s.open.text
	}
	m.setOpen(s.path(), &opened{text: p})
	m.row = m.rowOf(h.Path) + 1 + p.rowAt(p.offset(h.Line)+h.Start)
}

// now is where the current hit is in a text of the row: in the name of its node, or in its text
// behind so many bytes. It is -1 when it is not there.
func (m painter) now(s *spot, name bool) int {
	h, ok := m.Search().Current()
	switch {
	case !ok || h.Name != name || !slices.Equal(s.path(), h.Path):
		return -1
	case name || s.node.Kind() != jsonraw.String:
		return h.Start
	case s.open != nil:
		return s.open.text.offset(h.Line) + h.Start
	case h.Line <= 1:
		return h.Start
	}
	return -1
}

// mark has the hits marked in what is put next: the name of a row, or its text from a byte on.
func (m painter) mark(l *line, s *spot, name bool, from int) {
	if re := m.Search().Pattern(); re != nil {
		l.found = found{re: re, now: -1}
		if at := m.now(s, name); at >= 0 {
			l.found.now = at - from
		}
	}
}
