package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/find"
)

// maxSeek is the size of a text up to which it is looked through for a hit when its editor opens.
const maxSeek = 4 << 20

// hitHere is the number of the hit that is shown among those in the value under the cursor, from 0; -1 when none is shown there.
func (m *Model) hitHere() (nth int) {
	s := &m.search
	if s.current >= len(s.hits) || s.hits[s.current].row != m.cursor || s.hits[s.current].name {
		return -1
	}
	for _, h := range s.hits[:s.current] {
		if h.row == m.cursor && !h.name {
			nth++
		}
	}
	return nth
}

// toHit goes on from the search in an editor that has just been opened: the cursor is put on the hit that was shown, or on the last one before.
func (m *Model) toHit(nth int) tea.Cmd {
	re, err := find.Pattern(m.search.query, m.search.regex)
	switch {
	case nth < 0 || err != nil:
		return nil
	case m.built != nil:
		cmd := m.built.st.Find(m.search.query, m.search.regex, nth)
		if news, ok := m.built.st.News(); ok {
			m.Say(news)
		}
		return cmd
	case m.edit == nil || m.edit.ed.Text().Len() > maxSeek:
		return nil
	}
	if hits := re.FindAllIndex(m.edit.ed.Text().Bytes(), nth+1); len(hits) > 0 {
		m.edit.ed.GoToOffset(hits[len(hits)-1][0])
	}
	return nil
}
