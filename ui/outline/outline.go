// Package outline edits any JSON value as a foldable tree, one row for each member: names and
// values in place, members added, renamed, moved, copied and made another type. It draws and counts
// only what it shows, so a key costs the same in a list of a million elements as in one of ten, and
// what nobody edited keeps its bytes.
//
// It gives ui/rows the rows of the tree and their keys. It must not know fields' meanings, logs,
// drafts or screens.
package outline

import (
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/rows"
	"errata/ui/theme"
)

const (
	object = jsonraw.Object
	array  = jsonraw.Array
)

// New makes the outline of root, folded below its first level. A nil root is a value that is null
// or absent: the outline then says how to begin, and its Root stays nil until something is added.
func New(root *tree.Node, o rows.Options) *rows.Model { return newView(root, o).Model }

// view is the rows of an outline.
type view struct {
	*rows.Model
	th   *theme.Theme
	pens pens
	w, h int

	kids shape // how the root's children are shown
	row  int   // of the cursor
	top  int   // the first line of the window; the line of a prompt counts

	loading tree.Path // what is being read in the background, nil for nothing
}

func newView(root *tree.Node, o rows.Options) *view {
	m := &view{Model: rows.New(root, o, find.Options{}), kids: show(root)}
	m.Shown(m)
	m.Restyle(o.Theme)
	return m
}

// Tables are the keys of an outline.
func (m *view) Tables() (editing, reading keys.Map) { return keys.Outline, keys.OutlineReading }

// Renew shows the value folded.
func (m *view) Renew() { m.kids, m.row = show(m.Root()), 0 }

// Resize lays unfolded texts out again, and keeps the cursor where it was.
func (m *view) Resize(w, h int) {
	at, ok := m.spot(m.row)
	rewrap := w != m.w
	m.w, m.h = w, h
	if rewrap && ok {
		m.rewrap(at.path(), at.line)
	}
}

func (m *view) rewrap(path tree.Path, line int) {
	m.kids = m.kids.rewrap(0, m.textRoom)
	m.row = m.rowOf(path)
	if s, ok := m.spot(m.row); ok && s.open != nil && s.open.text != nil {
		m.row += min(line, s.open.text.rows())
	}
}

// Restyle changes the looks.
func (m *view) Restyle(th *theme.Theme) { m.th, m.pens = th, pensOf(th) }

// Rows is how many lines the outline would take to show all its rows, an open editor's among them.
func (m *view) Rows() int {
	n := max(m.lines(), 1)
	if in := m.inner(); in != nil && in.block {
		n += in.want + 1
	}
	return n
}

// At is the place of the node under the cursor; empty for the root, or where there is no row.
func (m *view) At() tree.Path {
	s, ok := m.spot(m.row)
	if !ok {
		return nil
	}
	return s.path()
}

// Go unfolds the containers on the way and puts the cursor on a node.
func (m *view) Go(path tree.Path) {
	n, known := m.Root(), 0
	for _, i := range path {
		if !rows.Holds(n) || i < 0 || i >= n.Len() {
			break
		}
		n = n.Child(i)
		known++
	}
	if known > 0 {
		m.kids = m.kids.unfolded(m.Root(), path[:known])
	}
	m.row = m.rowOf(path[:known])
}

// Arrange keeps the cursor on a row, and its row, or the prompt's, in the window.
func (m *view) Arrange() {
	m.row = max(min(m.row, m.rows()-1), 0)
	if in := m.inner(); in != nil {
		in.arrange()
	}
	line := m.lineOf(m.row)
	if g, ok := m.gap(); ok {
		line = g
	}
	m.top = layout.Scroll(m.top, line, m.lines(), m.listHeight(), 2)
}
