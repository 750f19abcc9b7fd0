package form

import (
	"regexp"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/find"
)

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

// seek is the hit at which an editor is opened: its number, from 0, among those in the value.
type seek struct {
	re  *regexp.Regexp // nil when no hit is shown
	nth int
}

// seekHere is the hit that is shown for the value under the cursor.
func (m *Model) seekHere() seek {
	nth := m.hitHere()
	re, err := find.Pattern(m.search.query, m.search.regex)
	if nth < 0 || err != nil {
		return seek{}
	}
	return seek{re, nth}
}

// in is where the hit begins in a text, or the last one before it; -1 when there is none. For a
// large text call it away from the keys.
func (s seek) in(text []byte) int {
	if s.re != nil {
		if at, ok := find.NthInLines(text, s.re, s.nth); ok {
			return at
		}
	}
	return -1
}

// toHit goes on from the search in a structure that has just been opened, at the hit that was
// shown.
func (m *Model) toHit(s seek) tea.Cmd {
	if s.re == nil {
		return nil
	}
	cmd := m.built.st.Find(m.search.query, m.search.regex, s.nth)
	if news, ok := m.built.st.News(); ok {
		m.Say(news)
	}
	return cmd
}
