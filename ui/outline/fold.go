package outline

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/rows"
)

// unfoldLimit is how many children are unfolded together.
const unfoldLimit = 10_000

// indexedMsg comes when a large container was read, or its children were for unfolding them all.
type indexedMsg struct {
	to       *view
	path     tree.Path
	node     *tree.Node
	children shape // empty to unfold the container itself
}

// setOpen makes o what is unfolded of the node at path.
func (m *view) setOpen(path tree.Path, o *opened) {
	if len(path) == 0 {
		m.kids = m.kids.with(0, o)
		return
	}
	m.kids = m.kids.edited(path, func(kids shape, i int) shape { return kids.with(i, o) })
}

// openedAt is what is unfolded of the node at path, nil when it is folded or not shown.
func (m *view) openedAt(path tree.Path) (o *opened) {
	kids := m.kids
	if len(path) == 0 {
		return nil
	}
	for k, i := range path {
		if o = kids.at(i); o == nil || o.text != nil && k < len(path)-1 {
			return nil
		}
		kids = o.kids
	}
	return o
}

// unfoldNow unfolds a container, whatever that costs; one that is unfolded stays as it is.
func (m *view) unfoldNow(path tree.Path, n *tree.Node) {
	if m.openedAt(path) == nil {
		m.setOpen(path, &opened{kids: folded(n.Len())})
	}
}

// unfold shows the children of a container, or the lines of a text.
func (m *view) unfold(s spot) tea.Cmd {
	path, n := s.path(), s.node
	switch {
	case n.Kind() == jsonraw.String:
		m.setOpen(path, &opened{text: newPassage(n, m.textRoom(s.depth()))})
	case n.Size() >= rows.Large:
		m.loading = path
		return func() tea.Msg {
			n.Len()
			return indexedMsg{to: m, path: path, node: n}
		}
	case n.Len() > 0:
		m.unfoldNow(path, n)
	}
	return nil
}

// indexed unfolds what was read, if it is there still.
func (m *view) indexed(msg indexedMsg) {
	m.loading = nil
	n, ok := m.Node(msg.path)
	if !ok || !n.Same(msg.node) {
		return
	}
	here := m.At()
	switch {
	case msg.children.Len() == 0:
		m.unfoldNow(msg.path, n)
	case len(msg.path) == 0:
		m.kids = msg.children
	case m.openedAt(msg.path) != nil:
		m.setOpen(msg.path, &opened{kids: msg.children})
	}
	m.row = m.rowOf(here)
}

// canUnfold reports whether a folded row has more to show.
func (m *view) canUnfold(s spot) bool {
	s.line = 0
	return s.node != nil && s.open == nil && m.foldMark(&s, m.w-m.start(s.depth())+m.foldWidth()) == m.pens.th.Folded()
}

// turn folds or unfolds the node under the cursor.
func (m *view) turn(s spot) tea.Cmd {
	switch {
	case s.node == nil:
	case s.open != nil:
		m.fold(s)
	case m.canUnfold(s):
		return m.unfold(s)
	}
	return nil
}

// fold folds the node under the cursor; the cursor stays on it.
func (m *view) fold(s spot) {
	m.row -= s.line
	m.setOpen(s.path(), nil)
}

// right unfolds; on what is unfolded already it goes inside.
func (m *view) right(s spot) tea.Cmd {
	switch {
	case m.canUnfold(s):
		return m.unfold(s)
	case s.line == 0 && s.open.rows() > 0:
		m.row++
	}
	return nil
}

// left folds; on what is folded already it goes to what it is in.
func (m *view) left(s spot) {
	switch {
	case s.node == nil:
	case s.open != nil:
		m.fold(s)
	case s.depth() > 0:
		m.row = m.rowOf(s.path()[:s.depth()])
	}
}

// level unfolds everything beside the node by one level; when nothing is left to unfold it folds it
// all.
func (m *view) level(s spot) tea.Cmd {
	if s.node == nil || s.parent().self {
		return nil
	}
	up := s.parent()
	path := s.path()[:s.depth()]
	switch {
	case up.kids.Len() > unfoldLimit && up.kids.run():
		m.Say(bars.Warning, figure.Int(up.kids.Len())+" are too many to unfold at once")
	case up.kids.Len() > unfoldLimit:
		m.setLevel(path, s, folded(up.kids.Len()))
	case up.node.Size() >= rows.Large:
		m.loading = path
		return func() tea.Msg { return indexedMsg{m, path, up.node, unfolded(up)} }
	default:
		m.setLevel(path, s, unfolded(up))
	}
	return nil
}

// setLevel shows the children of a container in another shape; the cursor stays on its node.
func (m *view) setLevel(path tree.Path, s spot, kids shape) {
	here := s.path()
	if len(path) == 0 {
		m.kids = kids
	} else {
		m.setOpen(path, &opened{kids: kids})
	}
	m.row = m.rowOf(here)
}

// unfolded is the shape of a container with all that its children hold unfolded, or all folded when
// there was nothing to unfold.
func unfolded(l level) shape {
	var kids shape
	more := false
	for i := range l.kids.Len() {
		o := l.kids.at(i)
		if n := l.node.Child(i); o == nil && rows.Holds(n) && n.Len() > 0 {
			o, more = &opened{kids: folded(n.Len())}, true
		}
		kids = shape{kids.Join(leaf(o).List)}
	}
	if !more {
		return folded(l.kids.Len())
	}
	return kids
}

// enter opens the editor of a scalar, or folds and unfolds a container. In an outline that changes
// nothing a text is opened for reading.
func (m *view) enter(s spot) tea.Cmd {
	switch n := s.node; {
	case n == nil:
		return nil
	case rows.Holds(n):
		return m.turn(s)
	case m.Options().ReadOnly && n.Kind() != jsonraw.String:
		return nil
	}
	what := value
	if m.Options().ReadOnly {
		what = reading
	}
	return m.Read(m.newInner(what, s.path(), s.node), s.node)
}
