package form

import (
	"bytes"
	"regexp"
	"slices"
	"sort"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/reading"
)

// searching is the search through the log: its prompt and what was found.
type searching struct {
	*valuePane
	prompt *find.Prompt // nil when it is not open
	asked  find.Last
	// in the order of the rows; while the search is running, from the row on at which it began. A
	// hit is of the row of its number, in the row's name where it has no path
	hits   []find.Hit
	steps  find.Steps         // through hits
	run    *find.Run          // nil when none is running
	passed int                // bytes that it has passed
	size   int                // of all that it searches
	re     *regexp.Regexp     // nil when nothing is marked
	values map[int]find.Value // that were searched, by row
	after  *find.Hit          // with which a search that was started again goes on
	quiet  bool               // what is found is marked, and the cursor stays
	words  string             // what is searched for, for reading
}

// tally says which hit of how many is shown, "" without a search.
func (s *searching) tally() string {
	hits := figure.Count(len(s.hits), "hit")
	switch {
	case s.run != nil && len(s.hits) > 0:
		return hits + " so far, searching on for " + s.words + s.part()
	case s.run != nil:
		return "searching for " + s.words + s.part()
	case len(s.hits) > 0 && s.steps.Current < 0:
		return hits + " for " + s.words + "; n goes to the first"
	case len(s.hits) > 0:
		return figure.Int(s.steps.Current+1) + " of " + hits + " for " + s.words
	default:
		return ""
	}
}

// part is how much of the log was passed.
func (s *searching) part() string { return find.Progress(s.th, s.passed, s.size) + " … esc cancels" }

// clear ends the search and its marks.
func (s *searching) clear() {
	s.cancel()
	s.hits, s.re = nil, nil
	s.mark()
}

// follow keeps the hits on their rows after rows have come or gone: before are the old ones.
func (s *searching) follow(before []row) {
	var hits []find.Hit
	for i, h := range s.hits {
		if h.Of = slices.IndexFunc(s.rows, before[h.Of].is); h.Of >= 0 {
			hits = append(hits, h)
		} else if i < s.steps.Current {
			s.steps.Current--
		}
	}
	if s.hits = hits; s.steps.Current >= 0 { // else none is shown yet
		s.steps.Current = max(min(s.steps.Current, len(hits)-1), 0)
	}
	values := map[int]find.Value{}
	for i, r := range s.rows {
		if was, ok := s.values[slices.IndexFunc(before, r.is)]; ok {
			values[i] = was
		}
	}
	s.values = values
}

// renew ends the search of a log that is not there any more.
func (s *searching) renew() {
	s.cancel()
	*s = searching{valuePane: s.valuePane, asked: s.asked}
}

func (s *searching) cancel() {
	if s.run != nil {
		s.run.Stop()
		s.run = nil
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
		s.asked = s.prompt.Asked()
		*s.o.Searched = s.asked
		s.prompt = nil
		s.words, s.after = s.asked.Query, nil
		return s.find()
	default:
		s.prompt.Update(msg)
	}
	return nil
}

// find searches the names and values of all rows, away from the keys, from the cursor's on and
// around.
func (s *searching) find() tea.Cmd {
	if s.asked.Query == "" {
		return nil
	}
	re, err := find.Pattern(s.asked.Query, s.asked.Regex)
	if err != nil {
		s.Say(bars.News{Level: bars.Bad, Text: "no regular expression: " + err.Error()})
		return nil
	}
	values := s.searched()
	s.cancel()
	s.run, s.re, s.hits, s.steps, s.passed = find.All(values, re), re, nil, find.Steps{Current: -1}, 0
	s.quiet, s.values = false, map[int]find.Value{}
	s.size = 0
	for _, v := range values {
		s.values[v.Of] = v
		s.size += v.Root.Size()
	}
	return s.run.Start
}

// searched lists the values of the rows.
func (s *searching) searched() []find.Value {
	var list, before []find.Value
	for i, r := range s.rows {
		if !r.stop() {
			continue
		}
		literal := s.literal(i)
		v := find.Value{Of: i, Names: []string{r.name(), r.label()}, Root: tree.New(literal.Bytes()), Options: reading.Searched(r.field, literal)}
		if i < s.cursor {
			before = append(before, v)
		} else {
			list = append(list, v)
		}
	}
	return append(list, before...)
}

// light marks what something else was searched for, and leaves the cursor where it is.
func (s *searching) light(last find.Last, words string) tea.Cmd {
	*s.o.Searched = last
	s.clear()
	s.asked, s.words, s.after = last, words, nil
	cmd := s.find()
	s.quiet = cmd != nil
	return cmd
}

