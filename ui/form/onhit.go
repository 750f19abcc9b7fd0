package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/find"
	"errata/ui/pager"
	"errata/ui/rows"
)

// hitHere is the hit that is shown; ok is false when none is shown in the value under the cursor.
func (s *searching) hitHere() (h hit, ok bool) {
	i := s.steps.Current
	if i < 0 || i >= len(s.hits) || s.hits[i].row != s.cursor || s.hits[i].name {
		return hit{}, false
	}
	return s.hits[i], true
}

// seekHere is the hit that is shown for the value under the cursor: how many come ahead of it in
// the part of the value that it stands in.
func (s *searching) seekHere() find.Seek {
	shown, ok := s.hitHere()
	re, err := find.Pattern(s.query, s.regex)
	if !ok || err != nil {
		return find.Seek{}
	}
	seek, first := find.Seek{Re: re}, 0
	if source := s.sources[paneKey{row: s.cursor}].source; source != nil {
		seek.From, first = pager.Place(source, shown.at.Block)
	}
	for _, h := range s.hits[:s.steps.Current] {
		if h.row == s.cursor && !h.name && h.at.Block >= first {
			seek.Nth++
		}
	}
	return seek
}

// toHit goes on from the search in a structure that has just been opened, at the hit that was
// shown.
func (m *editors) toHit(st *rows.Model, s find.Seek) tea.Cmd {
	if s.Re == nil {
		return nil
	}
	last := find.Last{Query: m.search.query, Regex: m.search.regex}
	cmd := st.Find(find.Target{Last: last, From: find.Hit{Path: s.From, Name: true}, Nth: s.Nth})
	m.hear(st)
	return cmd
}
