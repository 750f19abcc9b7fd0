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

// searching is the search through the log: its prompt and what was found.
type searching struct {
	*valuePane
	prompt *find.Prompt // nil when it is not open
	query  string
	regex  bool
	// in the order of the rows; while the search is running, from the row on at which it began
	hits    []hit
	steps   find.Steps // through hits
	running context.CancelFunc
	token   int
	quiet   bool   // what is found is marked, and the cursor stays
	words   string // what is searched for, for reading
}

// tally says which hit of how many is shown, "" without a search.
func (s *searching) tally() string {
	switch {
	case s.running != nil && len(s.hits) > 0:
		return figure.Count(len(s.hits), "hit") + " so far, searching on for " + s.words + " … esc cancels"
	case s.running != nil:
		return "searching for " + s.words + " … esc cancels"
	case len(s.hits) > 0 && s.steps.Current < 0:
		return figure.Count(len(s.hits), "hit") + " for " + s.words + "; n goes to the first"
	case len(s.hits) > 0:
		return figure.Int(s.steps.Current+1) + " of " + figure.Count(len(s.hits), "hit") + " for " + s.words
	default:
		return ""
	}
}

// clear ends the search and its marks.
func (s *searching) clear() {
	s.cancel()
	s.hits = nil
	s.mark()
}

// follow keeps the hits on their rows after rows have come or gone: before are the old ones.
func (s *searching) follow(before []row) {
	var hits []hit
	for i, h := range s.hits {
		if h.row = slices.IndexFunc(s.rows, before[h.row].is); h.row >= 0 {
			hits = append(hits, h)
		} else if i < s.steps.Current {
			s.steps.Current--
		}
	}
	s.hits, s.steps.Current = hits, max(min(s.steps.Current, len(hits)-1), 0)
}

// renew ends the search of a log that is not there any more.
func (s *searching) renew() {
	s.cancel()
	*s = searching{valuePane: s.valuePane, query: s.query, regex: s.regex, token: s.token}
}

func (s *searching) cancel() {
	if s.running != nil {
		s.running()
		s.running = nil
		s.token++
	}
}

// open opens the prompt with the last query of the session.
func (s *searching) open() {
	s.clear()
	s.prompt = find.NewPrompt(s.o.Searched, s.th)
}

// key is a key while the query is being typed.
func (s *searching) key(msg tea.KeyMsg) tea.Cmd {
	if s.prompt.Pending() {
		s.prompt.Update(msg)
		return nil
	}
	switch keys.Prompt.Action(msg.String()) {
	case keys.Close:
		s.prompt = nil
	case keys.Regexp:
		s.prompt.Toggle()
	case keys.Accept:
		*s.o.Searched = s.prompt.Asked()
		s.query, s.regex = s.o.Searched.Query, s.o.Searched.Regex
		s.prompt = nil
		return s.find()
	default:
		s.prompt.Update(msg)
	}
	return nil
}

// find searches the names and values of all rows, away from the keys.
func (s *searching) find() tea.Cmd {
	if s.query == "" {
		return nil
	}
	re, err := find.Pattern(s.query, s.regex)
	if err != nil {
		s.Say(bars.News{Level: bars.Bad, Text: "no regular expression: " + err.Error()})
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.token++
	s.running, s.steps, s.quiet, s.words = cancel, find.Steps{}, false, s.query
	return sweep{ctx: ctx, re: re, token: s.token, places: s.places()}.run
}

// light marks what something else was searched for, and leaves the cursor where it is.
func (s *searching) light(last find.Last, words string) tea.Cmd {
	*s.o.Searched = last
	s.clear()
	s.query, s.regex = last.Query, last.Regex
	cmd := s.find()
	s.steps.Current, s.quiet, s.words = -1, cmd != nil, words
	return cmd
}

// found takes what was found, goes to the first hit, and lets the search go on.
func (s *searching) found(msg hitsMsg) tea.Cmd {
	if msg.token != s.token {
		return nil
	}
	s.adopt(msg.made)
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
	case s.quiet:
		s.mark()
	case len(s.hits) == 0 && s.running == nil:
		s.Say(bars.News{Level: bars.Warning, Text: "not found: " + s.query})
	case first, s.steps.Ahead != 0 && s.advance():
		s.advance()
		return tea.Batch(s.show(), more)
	case s.running == nil:
		s.mark()
	}
	return more
}

// arrange brings the hits of a search that has ended into the order of the rows.
func (s *searching) arrange() {
	begun := sort.Search(len(s.hits), func(i int) bool { return s.hits[i].row < s.hits[0].row })
	if begun < len(s.hits) {
		if s.steps.Current >= 0 {
			s.steps.Current = (s.steps.Current - begun + len(s.hits)) % len(s.hits)
		}
		s.hits = append(slices.Clone(s.hits[begun:]), s.hits[:begun]...)
	}
}

// advance goes on by the hits that were asked for, and tells whether it moved.
func (s *searching) advance() bool { return s.steps.Advance(len(s.hits), s.running != nil) }

// walk goes to the next or the previous hit, around the ends.
func (s *searching) walk(by int) tea.Cmd {
	if len(s.hits) == 0 && s.running == nil {
		s.Say(bars.News{Text: "no search yet: / begins one"})
		return nil
	}
	s.quiet = false
	// nothing is shown yet: one step on is the first
	fresh := s.steps.Current < 0 && len(s.hits) > 0
	if fresh {
		s.steps.Current = 0
		by = min(by, 0)
	}
	s.steps.Ahead += by
	if !s.advance() && !fresh && s.running != nil {
		return nil
	}
	return s.show()
}

// show puts the cursor on the current hit and scrolls the pane to it.
func (s *searching) show() tea.Cmd {
	h := s.hits[s.steps.Current]
	s.moveTo(h.row)
	if !h.name {
		s.reading = s.reading || !s.parts.Wide
	} else if !s.parts.Wide {
		s.reading = false
	}
	cmd := s.settle()
	s.mark()
	return cmd
}

// here is the hits in the value under the cursor, and which of them is shown.
func (s *searching) here() (here []pager.Hit, current int) {
	current = -1
	for i, h := range s.hits {
		if h.row != s.cursor || h.name {
			continue
		}
		if i == s.steps.Current {
			current = len(here)
		}
		here = append(here, h.at)
	}
	return here, current
}
