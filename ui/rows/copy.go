package rows

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/media"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/term"
)

// Copier is a view that says what is copied and saved of what is under its cursor.
type Copier interface {
	// Copied is a node and what to call it, nil when there is nothing to copy.
	Copied() (what string, n *tree.Node)
	// Held is the picture, sound or file there, and a name for it; why says that there is none.
	Held() (d media.Data, name, why string)
}

// copyNode copies what is under the cursor: a string's text, anything else as JSON. It is put
// together away from the keys.
func (m *Model) copyNode() tea.Cmd {
	v, ok := m.view.(Copier)
	if !ok {
		return nil
	}
	what, n := v.Copied()
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
	v, ok := m.view.(Copier)
	if !ok {
		return nil
	}
	d, name, why := v.Held()
	if why != "" {
		m.Say(bars.Info, why)
		return nil
	}
	if d.Name != "" {
		name = d.Name
	}
	return func() tea.Msg { return SaveMsg{Kind: d.Kind, Name: name, Data: d.Bytes} }
}
