package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/find"
	"errata/ui/rows"
)

// hitHere is the number of the hit that is shown among those in the value under the cursor, from 0;
// -1 when none is shown there.
func (s *searching) hitHere() (nth int) {
	if s.steps.Current < 0 || s.steps.Current >= len(s.hits) || s.hits[s.steps.Current].row != s.cursor || s.hits[s.steps.Current].name {
		return -1
	}
	for _, h := range s.hits[:s.steps.Current] {
		if h.row == s.cursor && !h.name {
			nth++
		}
	}
	return nth
}

// seekHere is the hit that is shown for the value under the cursor.
func (s *searching) seekHere() find.Seek {
	nth := s.hitHere()
	re, err := find.Pattern(s.query, s.regex)
	if nth < 0 || err != nil {
		return find.Seek{}
	}
	return find.Seek{Re: re, Nth: nth}
}

// toHit goes on from the search in a structure that has just been opened, at the hit that was
// shown.
func (m *editors) toHit(st *rows.Model, s find.Seek) tea.Cmd {
	if s.Re == nil {
		return nil
	}
	cmd := st.Find(find.Target{Last: find.Last{Query: m.search.query, Regex: m.search.regex}, Nth: s.Nth})
	m.hear(st)
	return cmd
}
