package browse

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/editor"
	"errata/ui/frame"
	"errata/ui/glyph"
	"errata/ui/keys"
	"errata/ui/theme"
)

// promptKeys are the keys while a search is typed.
var promptKeys = keys.Map{Title: "Search", Bindings: []keys.Binding{
	keys.Bind(keys.Accept, "search inputs and outputs on the server", "enter").Hinted("search"),
	keys.Bind(keys.Close, "close", "esc").Hinted("close"),
}}

const promptLabel = "search: "

// prompt is the line in which a search is typed.
type prompt struct{ ed *editor.Model }

func newPrompt(text string, th *theme.Theme) *prompt { return &prompt{newInput(text, th)} }

// newInput is an editor of one line.
func newInput(text string, th *theme.Theme) *editor.Model {
	return editor.New([]byte(text), editor.Options{Single: true, Styles: frame.EditorStyles(th)})
}

func (p *prompt) text() string { return string(p.ed.Text().Bytes()) }

func (p *prompt) setSize(w int) { p.ed.SetSize(max(w-glyph.Width(promptLabel), 1), 1) }

func (m *Model) promptKey(msg tea.KeyMsg) tea.Cmd {
	switch promptKeys.Action(msg.String()) {
	case keys.Accept:
		q := m.query
		q.Search = m.prompt.text()
		m.prompt = nil
		if q == m.query {
			return nil
		}
		return m.choose(q)
	case keys.Close:
		m.prompt = nil
	default:
		m.prompt.ed.Update(msg)
	}
	return nil
}
