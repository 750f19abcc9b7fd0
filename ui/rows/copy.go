package rows

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/path"
	"errata/model/tree"
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

// copyPath copies the path of what is under the cursor, as errata set takes it.
func (m *Model) copyPath() tea.Cmd {
	if m.root == nil {
		return nil
	}
	at := JSONPath(m.root, m.view.At())
	if len(m.o.Above) > 0 {
		at = Below(m.o.Above, m.root, m.view.At()).String()
	}
	return term.Copy(at, at)
}

// Below is the path to a node of a value that a path leads to.
func Below(above path.Path, root *tree.Node, at tree.Path) path.Path {
	return append(slices.Clip(above), path.Of(root, at)...)
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
