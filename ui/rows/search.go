package rows

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/find"
	"errata/ui/keys"
)

// search carries out a key of the search.
func (m *Model) search(action keys.Action) tea.Cmd {
	_, moved, cmd := m.find.Act(action, m.o.Theme, m.root, m.view.At())
	m.searched(moved)
	return cmd
}

// findKey is a key, or a paste, while the query is typed.
func (m *Model) findKey(msg tea.Msg) (used bool, cmd tea.Cmd) {
	used, moved, cmd := m.find.Key(msg, m.root, m.view.At())
	m.searched(moved)
	return used, cmd
}

// reported takes what a search in the background has found; used is false when it is not this
// editor's.
func (m *Model) reported(msg find.Msg) (used bool, cmd tea.Cmd) {
	used, moved, cmd := m.find.Update(msg)
	m.searched(moved && m.panel == nil)
	return used, cmd
}

// searched says how the search stands, and shows the hit that it went to.
func (m *Model) searched(moved bool) {
	if h, ok := m.find.Current(); ok && moved {
		m.view.Reach(h)
	}
	m.hear()
}

// Asked is what the search line currently asks for; ok is false if none is open.
func (m *Model) Asked() (asked find.Last, ok bool) { return m.find.Asked() }

// hear takes over what the search has to say.
func (m *Model) hear() {
	if n, ok := m.find.News(); ok {
		m.news = n
	}
}

// Find looks for something as if it had been typed, and shows a certain hit.
func (m *Model) Find(t find.Target) tea.Cmd {
	defer m.view.Arrange()
	moved, cmd := m.find.BeginAt(t, m.root)
	m.searched(moved)
	return cmd
}
