package form

import (
	"os/exec"
	"path/filepath"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/term"
)

// editedMsg comes when the external editor has ended.
type editedMsg struct {
	externalText *externalText
	savedText
	failed error
}

// external opens the value under the cursor in the external editor.
func (m *lending) external() tea.Cmd {
	f := m.editable()
	if f == nil || m.collect() {
		return nil
	}
	text, err := m.textFor(f)
	if err != nil {
		m.Say(bars.News{Level: bars.Warning, Text: f.Name + " cannot be edited as text: " + err.Error()})
		return nil
	}
	return m.inEditor(draft.NewExternalEdit(f, m.changes.Base().Value(f), f.Name+m.suffix(f), text), text)
}

// externalNode opens what the structure has under its cursor in the external editor: a string as
// its text, anything else as JSON.
func (m *lending) externalNode() tea.Cmd {
	if m.collect() {
		return nil
	}
	st, f := m.built.st, m.built.field
	if err := st.Commit(); err != nil {
		m.Say(bars.News{Level: bars.Bad, Text: err.Error()})
		return nil
	}
	cmd := m.shaped()
	if st.Root() == nil {
		m.Commit()
		return tea.Batch(cmd, m.external())
	}
	path := st.Path()
	node, _ := st.Root().At(path)
	text, isText := nodeText(node)
	suffix := ".json"
	if isText {
		suffix = ".txt"
	}
	l := draft.NewExternalEdit(f, m.changes.Base().Value(f), f.Name+suffix, text)
	l.Path, l.JSON = append([]int{}, path...), !isText
	return tea.Batch(cmd, m.inEditor(l, text))
}

// inEditor starts the external editor with a text. The draft knows of the file before the editor
// starts: whatever becomes of errata meanwhile, the text that is saved there is found.
func (m *lending) inEditor(edit draft.ExternalEdit, text []byte) tea.Cmd {
	if len(m.o.Editor) == 0 {
		m.Say(bars.News{Level: bars.Warning, Text: "no editor is known: set VISUAL or EDITOR"})
		return nil
	}
	path, err := m.fileFor(edit.Name)
	if err == nil {
		// to be recovered from what lies beside it
		again := m.externalText != nil && m.externalText.path == path && m.externalText.Sum == edit.Sum
		m.externalText = &externalText{ExternalEdit: edit, path: path, began: m.now()}
		m.keep(edit)
		switch {
		case again:
		case m.behind: // the file would wait for the same disk
			err = &draft.WaitingError{Dir: filepath.Dir(path)}
		default:
			err = m.disk.write(path, text)
		}
		if err != nil {
			m.endExternal(bars.News{})
		}
	}
	if err != nil {
		m.Say(bars.News{Level: bars.Bad, Text: "no file for the editor: " + bars.Reason(err)})
		return nil
	}
	args := append(slices.Clone(m.o.Editor[1:]), path)
	cmd := exec.Command(m.o.Editor[0], args...) //nolint:noctx // only its user ends it
	cmd.Env = m.o.EditorEnv
	l := m.externalText
	return term.Exec(cmd, func(err error) tea.Msg { return editedMsg{l, m.disk.look(l), err} })
}

// textFor is the text of a field as an editor shows it.
func (m *lending) textFor(f *model.Field) ([]byte, error) {
	edit, _ := m.changes.Edit(f)
	if edit.Err == nil {
		return f.EditText(m.changes.Value(f), m.changes.Base().Value(f))
	}
	return []byte(edit.Text), nil // a text that is not a value yet is edited on
}

// suffix is that of a file which holds a field's value for an editor.
func (m *lending) suffix(f *model.Field) string {
	if f.Misfit(m.changes.Base().Value(f)) {
		return model.Map.Suffix() // it is edited as JSON
	}
	return f.Kind.Suffix()
}
