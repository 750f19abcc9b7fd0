package outline

import (
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/rows"
)

// Reopen opens the text of a place.
func (m *view) Reopen(at rows.Place) {
	path, rest, _ := at.Split()
	up, _ := m.Node(path[:max(len(path)-1, 0)])
	switch purpose(rest) {
	case entering:
		m.reopenEntry(path, up)
	case naming:
		if n, ok := m.Node(path); ok && n != nil && len(path) > 0 && up.Kind() == object {
			m.GoTo(path)
			edits{m}.rename()
		}
	case value:
		if n, ok := m.Node(path); ok && !rows.Holds(n) {
			m.GoTo(path)
			m.openValue(path, n)
		}
	}
}

func (m *view) reopenEntry(path tree.Path, up *tree.Node) {
	switch {
	case len(path) == 0:
		return
	case m.Root() == nil && len(path) == 1:
		path = tree.Path{0}
	case !rows.Holds(up) || path[len(path)-1] > up.Len():
		return
	}
	m.GoTo(path)
	edits{m}.ask(path)
}

// KeepAnyway puts a text that is not a value into the outline.
func (in *inner) KeepAnyway(text []byte) {
	m, root := in.v, in.v.Root()
	switch {
	case in.what == entering:
		edits{m}.forceEntry(in.Path, string(text))
	case in.what == naming:
		if root, err := root.Rename(in.Path, string(text)); err == nil {
			m.SetRoot(root)
		}
	case in.isText():
		m.SetRoot(root.Replace(in.Path, anyText(string(text))))
	default:
		m.SetRoot(root.Replace(in.Path, tree.New(text)))
	}
}

// forceEntry adds what was typed for something new, whatever it is.
func (m edits) forceEntry(path tree.Path, typed string) {
	e, _ := readEntry(typed, m.inList(path))
	if e.node == nil {
		e.node = anyText(e.text)
		if e.json {
			e.node = tree.New([]byte(e.text))
		}
	}
	if root := m.Root(); root != nil {
		m.SetRoot(root.Insert(path, e.name, e.node))
		return
	}
	if root, err := tree.Object(tree.Entry{Name: e.name, Node: e.node}); err == nil {
		m.SetRoot(root)
	}
}

// anyText is a string of any bytes. Those that are not text make it invalid JSON.
func anyText(text string) *tree.Node {
	if n, err := tree.Text(text); err == nil {
		return n
	}
	return tree.New([]byte(string(jsonraw.String) + text + string(jsonraw.String)))
}