// report takes what was found, goes to the first hit, and lets the search go on. used is false for
// the report of another search.
func (s *searching) report(msg find.Msg) (used bool, cmd tea.Cmd) {
	now, more, used := s.run.Take(msg)
	if !used {
		return false, nil
	}
	s.hits, s.passed = append(s.hits, now.Hits...), now.Passed
	if more == nil {
		s.run = nil
		s.arrange()
	}
	switch moved := s.advance(); {
	case s.quiet:
		s.mark()
	case len(s.hits) == 0 && s.run == nil:
		s.Say(bars.News{Level: bars.Warning, Text: "not found: " + s.asked.Query})
	case moved:
		return true, tea.Batch(s.show(), more)
	case s.run == nil:
		s.mark()
	}
	return true, more
}

// arrange brings the hits of a search that has ended into the order of the rows.
func (s *searching) arrange() {
	begun := sort.Search(len(s.hits), func(i int) bool { return s.hits[i].Of < s.hits[0].Of })
	if begun < len(s.hits) {
		if s.steps.Current >= 0 {
			s.steps.Current = (s.steps.Current - begun + len(s.hits)) % len(s.hits)
		}
		s.hits = append(slices.Clone(s.hits[begun:]), s.hits[:begun]...)
	}
}

// advance goes on by the hits that were asked for, from the first one on, and reports whether it
// moved.
func (s *searching) advance() (moved bool) {
	if s.steps.Current < 0 && !s.quiet {
		s.steps.Current = s.first()
		moved = s.steps.Current >= 0
	}
	return s.steps.Advance(len(s.hits), s.run != nil) || moved
}

// first is the hit that is shown first, -1 before it is found.
func (s *searching) first() int {
	i := slices.IndexFunc(s.hits, func(h find.Hit) bool { return s.after == nil || h.Of != s.after.Of || h.At > s.after.At })
	if i < 0 && s.run == nil && len(s.hits) > 0 {
		return 0
	}
	return i
}

// walk goes to the next or the previous hit, around the ends.
func (s *searching) walk(by int) tea.Cmd {
	if len(s.hits) == 0 && s.run == nil {
		s.Say(bars.News{Text: "no search yet: / begins one"})
		return nil
	}
	if s.quiet = false; s.run == nil && s.anyStale() {
		return s.again(by)
	}
	fresh := s.steps.Current < 0 && len(s.hits) > 0
	if !fresh || by < 0 { // nothing is shown yet: one step on is the first
		s.steps.Ahead += by
	}
	if !s.advance() && (!fresh && s.run != nil || s.steps.Current < 0) {
		return nil
	}
	return s.show()
}

// again searches the log as it is now, and goes on behind the hit that was shown, or ahead of it.
func (s *searching) again(by int) tea.Cmd {
	if i := s.steps.Current; i >= 0 {
		from := s.hits[i]
		from.At += min(by, 0)
		s.after = &from
	}
	cmd := s.find()
	s.steps.Ahead = min(by, 0)
	return cmd
}

// show puts the cursor on the current hit and scrolls the pane to it.
func (s *searching) show() tea.Cmd {
	h := s.hits[s.steps.Current]
	s.moveTo(h.Of)
	if len(h.Path) > 0 || !h.Name {
		s.reading = s.reading || !s.parts.Wide
	} else if !s.parts.Wide {
		s.reading = false
	}
	cmd := s.settle(false)
	s.mark()
	return cmd
}

// stale reports whether the value of a row has changed since it was searched.
func (s *searching) stale(row int) bool {
	was, ok := s.values[row]
	return ok && !bytes.Equal(was.Root.Bytes(), s.literal(row).Bytes())
}

func (s *searching) anyStale() bool {
	for row := range s.values {
		if s.stale(row) {
			return true
		}
	}
	return false
}

// found is what is marked, and the hit that is shown here.
func (s *searching) found() (re *regexp.Regexp, shown *find.Hit) { return s.re, s.here() }

// here is the hit that is shown, nil when none is shown in the value under the cursor.
func (s *searching) here() *find.Hit {
	i := s.steps.Current
	if i < 0 || i >= len(s.hits) || s.stale(s.cursor) {
		return nil
	}
	if h := &s.hits[i]; h.Of == s.cursor && (len(h.Path) > 0 || !h.Name) {
		return h
	}
	return nil
}

// seekHere is that hit, for an editor of the value.
func (s *searching) seekHere() find.Seek {
	h := s.here()
	if h == nil {
		return find.Seek{}
	}
	return find.Seek{Literal: s.literal(s.cursor).Bytes(), At: h.At}
}
