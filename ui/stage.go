package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/browse"
	"errata/ui/bulk"
	"errata/ui/compare"
	"errata/ui/conflict"
	"errata/ui/form"
	"errata/ui/history"
	"errata/ui/keys"
	"errata/ui/review"
	"errata/ui/term"
	"errata/ui/theme"
)

// screen is what the program needs of each screen.
type screen interface {
	// Update returns a command and what the screen wants, nil for nothing. That is done when Update
	// has returned.
	Update(tea.Msg) (cmd tea.Cmd, want tea.Msg)
	View() string
	Cursor() (x, y int, ok bool)
	SetSize(w, h int)
	SetTheme(*theme.Theme)
	Say(bars.News)
	Keys() []keys.Map
	Capturing() bool
}

// stage is what is shown: the open screens, and what covers them.
type stage struct {
	th       *theme.Theme
	terminal theme.Terminal
	w, h     int

	browse *browse.Model   // nil when a log was opened without the list
	form   *form.Model     // the open log, nil while the list is shown
	review *review.Model   // nil when it is not open
	clash  *conflict.Model // nil when there is no conflict to settle
	past   *history.Model  // nil when the history is not open
	bulk   *bulk.Model     // nil when no change of many logs is open
	pair   *compare.Model  // nil when no two logs are compared; it covers the form of one of them

	help   *help     // nil when it is not open
	picker *picker   // nil when no theme is being chosen
	ask    *question // nil when nothing is asked
	unsaid bars.News // news from before there was a screen to show it
	// the keys of which it was said that they mean nothing
	strange map[string]bool
}

// stack lists the open screens, the top one first.
func (s *stage) stack() []screen {
	return slices.Concat(opened(s.past), opened(s.clash), opened(s.review), opened(s.pair), opened(s.form), opened(s.bulk), opened(s.browse))
}

// opened returns a screen if it is open.
func opened[M any, S interface {
	*M
	screen
}](m S) []screen {
	if m == nil {
		return nil
	}
	return []screen{m}
}

// top is the visible screen, nil while the first log is being read.
func (s *stage) top() screen {
	if open := s.stack(); len(open) > 0 {
		return open[0]
	}
	return nil
}

// covered reports whether a question or the help has the keys.
func (s *stage) covered() bool { return s.ask != nil || s.help != nil || s.picker != nil }

// capturing reports whether letters are text at the moment.
func (s *stage) capturing() bool {
	top := s.top()
	return top != nil && top.Capturing()
}

// atRest reports whether keys are commands of the form or the list at the moment.
func (s *stage) atRest() bool {
	top := s.top()
	switch {
	case s.covered() || s.capturing():
		return false
	case s.pair != nil:
		return top == screen(s.pair)
	case s.form != nil:
		return top == screen(s.form) && s.form.AtRest()
	}
	return top == nil || top == screen(s.browse)
}

// pass passes input to the top screen, and results of commands to every screen, each of which knows
// its own. It returns what the screens want.
func (s *stage) pass(msg tea.Msg) (cmd tea.Cmd, wants []tea.Msg) {
	open := s.stack()
	switch msg.(type) {
	case tea.KeyMsg, tea.MouseMsg, term.ClickMsg, term.PasteMsg, term.CopiedMsg:
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

// say shows news on the top screen.
func (s *stage) say(n bars.News) {
	if top := s.top(); top != nil {
		top.Say(n)
	}
}

// sayLater shows news as soon as there is a screen.
func (s *stage) sayLater(n bars.News) {
	s.unsaid = n
	if s.top() != nil {
		s.sayUnsaid()
	}
}

// sayUnsaid shows the news that has waited for a screen.
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

// paint changes the theme.
func (s *stage) paint(th *theme.Theme) {
	s.th = th
	for _, one := range s.stack() {
		one.SetTheme(th)
	}
	if s.help != nil {
		s.openHelp()
	}
}

// openHelp shows the keys of the top screen, then those that work everywhere.
func (s *stage) openHelp() { s.help = newHelp(s.keys(), s.th, s.w, s.h) }

// keys are the tables of keys of the top screen.
func (s *stage) keys() []keys.Map {
	if top := s.top(); top != nil {
		return top.Keys()
	}
	return nil
}

// bound reports whether a key has a meaning at the moment, for the screen or for the text that is
// typed.
func (s *stage) bound(key string) bool {
	if s.covered() || s.top() == nil {
		return false
	}
	_, global := keys.Global.Find(key)
	_, typing := keys.Typing.Find(key)
	return global || typing && s.capturing() || s.owned(key)
}

// owned reports whether the screen on top has a key in its own tables.
func (s *stage) owned(key string) bool {
	return slices.ContainsFunc(s.keys(), func(m keys.Map) bool { _, ok := m.Find(key); return ok })
}

// changes reports whether a key would change a value at the moment: by the tables of keys, or as a
// letter that is typed into it.
func (s *stage) changes(key tea.KeyMsg) bool {
	if s.covered() {
		return false
	}
	if s.capturing() && len(key.Runes) > 0 {
		return true
	}
	return slices.ContainsFunc(s.keys(), func(m keys.Map) bool { b, ok := m.Find(key.String()); return ok && b.Changes })
}
