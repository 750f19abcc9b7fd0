package rows

import (
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/keys"
)

// Step is an edit that can be undone: the value that it makes, and what it does to the rows.
// Neither function may be nil; each is called when the value is the one that it leads to.
type Step struct {
	New        *tree.Node
	Redo, Undo func()

	old  *tree.Node
	what string // what it did, in words; "" for a text that was typed
}

// history is what undo and redo go back to, the latest last.
type history struct{ done, undone []*Step }

// Change makes an edit, and a step of undo of it.
func (m *Model) Change(s Step) {
	s.old = m.root
	m.past.done, m.past.undone = append(m.past.done, &s), nil
	m.root = s.New
	s.Redo()
}

// Tell gives the last edit its words, such as "message [2] deleted", and says them and the key that
// takes it back: a letter that was hit by mistake changes nothing unsaid.
func (m *Model) Tell(what string) {
	if n := len(m.past.done); n > 0 {
		m.past.done[n-1].what = what
	}
	if back := m.table().Of(keys.Undo).Keys(); len(back) > 0 {
		what += ", " + keys.Label(back[:1]) + " takes it back"
	}
	m.Say(bars.Info, what)
}

// Amend makes another value the result of the last step.
func (m *Model) Amend(root *tree.Node) {
	m.root = root
	m.past.done[len(m.past.done)-1].New = root
}

// SetRoot makes another value the one that is edited, without a step of undo.
func (m *Model) SetRoot(root *tree.Node) { m.root = root }

// Undo takes the last edit back. It reports whether there was one; while a text is typed there is
// none.
func (m *Model) Undo() bool { return m.travel(true) }

// Redo makes the last edit that was taken back again, as Undo.
func (m *Model) Redo() bool { return m.travel(false) }

func (m *Model) travel(back bool) bool {
	defer m.view.Arrange()
	if p, ok := m.panel.(interface{ Travel(back bool) bool }); ok {
		return p.Travel(back)
	}
	from, to := &m.past.done, &m.past.undone
	if !back {
		from, to = to, from
	}
	n := len(*from) - 1
	if n < 0 || m.typed() != nil {
		return false
	}
	s := (*from)[n]
	*from, *to = (*from)[:n], append(*to, s)
	m.panel = nil
	if back {
		m.root = s.old
		s.Undo()
	} else {
		m.root = s.New
		s.Redo()
	}
	m.Say(bars.Info, s.travelled(back))
	return true
}

// travelled says that a step was taken back, or made again.
func (s *Step) travelled(back bool) string {
	text := "redone"
	if back {
		text = "undone"
	}
	if s.what != "" {
		text += ": " + s.what
	}
	return text
}

// Put replaces the node at a path, as one step of undo. A path that is not there is passed over,
// and so is everything while something is open.
func (m *Model) Put(path tree.Path, n *tree.Node) {
	if old, ok := m.Node(path); ok && m.panel == nil && !old.Same(n) {
		m.view.Replace(path, n)
		m.view.Arrange()
	}
}
