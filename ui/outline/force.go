package outline

import (
	"errata/model/jsonraw"
	"errata/model/tree"
)

// InnerAt is the node whose text is being typed; name tells that it is the node's name. ok is false
// when nothing is typed, or something that is no node yet.
func (m *Model) InnerAt() (path tree.Path, name, ok bool) {
	in := m.inner
	if in == nil || in.what == reading || in.what == entering {
		return nil, false, false
	}
	return in.path, in.what == naming, true
}

// Put replaces the node at a path, as one step of undo. A path that is not there is passed over,
// and so is everything while something is being typed.
func (m *Model) Put(path tree.Path, n *tree.Node) {
	if _, ok := m.at(path); !ok || m.inner != nil {
		return
	}
	m.replace(path, n)
}

// Force puts a text that Commit refused into the value all the same and closes its editor, for
// somebody who leaves: the value may then be no JSON, or have a name twice. It is to be kept as a
// text; the outline is of no use any more.
func (m *Model) Force() {
	in := m.inner
	m.close()
	if in == nil || in.what == reading {
		return
	}
	typed := in.ed.Text().Bytes()
	switch {
	case in.what == entering:
		m.forceEntry(in.path, string(typed))
	case in.what == naming:
		if root, err := m.root.Rename(in.path, string(typed)); err == nil {
			m.root = root
		}
	case in.isText():
		m.root = m.root.Replace(in.path, anyText(string(typed)))
	default:
		m.root = m.root.Replace(in.path, tree.New(typed))
	}
	m.kids, m.row = show(m.root), 0
	m.done, m.undone = nil, nil
	m.arrange()
}

// forceEntry adds what was typed for something new, whatever it is.
func (m *Model) forceEntry(path tree.Path, typed string) {
	e, _ := readEntry(typed, m.inList(path))
	if e.node == nil {
		e.node = anyText(e.text)
		if e.json {
			e.node = tree.New([]byte(e.text))
		}
	}
	if m.root != nil {
		m.root = m.root.Insert(path, e.name, e.node)
		return
	}
	if root, err := tree.Object(tree.Entry{Name: e.name, Node: e.node}); err == nil {
		m.root = root
	}
}

// anyText is a string of any bytes. Those that are no text make it no JSON.
func anyText(text string) *tree.Node {
	if n, err := tree.Text(text); err == nil {
		return n
	}
	return tree.New([]byte(string(jsonraw.String) + text + string(jsonraw.String)))
}
