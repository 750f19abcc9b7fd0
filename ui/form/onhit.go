package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/find"
	"errata/ui/rows"
)

// toHit goes on from the search in a structure that has just been opened, at the hit that was
// shown.
func (m *editors) toHit(st *rows.Model, s find.Seek) tea.Cmd {
	if s.Literal == nil {
		return nil
	}
	cmd := st.Find(find.Target{Last: m.search.asked, At: s.At})
	m.hear(st)
	return cmd
}
