package form

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/frame"
	"errata/ui/term"
)

// editedMsg comes when the external editor has ended.
type editedMsg struct {
	field *model.Field
	given []byte // the text that it was given
	text  []byte // the text that it left
	err   error
}

// external opens the value under the cursor in the person's own editor.
func (m *Model) external() tea.Cmd {
	f := m.editable()
	if f == nil {
		return nil
	}
	if len(m.o.Editor) == 0 {
		m.Say(frame.News{Level: frame.Warning, Text: "no editor is known: set VISUAL or EDITOR"})
		return nil
	}
	text, err := m.textFor(f)
	if err != nil {
		m.Say(frame.News{Level: frame.Warning, Text: f.Name + " cannot be edited as text: " + err.Error()})
		return nil
	}
	dir, err := os.MkdirTemp(m.o.TempDir, "errata-")
	if err != nil {
		m.Say(frame.News{Level: frame.Bad, Text: "no file for the editor: " + err.Error()})
		return nil
	}
	path := filepath.Join(dir, f.Name+f.Kind.Suffix())
	if err := os.WriteFile(path, text, 0o600); err != nil {
		_ = os.RemoveAll(dir)
		m.Say(frame.News{Level: frame.Bad, Text: "no file for the editor: " + err.Error()})
		return nil
	}
	args := append(m.o.Editor[1:len(m.o.Editor):len(m.o.Editor)], path)
	cmd := exec.Command(m.o.Editor[0], args...) //nolint:noctx // the person ends their editor, nobody else
	return term.Exec(cmd, func(err error) tea.Msg {
		defer func() { _ = os.RemoveAll(dir) }()
		if err != nil {
			return editedMsg{field: f, err: err}
		}
		left, err := os.ReadFile(path)
		return editedMsg{field: f, given: text, text: left, err: err}
	})
}

// textFor is the text of a field as an editor shows it.
func (m *Model) textFor(f *model.Field) ([]byte, error) {
	edit, _ := m.changes.Edit(f)
	if edit.Err == nil {
		text, err := f.Format(m.changes.Value(f))
		return []byte(text), err
	}
	return []byte(edit.Text), nil //nolint:nilerr // a text that is no value yet is edited on
}

// edited takes what the external editor left. An editor that failed, or left the text as it was, changes nothing.
func (m *Model) edited(msg editedMsg) {
	switch {
	case msg.err != nil:
		m.Say(frame.News{Level: frame.Bad, Text: "the editor failed, nothing was taken over: " + msg.err.Error()})
		return
	case bytes.Equal(withoutAddedNewline(msg.given, msg.text), msg.given):
		m.Say(frame.News{Text: msg.field.Name + ": the editor changed nothing"})
		return
	}
	before, had := m.changes.Edit(msg.field)
	err := setText(m.changes, msg.field, string(withoutAddedNewline(msg.given, msg.text)))
	m.record(msg.field, before, had)
	if err != nil {
		m.Say(frame.News{Level: frame.Bad, Text: err.Error()})
	}
}

// withoutAddedNewline takes away the line break that editors put at the end of a file, if the text had none.
func withoutAddedNewline(given, text []byte) []byte {
	if bytes.HasSuffix(given, []byte("\n")) {
		return text
	}
	return bytes.TrimSuffix(text, []byte("\n"))
}
