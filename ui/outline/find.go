package outline

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/ui/find"
	"errata/ui/keys"
)

// search carries out a key of the search.
func (m *Model) search(action keys.Action) (used bool, cmd tea.Cmd) {
	used, moved, cmd := m.find.Act(action, m.o.Theme, m.root, m.Path())
	if used {
		m.searched(moved)
	}
	return used, cmd
}

// findKey is a key, or a paste, while the query is typed.
func (m *Model) findKey(msg tea.Msg) (used bool, cmd tea.Cmd) {
	used, moved, cmd := m.find.Key(msg, m.root, m.Path())
	m.searched(moved)
	m.arrange()
	return used, cmd
}

// reported takes what a search in the background has found.
func (m *Model) reported(msg find.Msg) (used bool, cmd tea.Cmd) {
	used, moved, cmd := m.find.Update(msg)
	m.searched(moved && m.inner == nil && !m.menu)
	return used, cmd
}

// searched says how the search stands, and shows the hit that it went to.
func (m *Model) searched(moved bool) {
	if h, ok := m.find.Current(); ok && moved {
		m.reach(h)
	}
	if n, ok := m.find.News(); ok {
		m.news = n
	}
}

// reach puts the cursor on a hit. A long text is unfolded where the hit is.
func (m *Model) reach(h find.Hit) {
	m.GoTo(h.Path)
	s, ok := m.spot(m.row)
	if !ok || !samePath(s.path(), h.Path) {
		return
	}
	if !h.Name && s.node.Kind() == jsonraw.String {
		m.unfoldAt(s, h)
	}
	m.find.Shown(m.Path())
	m.arrange()
}

// unfoldAt puts the cursor on the row of an unfolded text that has a hit. One that shows all of
// itself in its row stays folded.
func (m *Model) unfoldAt(s spot, h find.Hit) {
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

// now is where the current hit stands in a text of the row: in the name of its node, or in its text
// behind so many bytes. It is -1 when it is not there.
func (m *Model) now(s *spot, name bool) int {
	h, ok := m.find.Current()
	switch {
	case !ok || h.Name != name || !samePath(s.path(), h.Path):
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
func (m *Model) mark(l *line, s *spot, name bool, from int) {
	if re := m.find.Pattern(); re != nil {
		l.found = found{re: re, now: -1, match: m.pens.match, current: m.pens.current}
		if at := m.now(s, name); at >= 0 {
			l.found.now = at - from
		}
	}
}

// Find looks for a query as if it had been typed, and shows the hit of a number, from 0.
func (m *Model) Find(query string, regex bool, nth int) tea.Cmd {
	moved, cmd := m.find.BeginAt(query, regex, m.root, nth)
	m.searched(moved)
	return cmd
}

// Interrupt stops a search that is under way. It tells whether there was one.
func (m *Model) Interrupt() bool {
	stopped := m.find.Stop()
	if n, ok := m.find.News(); ok {
		m.news = n
	}
	return stopped
}
