package conflict

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/editor"
	"errata/ui/frame"
	"errata/ui/keys"
)

// open edits the merge of the field under the cursor: what could be merged, and both sides where it could not.
func (m *Model) open() {
	f := m.fields[m.cursor]
	text, err := f.MergeText(m.mine.Base().Value(f), m.edited(f), m.newer.Value(f))
	if err != nil {
		m.Say(frame.News{Level: frame.Warning, Text: f.Name + " cannot be merged as text: " + err.Error() + "; m or t chooses a side"})
		return
	}
	m.warned = false
	m.edit, m.err = editor.New([]byte(text), editor.Options{Styles: frame.EditorStyles(m.th)}), nil
	m.arrange()
}

// edited is the value made here; of a text that is no value yet, the base's.
func (m *Model) edited(f *model.Field) model.Value { return m.mine.Value(f) }

// editKey gives a key to the editor of the merge. esc gives the merge up, ctrl+s keeps it if it is a value.
func (m *Model) editKey(msg tea.KeyMsg) tea.Cmd {
	if m.find.IsOpen() {
		if used, cmd := m.find.Key(msg); used {
			return cmd
		}
		m.find.Close()
	}
	if m.edit.Pending() {
		m.edit.Update(msg)
		return nil
	}
	if keys.Find.Action(msg.String()) == keys.Search {
		m.find.Open(m.edit, m.th)
		return nil
	}
	switch keys.MergeEditor.Action(msg.String()) {
	case keys.Close:
		m.edit, m.err = nil, nil
	case keys.Accept:
		m.keep()
	default:
		m.edit.Update(msg)
	}
	return nil
}

// keep takes the text of the merge as the value of the field.
func (m *Model) keep() {
	f := m.fields[m.cursor]
	scratch := model.NewChangeSet(m.newer)
	text := string(m.edit.Text().Bytes())
	if !m.warned && marked(text) {
		m.warned = true
		m.Say(frame.News{Level: frame.Warning, Text: "marks of the conflict are left in the text; ctrl+s again keeps them"})
		return
	}
	err := scratch.SetText(f, text)
	if text == "" && f.Kind.IsText() {
		var empty model.Value
		empty, err = model.String("")
		scratch.Set(f, empty)
	}
	if err != nil {
		m.err = err
		var at *model.ParseError
		if errors.As(err, &at) {
			m.edit.MarkError(at.Line, at.Col)
			m.edit.GoTo(max(at.Line, 1), max(at.Col, 1))
		}
		return
	}
	m.edit, m.err = nil, nil
	m.settle(verdict{choice: model.Mine, edited: true, value: scratch.Value(f)})
}

// marked tells whether a text still has the marks of a conflict.
func marked(text string) bool {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "<<<<<<< ") || strings.HasPrefix(line, ">>>>>>> ") {
			return true
		}
	}
	return false
}
