package find

import (
	"regexp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/editor"
	"errata/ui/keys"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// InText is the search in the text of an editor: the line in which the query is typed, and the
// hits, which are lit in the text while the line is open. The cursor of the editor goes to the
// first hit as the query is typed, and stays at the hit when the line is closed. The zero InText is
// closed. It belongs to the goroutine of Update.
type InText struct {
	Last *Last // with which the line opens; nil until there is something

	ed     *editor.Model // nil when the line is closed
	prompt *Prompt
	th     *theme.Theme
	asked  Last // what the hits are of
	wrong  string

	// where the cursor stood when the line was opened, or when a hit was last settled on
	origin  int
	after   []Hit
	before  []Hit  // the hits ahead of the origin, behind which the search goes round
	steps   Steps  // through after and then before
	settled bool   // enter has confirmed the hit that is shown: the next one goes on
	wrapped string // the end of the text around which the last step went, "" for none
	under   *Run   // under way, nil when it has ended
	passed  int
}

// Open opens the line on an editor, with what was looked for last.
func (s *InText) Open(ed *editor.Model, th *theme.Theme) {
	if s.Last == nil {
		s.Last = &Last{}
	}
	s.ed, s.prompt, s.th = ed, NewPrompt(s.Last, th), th
	s.asked, s.origin, s.settled = Last{}, ed.Offset(), false
	s.forget()
}

// IsOpen reports whether the line is open.
func (s *InText) IsOpen() bool { return s.ed != nil }

// Asked is what the line currently asks for.
func (s *InText) Asked() Last { return s.prompt.Asked() }

// Close closes the line and puts out the marks. The cursor stays where it is.
func (s *InText) Close() {
	if s.ed == nil {
		return
	}
	s.forget()
	s.ed.Highlight(nil, -1)
	s.ed, s.prompt = nil, nil
}

// forget drops the hits, and stops a search that is under way.
func (s *InText) forget() {
	s.Stop()
	s.after, s.before, s.steps, s.wrapped, s.wrong = nil, nil, Steps{Current: -1}, "", ""
}

// Stop ends a search that is under way; what it has found stays. It reports whether there was one.
func (s *InText) Stop() bool {
	was := s.under != nil
	if was {
		s.under.Stop()
		s.under = nil
	}
	return was
}

// SetTheme changes the looks.
func (s *InText) SetTheme(th *theme.Theme) {
	if s.th = th; s.prompt != nil {
		s.prompt.SetTheme(th)
	}
}

// Key takes a key, or a paste, while the line is open. Keys that it does not know are its user's.
func (s *InText) Key(msg tea.Msg) (used bool, cmd tea.Cmd) {
	if key, ok := msg.(tea.KeyMsg); ok && !s.prompt.Pending() {
		switch keys.FindInText.Action(key.String()) {
		case keys.Close:
			s.Close()
			return true, nil
		case keys.NextHit:
			return true, s.next(1)
		case keys.PrevHit:
			return true, s.next(-1)
		case keys.Regexp:
			s.prompt.Toggle()
			return true, s.look()
		}
	}
	if !s.prompt.Update(msg) {
		return false, nil
	}
	if s.prompt.Asked() == s.asked {
		return true, nil
	}
	return true, s.look()
}

// next goes to the next hit or the one before. The first time it confirms the hit that came up
// while the query was typed, or begins the search for a query that nobody typed over.
func (s *InText) next(by int) tea.Cmd {
	first := !s.settled
	if s.prompt.Asked() != s.asked {
		cmd := s.look()
		s.settled = true
		return cmd
	}
	s.settled = true
	if !first || by < 0 {
		s.steps.Ahead += by
		s.advance()
	}
	return nil
}

// look searches for what is typed, from the origin on and around: in a small text at once.
func (s *InText) look() tea.Cmd {
	if s.settled {
		s.origin, s.settled = s.ed.Offset(), false
	}
	s.forget()
	s.ed.Highlight(nil, -1)
	s.asked = s.prompt.Asked()
	if s.asked.Query == "" {
		s.ed.GoToOffset(s.origin)
		return nil
	}
	re, err := Pattern(s.asked.Query, s.asked.Regex)
	if err != nil {
		s.wrong = "no regular expression: " + err.Error()
		return nil
	}
	*s.Last = s.asked
	text, from := s.ed.Text(), s.origin
	s.under = newRun(func(yield func(Hit) bool, stop func(int) bool) { around(text, re, from, yield, stop) })
	if text.Len() >= backgroundSize {
		return s.under.Start
	}
	var found Report
	s.under.walk(func(h Hit) bool {
		found.Hits = append(found.Hits, h)
		return true
	}, func(int) bool { return false })
	s.Stop()
	s.take(found)
	return nil
}

// around gives the hits from a byte on to the end, and then those from the start, maxHits in all.
func around(text editor.Text, re *regexp.Regexp, from int, yield func(Hit) bool, stop func(passed int) bool) {
	n := 0
	counted := func(h Hit) bool {
		n++
		return yield(h) && n < maxHits
	}
	walkText(text, re, from, text.Len(), counted, stop)
	behind := text.Len() - from
	if n < maxHits && !stop(behind) {
		walkText(text, re, 0, from, counted, func(passed int) bool { return stop(behind + passed) })
	}
}

// Update takes the report of a search that is under way. used is false when it is of another one.
func (s *InText) Update(msg Msg) (used bool, cmd tea.Cmd) {
	now, cmd, used := s.under.Take(msg)
	if !used {
		return false, nil
	}
	if cmd == nil {
		s.under = nil
	}
	s.take(now)
	return true, cmd
}

// take adds what was found, and goes to the hit that is wanted once it is there.
func (s *InText) take(r Report) {
	s.passed = r.Passed
	for _, h := range r.Hits {
		if h.Start >= s.origin {
			s.after = append(s.after, h)
		} else {
			s.before = append(s.before, h)
		}
	}
	if s.steps.Current < 0 && s.count() > 0 {
		s.steps.Current = 0
		if len(s.after) == 0 {
			s.wrapped = "end"
		}
		s.show()
	}
	s.advance()
	s.light()
}

func (s *InText) count() int { return len(s.after) + len(s.before) }

// at is hit number i in the order in which they are walked.
func (s *InText) at(i int) Hit {
	if i < len(s.after) {
		return s.after[i]
	}
	return s.before[i-len(s.after)]
}

// advance goes on by the hits that were asked for; while the search is under way no further than
// what was found.
func (s *InText) advance() {
	n := s.count()
	if n == 0 || s.steps.Ahead == 0 {
		return
	}
	was, forward := s.at(s.steps.Current), s.steps.Ahead > 0
	s.steps.Advance(n, s.under != nil)
	now := s.at(s.steps.Current)
	switch s.wrapped = ""; {
	case forward && now.Start <= was.Start && s.steps.Ahead == 0:
		s.wrapped = "end"
	case !forward && now.Start >= was.Start && s.steps.Ahead == 0:
		s.wrapped = "start"
	}
	s.show()
	s.light()
}

// show puts the cursor on the current hit.
func (s *InText) show() { s.ed.GoToOffset(s.at(s.steps.Current).Start) }

// light marks the hits in the text, in its order.
func (s *InText) light() {
	ranges := make([][2]int, 0, s.count())
	for _, list := range [][]Hit{s.before, s.after} {
		for _, h := range list {
			ranges = append(ranges, [2]int{h.Start, h.End})
		}
	}
	s.ed.Highlight(ranges, s.number())
}

// number is the place of the current hit in the order of the text, from 0; -1 when none is shown.
func (s *InText) number() int {
	switch {
	case s.steps.Current < 0:
		return -1
	case s.steps.Current < len(s.after):
		return len(s.before) + s.steps.Current
	}
	return s.steps.Current - len(s.after)
}

// tally says which hit of how many is shown, and how far the search is.
func (s *InText) tally() string {
	n := s.count()
	words := figure.Count(n, "hit")
	switch {
	case s.wrong != "":
		return s.wrong
	case s.asked.Query == "":
		return ""
	case s.under != nil:
		return words + " so far, searching … " + bars.Progress(s.passed, max(s.ed.Text().Len(), 1), barCells(s.th))
	case n == 0:
		return "not found"
	case n >= maxHits:
		words += " and more"
	}
	words = figure.Int(s.number()+1) + " of " + words
	if s.wrapped != "" {
		words += ", around the " + s.wrapped
	}
	return words
}

// Line draws the line in w cells: what is typed, and the state of the search. x is the cell of the
// cursor.
func (s *InText) Line(w int) (line string, x int) {
	said := sanitize.Line(s.tally(), max(w/2, 1))
	room := w - sanitize.Width(said) - 2
	if said == "" || room < 12 {
		return s.prompt.Draw(w)
	}
	line, x = s.prompt.Draw(room)
	style := s.th.Info
	if s.wrong != "" || s.asked.Query != "" && s.under == nil && s.count() == 0 {
		style = s.th.Warning
	}
	gap := strings.Repeat(" ", max(room-sanitize.Width(line), 0)+2)
	return line + gap + style.Render(said), x
}
