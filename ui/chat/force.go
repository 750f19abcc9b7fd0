package chat

import "errata/model/tree"

// InnerAt is the node whose text is being typed. ok is false when there is none yet, when the text
// is within the text of a node, and when nothing is typed.
func (m *Model) InnerAt() (path tree.Path, name, ok bool) {
	switch p := m.panel.(type) {
	case *typing:
		at, found := m.root.At(p.path)
		if !found {
			return nil, false, false
		}
		if p.member == "" {
			return p.path, false, true
		}
		k, was := childAt(at, p.member)
		return under(p.path, k), false, was != nil
	case *nested:
		path, name, ok = p.out.InnerAt()
		return append(p.path[:len(p.path):len(p.path)], path...), name, ok && !p.quoted
	}
	return nil, false, false
}

// Put replaces the node at a path, as one step of undo. A path that is not there is passed over.
func (m *Model) Put(path tree.Path, n *tree.Node) {
	if m.root == nil || m.panel != nil {
		return
	}
	old, ok := m.root.At(path)
	if !ok || old.Same(n) || !m.single && len(path) == 0 {
		return
	}
	i, rel := 0, path
	if !m.single {
		i, rel = path[0], path[1:]
	}
	m.within(i, m.root.Replace(path, n), rel)
	m.settled()
}

// Force puts a text that Commit refused into the value all the same and closes its editor, for
// somebody who leaves: the value may then be no JSON. It is to be kept as a text; the conversation
// is of no use any more.
func (m *Model) Force() {
	switch p := m.panel.(type) {
	case *typing:
		path, junk := p.path, tree.New(p.ed.Text().Bytes())
		at, ok := m.root.At(path)
		switch k, was := childAt(at, p.member); {
		case !ok:
		case p.member == "":
			m.root = m.root.Replace(path, junk)
		case was != nil:
			m.root = m.root.Replace(under(path, k), junk)
		default:
			m.root = m.root.Insert(under(path, at.Len()), p.member, junk)
		}
	case *nested:
		p.out.Force()
		p.follow(m)
	}
	m.panel = nil
}
