package find

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/tree"
	"errata/ui/editor"
	"errata/ui/frame"
	"errata/ui/glyph"
	"errata/ui/keys"
	"errata/ui/theme"
)

// Prompt is the line in which a query is typed.
type Prompt struct {
	th    *theme.Theme
	ed    *editor.Model
	last  string // what enter looks for when nothing is typed
	regex bool
}

// Open opens the prompt.
func (s *Search) Open(th *theme.Theme) {
	s.prompt = &Prompt{
		th: th, last: s.query, regex: s.regex,
		ed: editor.New(nil, editor.Options{Styles: frame.EditorStyles(th), Single: true}),
	}
}

// Act carries out a key: it opens the prompt, or goes to the next hit or the one before. used is false for any other action.
func (s *Search) Act(action keys.Action, th *theme.Theme, root *tree.Node, at tree.Path) (used, moved bool, cmd tea.Cmd) {
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

// Asking tells whether the prompt is open.
func (s *Search) Asking() bool { return s.prompt != nil }

// Close closes the prompt, and stops a search that is under way: the next hit begins it again.
func (s *Search) Close() {
	s.prompt = nil
	if s.under != nil {
		s.cancel()
		s.root = nil
	}
}

// SetTheme changes the looks.
func (s *Search) SetTheme(th *theme.Theme) {
	if s.prompt != nil {
		s.prompt.th = th
		s.prompt.ed.SetStyles(frame.EditorStyles(th))
	}
}

// Key takes a key, or a paste, while the prompt is open. Enter begins the search in a value, from a place on. Keys that it does
// not know are its user's.
func (s *Search) Key(msg tea.Msg, root *tree.Node, at tree.Path) (used, moved bool, cmd tea.Cmd) {
	p := s.prompt
	key, ok := msg.(tea.KeyMsg)
	if !ok || p.ed.Pending() {
		return p.ed.Update(msg), false, nil
	}
	switch keys.Prompt.Action(key.String()) {
	case keys.Close:
		s.prompt = nil
	case keys.Regexp:
		p.regex = !p.regex
	case keys.Accept:
		query := string(p.ed.Text().Bytes())
		if query == "" {
			query = p.last
		}
		if s.prompt = nil; query != "" {
			moved, cmd = s.Begin(query, p.regex, root, at)
		}
		return true, moved, cmd
	default:
		return p.ed.Update(msg), false, nil
	}
	return true, false, nil
}

// Line draws the prompt in w cells. x is the cell of the cursor.
func (s *Search) Line(w int) (line string, x int) {
	p := s.prompt
	label := "/"
	if p.regex {
		label = "regexp/"
	}
	if w <= len(label)+1 {
		label = ""
	}
	room := max(w-len(label), 1)
	p.ed.SetSize(room, 1)
	x, _, _ = p.ed.Cursor()
	if p.ed.Text().Len() == 0 && p.last != "" && room > 2 {
		return label + " " + p.th.Faint.Render(glyph.Line(p.last, room-1)), len(label)
	}
	return label + p.ed.View(), len(label) + x
}
