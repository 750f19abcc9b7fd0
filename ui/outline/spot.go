package outline

import (
	"errata/model/tree"
	"errata/ui/rows"
)

// level is a container that the rows go through, and the child of it that they are in.
type level struct {
	node *tree.Node
	kids shape
	at   int
	self bool // no container: its one child is the node itself, a root that has no children
}

func (l level) child() *tree.Node {
	if l.self {
		return l.node
	}
	return l.node.Child(l.at)
}

// spot is a row: a node, and which of its rows. It is made from the root down and then walks from
// row to row, so that a window of rows costs little wherever it is.
type spot struct {
	levels []level
	node   *tree.Node
	open   *opened
	line   int // 0 for the node's own row, from 1 for the rows of its text
}

// spot finds a row; ok is false when there is none.
func (m *view) spot(row int) (s spot, ok bool) {
	if row < 0 || row >= m.rows() {
		return spot{}, false
	}
	s.enter(level{node: m.Root(), kids: m.kids, self: !rows.Holds(m.Root())}, row)
	return s, true
}

// enter goes down into a container, to a row of its children.
func (s *spot) enter(l level, row int) {
	for {
		l.at, row = l.kids.find(row)
		s.levels = append(s.levels, l)
		s.node, s.open, s.line = l.child(), l.kids.at(l.at), row
		if row == 0 || s.open.text != nil {
			return
		}
		l = level{node: s.node, kids: s.open.kids}
		row--
	}
}

// next goes to the row below; false at the last one.
func (s *spot) next() bool {
	if s.line < s.open.rows() {
		if s.open.text != nil {
			s.line++
		} else {
			s.enter(level{node: s.node, kids: s.open.kids}, 0)
		}
		return true
	}
	for n := len(s.levels) - 1; n >= 0; n-- {
		l := &s.levels[n]
		if l.at+1 < l.kids.Len() {
			l.at++
			s.levels = s.levels[:n+1]
			s.node, s.open, s.line = l.child(), l.kids.at(l.at), 0
			return true
		}
	}
	return false
}

// path is the place of the node; that of the root is empty.
func (s *spot) path() tree.Path {
	path := make(tree.Path, 0, len(s.levels))
	for _, l := range s.levels {
		if !l.self {
			path = append(path, l.at)
		}
	}
	return path
}

// depth counts the containers around the node, but for the root.
func (s *spot) depth() int { return len(s.levels) - 1 }

// parent is the innermost of the containers around the node.
func (s *spot) parent() level { return s.levels[len(s.levels)-1] }

// name is what the node is called where it is: a member's name, or its number in a list.
func (s *spot) name() (name string, index int, named bool) {
	l := s.parent()
	if l.self {
		return "", -1, false
	}
	if l.node.Kind() == object {
		return l.node.Name(l.at), l.at, true
	}
	return "", l.at, false
}

// rowOf is the row of the node at path; the last one on the way that is shown, when it is inside of
// something folded.
func (m *view) rowOf(path tree.Path) int {
	if m.Root() == nil || len(path) == 0 {
		return 0
	}
	row, kids := 0, m.kids
	for depth, i := range path {
		row += kids.above(i)
		o := kids.at(i)
		if o == nil || o.text != nil || depth == len(path)-1 {
			break
		}
		kids = o.kids
		row++
	}
	return row
}

// rows counts all rows.
func (m *view) rows() int { return m.kids.size() }

// show is the shape in which a value is first seen: folded below its first level.
func show(root *tree.Node) shape {
	switch {
	case root == nil:
		return shape{}
	case rows.Holds(root):
		return folded(root.Len())
	}
	return folded(1)
}
