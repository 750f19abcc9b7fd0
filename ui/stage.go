package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/browse"
	"errata/ui/bulk"
	"errata/ui/conflict"
	"errata/ui/editor"
	"errata/ui/form"
	"errata/ui/history"
	"errata/ui/keys"
	"errata/ui/review"
	"errata/ui/term"
	"errata/ui/theme"
)

// screen is what the program needs of each.
type screen interface {
	// Update gives the command of the screen and what it wants, nil where that is nothing. That is
	// carried out when Update has returned.
	Update(tea.Msg) (cmd tea.Cmd, want tea.Msg)
	View() string
	Cursor() (x, y int, ok bool)
	SetSize(w, h int)
	SetTheme(*theme.Theme)
	Say(bars.News)
	Keys() []keys.Map
	Capturing() bool
}

// stage is what is shown: the screens that are open, and what lies over them.
type stage struct {
	th   *theme.Theme
	w, h int

	browse *browse.Model   // nil when one log was opened alone
	form   *form.Model     // the open log, nil while browsing
	review *review.Model   // nil when it is not open
	clash  *conflict.Model // nil when there is no conflict to settle
	past   *history.Model  // nil when the history is not open
	bulk   *bulk.Model     // nil when no change of many logs is open

	help   *help     // nil when it is not open
	ask    *question // nil when nothing is asked
	unsaid bars.News // what there was to say before there was a screen to say it on
}

// stack lists the screens that are open, the one on top first.
func (s *stage) stack() []screen {
	return slices.Concat(opened(s.past), opened(s.clash), opened(s.review), opened(s.form), opened(s.bulk), opened(s.browse))
}

// opened is a screen if it is open.
func opened[M any, S interface {
	*M
	screen
}](m S) []screen {
	if m == nil {
		return nil
	}
	return []screen{m}
}

// top is the screen that a person sees, nil while the first log is being read.
func (s *stage) top() screen {
	if open := s.stack(); len(open) > 0 {
		return open[0]
	}
	return nil
}

// covered tells whether something lies over the screens that takes the keys.
func (s *stage) covered() bool { return s.ask != nil || s.help != nil }

// capturing tells whether letters are text just now.
func (s *stage) capturing() bool {
	top := s.top()
	return top != nil && top.Capturing()
}

// atRest tells whether keys are commands of the form or the list just now.
func (s *stage) atRest() bool {
	top := s.top()
	switch {
	case s.covered() || s.capturing():
		return false
	case s.form != nil:
		return top == screen(s.form) && s.form.AtRest()
	}
	return top == nil || top == screen(s.browse)
}

// pass hands input to the screen on top. Results of commands go to every screen: each knows its
// own. It gives what the screens want.
func (s *stage) pass(msg tea.Msg) (cmd tea.Cmd, wants []tea.Msg) {
	open := s.stack()
	switch msg.(type) {
	case tea.KeyMsg, tea.MouseMsg, term.PasteMsg, term.CopiedMsg:
		if s.covered() {
			return nil, nil
		}
		open = open[:min(len(open), 1)]
	}
	var cmds []tea.Cmd
	for _, one := range open {
		cmd, want := one.Update(msg)
		cmds = append(cmds, cmd)
		if want != nil {
			wants = append(wants, want)
		}
	}
	return tea.Batch(cmds...), wants
}

// say puts a line of news on the screen that is on top.
func (s *stage) say(n bars.News) {
	if top := s.top(); top != nil {
		top.Say(n)
	}
}

// sayLater says something as soon as there is a screen to say it on.
func (s *stage) sayLater(n bars.News) {
	s.unsaid = n
	if s.top() != nil {
		s.sayUnsaid()
	}
}

// sayUnsaid says what has waited for a screen.
func (s *stage) sayUnsaid() {
	if s.unsaid.Text != "" {
		s.say(s.unsaid)
		s.unsaid = bars.News{}
	}
}

// resize lays everything out for a window.
func (s *stage) resize(w, h int) {
	s.w, s.h = w, h
	for _, one := range s.stack() {
		one.SetSize(w, h)
	}
	if s.help != nil {
		s.help.setSize(w, h)
	}
}

// paint changes the looks.
func (s *stage) paint(th *theme.Theme) {
	s.th = th
	for _, one := range s.stack() {
		one.SetTheme(th)
	}
	if s.help != nil {
		s.openHelp()
	}
}

// openHelp shows the keys that hold just now, then those that hold everywhere.
func (s *stage) openHelp() { s.help = newHelp(s.keys(), s.th, s.w, s.h) }

// keys are the tables of the screen that is on top.
func (s *stage) keys() []keys.Map {
	if top := s.top(); top != nil {
		return top.Keys()
	}
	return nil
}

// bound tells whether a key means something just now, to the screen or to the text that is typed.
func (s *stage) bound(key string) bool {
	if s.covered() || s.top() == nil {
		return false
	}
	maps := append([]keys.Map{keys.Global}, s.keys()...)
	if s.capturing() {
		maps = append(maps, keys.Of("", editor.Bindings(false)))
	}
	return slices.ContainsFunc(maps, func(m keys.Map) bool { _, ok := m.Find(key); return ok })
}

// changes tells whether a key would change a value just now, as the tables of keys say, or be typed
// into one.
func (s *stage) changes(key tea.KeyMsg) bool {
	if s.covered() {
		return false
	}
	if s.capturing() && len(key.Runes) > 0 {
		return true
	}
	return slices.ContainsFunc(s.keys(), func(m keys.Map) bool { b, ok := m.Find(key.String()); return ok && b.Changes })
}
