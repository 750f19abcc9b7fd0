package find

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/tree"
	"errata/ui/editor"
	"errata/ui/keys"
	"errata/ui/query"
	"errata/ui/theme"
)

// Last is what was looked for last. The search lines that share one open with the same query.
type Last struct {
	Query string
	Regex bool
}

// Prompt is the line in which a query is typed, for plain words or a regular expression.
type Prompt struct {
	*query.Line
	regex bool
}

// NewPrompt opens the line on what was looked for last, selected.
func NewPrompt(last *Last, th *theme.Theme) *Prompt {
	return &Prompt{query.New(last.Query, th).Select(), last.Regex}
}

// Asked is what the line currently asks for.
func (p *Prompt) Asked() Last { return Last{p.Text(), p.regex} }

// Toggle turns plain words into a regular expression, or back.
func (p *Prompt) Toggle() { p.regex = !p.regex }

// Draw draws the line in w cells. x is the cell of the cursor.
func (p *Prompt) Draw(w int) (line string, x int) {
	label := "/"
	if p.regex {
		label = "regexp/"
	}
	return p.View(label, w)
}

// Open opens the prompt on what was looked for last.
func (s *Search) Open(th *theme.Theme) { s.prompt, s.th = NewPrompt(s.last(), th), th }

// OpenText opens the line of a search in the text of an editor within the value.
func (s *Search) OpenText(ed *editor.Model, th *theme.Theme) {
	s.text.Last = s.last()
	s.text.Open(ed, th)
}

// last is what was looked for last, here or by those who share it.
func (s *Search) last() *Last {
	if s.Last == nil {
		s.Last = &Last{}
	}
	return s.Last
}

// Act carries out a key: it opens the prompt, or goes to the next hit or the one before. used is
// false for any other action.
func (s *Search) Act(action keys.Action, th *theme.Theme, root *tree.Node, at tree.Path) (used, moved bool, cmd tea.Cmd) {
	s.th = th
	switch action {
	case keys.Search:
		s.Open(th)
	case keys.NextHit:
		moved, cmd = s.Walk(1, root, at)
	case keys.PrevHit:
		moved, cmd = s.Walk(-1, root, at)
	default:
		return false, false, nil
	}
	return true, moved, cmd
}

// Asking reports whether the prompt is open.
func (s *Search) Asking() bool { return s.prompt != nil || s.text.IsOpen() }

// Asked is what the line currently asks for; ok is false if none is open.
func (s *Search) Asked() (asked Last, ok bool) {
	switch {
	case s.text.IsOpen():
		return s.text.Asked(), true
	case s.prompt != nil && !s.prompt.Pending():
		return s.prompt.Asked(), true
	}
	return asked, false
}

// Keys is the table that holds while the prompt is open.
func (s *Search) Keys() keys.Map {
	if s.text.IsOpen() {
		return keys.FindInText
	}
	return keys.Prompt
}

// Close closes the prompt, and stops a search that is under way: the next hit begins it again.
func (s *Search) Close() {
	s.prompt = nil
	s.text.Close()
	if s.under != nil {
		s.cancel()
		s.root = nil
	}
}

// SetTheme changes the looks.
func (s *Search) SetTheme(th *theme.Theme) {
	if s.prompt != nil {
		s.prompt.SetTheme(th)
	}
	s.text.SetTheme(th)
}

// Key takes a key, or a paste, while the prompt is open. Enter begins the search in a value, from a
// place on. Keys that it does not know are its user's.
func (s *Search) Key(msg tea.Msg, root *tree.Node, at tree.Path) (used, moved bool, cmd tea.Cmd) {
	if s.text.IsOpen() {
		used, cmd = s.text.Key(msg)
		return used, false, cmd
	}
	p := s.prompt
	key, ok := msg.(tea.KeyMsg)
	if !ok || p.Pending() {
		return p.Update(msg), false, nil
	}
	switch keys.Prompt.Action(key.String()) {
	case keys.Close:
		s.prompt = nil
	case keys.Regexp:
		p.Toggle()
	case keys.Accept:
		asked := p.Asked()
		if s.prompt = nil; asked.Query != "" {
			*s.last() = asked
			moved, cmd = s.Begin(asked.Query, asked.Regex, root, at)
		}
		return true, moved, cmd
	default:
		return p.Update(msg), false, nil
	}
	return true, false, nil
}

// Line draws the prompt in w cells. x is the cell of the cursor.
func (s *Search) Line(w int) (line string, x int) {
	if s.text.IsOpen() {
		return s.text.Line(w)
	}
	return s.prompt.Draw(w)
}
