package form

import (
	"context"
	"slices"
	"sort"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/pager"
)

// search is the prompt and what was found.
type search struct {
	prompt *find.Prompt // nil when it is not open
	query  string
	regex  bool
	// in the order of the rows; while the search is running, from the row on at which it began
	hits    []hit
	current int // index into hits
	ahead   int // hits to go on by, asked for before they were found
	running context.CancelFunc
	token   int
}

// tally says which hit of how many is shown, "" without a search.
func (s *search) tally() string {
	switch {
	case s.running != nil && len(s.hits) > 0:
		return figure.Count(len(s.hits), "hit") + " so far, searching on for " + s.query + " … esc cancels"
	case s.running != nil:
		return "searching for " + s.query + " … esc cancels"
	case len(s.hits) > 0:
		return figure.Int(s.current+1) + " of " + figure.Count(len(s.hits), "hit") + " for " + s.query
	default:
		return ""
	}
}

// clear ends the search and its marks.
func (s *search) clear(pane *pager.Model) {
	s.cancel()
	s.hits = nil
	if pane != nil {
		pane.Highlight(nil, -1)
	}
}

func (s *search) cancel() {
	if s.running != nil {
		s.running()
		s.running = nil
		s.token++
	}
}

// openSearch opens the prompt with the last query of the session.
func (m *Model) openSearch() {
	m.search.clear(m.pane)
	m.search.prompt = find.NewPrompt(m.o.Searched, m.th)
}

// promptKey is a key while the query is being typed.
func (m *Model) promptKey(msg tea.KeyMsg) tea.Cmd {
	if m.search.prompt.Pending() {
		m.search.prompt.Update(msg)
		return nil
	}
	switch keys.Prompt.Action(msg.String()) {
	case keys.Close:
		m.search.prompt = nil
	case keys.Regexp:
		m.search.prompt.Toggle()
	case keys.Accept:
		*m.o.Searched = m.search.prompt.Asked()
		m.search.query, m.search.regex = m.o.Searched.Query, m.o.Searched.Regex
		m.search.prompt = nil
		return m.find()
	default:
		m.search.prompt.Update(msg)
	}
	return nil
}

// find searches the names and values of all rows, away from the keys.
func (m *Model) find() tea.Cmd {
	if m.search.query == "" {
		return nil
	}
	re, err := find.Pattern(m.search.query, m.search.regex)
	if err != nil {
		m.Say(bars.News{Level: bars.Bad, Text: "no regular expression: " + err.Error()})
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.search.token++
	m.search.running, m.search.ahead = cancel, 0
	return sweep{ctx: ctx, re: re, token: m.search.token, places: m.places()}.run
}

// found takes what was found, goes to the first hit, and lets the search go on.
func (m *Model) found(msg hitsMsg) tea.Cmd {
	s := &m.search
	if msg.token != s.token {
		return nil
	}
	m.adopt(msg.made)
	first := len(s.hits) == 0 && len(msg.hits) > 0
	s.hits = append(s.hits, msg.hits...)
	var more tea.Cmd
	if msg.rest != nil {
		more = msg.rest.run
	} else {
		s.running = nil
		s.arrange()
	}
	switch {
	case len(s.hits) == 0 && s.running == nil:
		m.Say(bars.News{Level: bars.Warning, Text: "not found: " + s.query})
	case first, s.ahead != 0 && s.advance():
		s.advance()
		return tea.Batch(m.show(), more)
	case s.running == nil:
		m.highlight()
	}
	return more
}

// arrange brings the hits of a search that has ended into the order of the rows.
func (s *search) arrange() {
	begun := sort.Search(len(s.hits), func(i int) bool { return s.hits[i].row < s.hits[0].row })
	if begun < len(s.hits) {
		s.current = (s.current - begun + len(s.hits)) % len(s.hits)
		s.hits = append(slices.Clone(s.hits[begun:]), s.hits[:begun]...)
	}
}

// advance goes on by the hits that were asked for; while the search is running no further than what
// was found. It tells whether it moved.
func (s *search) advance() bool {
	before, n := s.current, len(s.hits)
	switch to := s.current + s.ahead; {
	case n == 0:
	case s.running == nil:
		s.current, s.ahead = (to%n+n)%n, 0
	default:
		s.current = min(max(to, 0), n-1)
		s.ahead = to - s.current
	}
	return s.current != before
}

// walk goes to the next or the previous hit, around the ends.
func (m *Model) walk(by int) tea.Cmd {
	s := &m.search
	if len(s.hits) == 0 && s.running == nil {
		m.Say(bars.News{Text: "no search yet: / begins one"})
		return nil
	}
	s.ahead += by
	if !s.advance() && s.running != nil {
		return nil
	}
	return m.show()
}

// show puts the cursor on the current hit and scrolls the pane to it.
func (m *Model) show() tea.Cmd {
	h := m.search.hits[m.search.current]
	m.moveTo(h.row)
	if !h.name {
		m.reading = m.reading || !m.parts.Wide
	} else if !m.parts.Wide {
		m.reading = false
	}
	cmd := m.settle()
	m.highlight()
	return cmd
}

// highlight marks the hits in what the pane shows.
func (m *Model) highlight() {
	if m.pane == nil || len(m.search.hits) == 0 {
		return
	}
	var here []pager.Hit
	current := -1
	for i, h := range m.search.hits {
		if h.row != m.cursor || h.name {
			continue
		}
		if i == m.search.current {
			current = len(here)
		}
		here = append(here, h.at)
	}
	m.pane.Highlight(here, current)
}
