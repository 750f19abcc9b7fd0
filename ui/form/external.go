package form

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/frame"
	"errata/ui/term"
)

// editedMsg comes when the external editor has ended.
type editedMsg struct {
	name  string // of the file, and of what was edited
	given []byte // the text that it was given
	text  []byte // the text that it left
	err   error
	take  func(text []byte) error // gives the text to what was edited
}

// external opens the value under the cursor in the person's own editor.
func (m *Model) external() tea.Cmd {
	f := m.editable()
	if f == nil {
		return nil
	}
	text, err := m.textFor(f)
	if err != nil {
		m.Say(frame.News{Level: frame.Warning, Text: f.Name + " cannot be edited as text: " + err.Error()})
		return nil
	}
	return m.inEditor(f.Name, m.suffix(f), text, func(text []byte) error {
		before, had := m.changes.Edit(f)
		err := setText(m.changes, f, string(text))
		m.record(f, before, had)
		return err
	})
}

// externalNode opens what the structure has under its cursor in the person's own editor: a string as its text, anything else as
// JSON.
func (m *Model) externalNode() tea.Cmd {
	st := m.built.st
	if err := st.Commit(); err != nil {
		m.Say(frame.News{Level: frame.Bad, Text: err.Error()})
		return nil
	}
	cmd := m.shaped()
	if st.Root() == nil {
		m.Commit()
		return tea.Batch(cmd, m.external())
	}
	path := st.Path()
	node, _ := st.Root().At(path)
	name := m.built.field.Name
	if text, ok := node.Text(); ok {
		return m.inEditor(name, ".txt", []byte(text), func(text []byte) error {
			now, err := tree.Text(string(text))
			if err == nil {
				m.putNode(path, now)
			}
			return err
		})
	}
	return m.inEditor(name, ".json", jsonraw.Indent(node.Bytes()), func(text []byte) error {
		if err := jsonraw.Check(text); err != nil {
			return err
		}
		m.putNode(path, tree.New(jsonraw.Graft(node.Bytes(), text)))
		return nil
	})
}

// putNode gives the structure another node. A large value is read when the form next comes to rest.
func (m *Model) putNode(path tree.Path, n *tree.Node) {
	if m.built == nil {
		return
	}
	m.built.st.Put(path, n)
	m.keep(m.built.written()...)
}

// inEditor opens a text in the person's own editor; take gets what it left, if that differs.
func (m *Model) inEditor(name, suffix string, text []byte, take func(text []byte) error) tea.Cmd {
	if len(m.o.Editor) == 0 {
		m.Say(frame.News{Level: frame.Warning, Text: "no editor is known: set VISUAL or EDITOR"})
		return nil
	}
	dir, err := os.MkdirTemp(m.o.TempDir, "errata-")
	if err != nil {
		m.Say(frame.News{Level: frame.Bad, Text: "no file for the editor: " + err.Error()})
		return nil
	}
	path := filepath.Join(dir, name+suffix)
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
			return editedMsg{name: name, err: err}
		}
		left, err := os.ReadFile(path)
		return editedMsg{name, text, left, err, take}
	})
}

// textFor is the text of a field as an editor shows it.
func (m *Model) textFor(f *model.Field) ([]byte, error) {
	edit, _ := m.changes.Edit(f)
	if edit.Err == nil {
		return f.EditText(m.changes.Value(f), m.changes.Base().Value(f))
	}
	return []byte(edit.Text), nil //nolint:nilerr // a text that is no value yet is edited on
}

// suffix is that of a file which holds a field's value for an editor.
func (m *Model) suffix(f *model.Field) string {
	if f.Misfit(m.changes.Base().Value(f)) {
		return model.Map.Suffix() // it is edited as JSON
	}
	return f.Kind.Suffix()
}

// edited takes what the external editor left. An editor that failed, or left the text as it was, changes nothing.
func (m *Model) edited(msg editedMsg) tea.Cmd {
	text := withoutAdditions(msg.given, msg.text)
	switch {
	case msg.err != nil:
		m.Say(frame.News{Level: frame.Bad, Text: "the editor failed, nothing was taken over: " + msg.err.Error()})
		return nil
	case bytes.Equal(text, msg.given):
		m.Say(frame.News{Text: msg.name + ": the editor changed nothing"})
		return nil
	}
	if err := msg.take(text); err != nil {
		m.Say(frame.News{Level: frame.Bad, Text: err.Error()})
	}
	if m.built != nil {
		return m.shaped()
	}
	return nil
}

// What an editor adds to a file of its own accord.
var (
	byteOrderMark = []byte("\xef\xbb\xbf")
	lineFeed      = []byte("\n")
	crLF          = []byte("\r\n")
)

// withoutAdditions takes away what an editor added of its own accord: a byte order mark that the given text had not, and the
// line break at the end if that had none. The break is CR LF in a text whose every line ends so; a carriage return that
// stood at the end of the given text stays.
func withoutAdditions(given, text []byte) []byte {
	if !bytes.HasPrefix(given, byteOrderMark) {
		text = bytes.TrimPrefix(text, byteOrderMark)
	}
	switch {
	case bytes.HasSuffix(given, lineFeed):
		return text
	case !bytes.HasSuffix(given, []byte("\r")) && bytes.Count(text, lineFeed) == bytes.Count(text, crLF):
		return bytes.TrimSuffix(text, crLF)
	}
	return bytes.TrimSuffix(text, lineFeed)
}
