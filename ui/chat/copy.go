package chat

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/outline"
	"errata/ui/term"
)

// copyPart copies what is under the cursor: a text as it is, anything else as JSON. It is put
// together away from the keys.
func (m *Model) copyPart() tea.Cmd {
	p := m.part()
	what, n := map[kind]string{heading: "the message", text: "the text", image: "the image's address", thinking: "the thinking",
		call: "the call", arguments: "the arguments", member: "the value"}[p.kind], p.node
	if p.kind == blank {
		what, n = "the message", m.message(m.at.message)
	}
	return copying(what, n)
}

// copying copies a node.
func copying(what string, n *tree.Node) tea.Cmd {
	return func() tea.Msg {
		if s, ok := n.Text(); ok && n.Kind() == jsonraw.String {
			return term.Copy(what, s)()
		}
		return term.Copy(what, string(n.Bytes()))()
	}
}

// copyPlace copies the path of what is under the cursor.
func (m *Model) copyPlace() tea.Cmd {
	return term.Copy("the path", outline.JSONPath(m.root, m.Path()))
}
