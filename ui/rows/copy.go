package rows

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/term"
)

// copyNode copies what is under the cursor: a string's text, anything else as JSON. It is put
// together away from the keys.
func (m *Model) copyNode() tea.Cmd {
	what, n := m.view.Copied()
	if n == nil {
		return nil
	}
	return func() tea.Msg {
		text, ok := n.Text()
		if !ok {
			text = string(n.Bytes())
		}
		return term.Copy(what, text)()
	}
}

// copyPath copies the path of what is under the cursor.
func (m *Model) copyPath() tea.Cmd {
	if m.root == nil {
		return nil
	}
	path := JSONPath(m.root, m.view.At())
	return term.Copy(path, path)
}

// SaveMsg asks to save a picture, a sound or a file that a value holds, or to open it. Data takes
// as long as it is large.
type SaveMsg struct {
	Kind string // image, audio, video or file
	Name string // of a file that would fit
	Data func() ([]byte, error)
}

// save asks for what is under the cursor to be saved. The name that the data have themselves
// counts.
func (m *Model) save() tea.Cmd {
	d, name, why := m.view.Held()
	if why != "" {
		m.Say(bars.Info, why)
		return nil
	}
	if d.Name != "" {
		name = d.Name
	}
	return func() tea.Msg { return SaveMsg{Kind: d.Kind, Name: name, Data: d.Bytes} }
}
