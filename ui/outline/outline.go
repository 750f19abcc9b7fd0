// Package outline edits any JSON value as a foldable tree, one row a member: names and values in
// place, members added, renamed, moved, copied and made another type. It draws and counts only what
// it shows, so a key costs the same in a list of a million elements as in one of ten, and what
// nobody edited keeps its bytes.
//
// It knows JSON values and rows. It must not know fields' meanings, logs, drafts or screens; it is
// told its size and its keys, and says what it has to say in News.
package outline

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/theme"
)

const (
	object = jsonraw.Object
	array  = jsonraw.Array
)

// Options configure an outline.
type Options struct {
	Theme    *theme.Theme
	ReadOnly bool
	Field    *model.Field // whose value it is, for words; nil when it is a part of one
	Last     *find.Last   // what was looked for last, shared; nil shares nothing
}

// Model is the outline of one value. Update changes it in place.
type Model struct {
	o    Options
	pens pens
	w, h int

	root *tree.Node // nil while there is none
	kids shape      // how the root's children are shown

	row int // of the cursor
	top int // the first line of the window; the line of a prompt counts

	inner   *inner
	menu    bool      // the choice of a type is open
	loading tree.Path // what is being read in the background, nil for nothing

	find         find.Search
	done, undone []step
	news         bars.News
}

// New makes an outline of root, folded below its first level. A nil root is a value that is null or
// absent: the outline then says how to begin, and its Root stays nil until something is added.
func New(root *tree.Node, o Options) *Model {
	return &Model{o: o, pens: pensOf(o.Theme), root: root, kids: show(root), find: find.Search{Last: o.Last}}
}

// Root is the value as it stands, without the text of an open editor; nil when there is none.
// Unless something was changed it is the node that New was given.
func (m *Model) Root() *tree.Node { return m.root }

// SetSize gives the cells that the outline may draw on.
func (m *Model) SetSize(w, h int) {
	w, h = max(w, 0), max(h, 0)
	if w == m.w && h == m.h {
		return
	}
	at, ok := m.spot(m.row)
	rewrap := w != m.w
	m.w, m.h = w, h
	if rewrap && ok {
		m.rewrap(at.path(), at.line)
	}
	m.arrange()
}

// rewrap lays unfolded texts out again and keeps the cursor where it was.
func (m *Model) rewrap(path tree.Path, line int) {
	m.kids = m.kids.rewrap(0, m.textRoom)
	m.row = m.rowOf(path)
	if s, ok := m.spot(m.row); ok && s.open != nil && s.open.text != nil {
		m.row += min(line, s.open.text.rows())
	}
}

// SetTheme shows the same in other looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.o.Theme, m.pens = th, pensOf(th)
	if m.inner != nil {
		m.inner.ed.SetStyles(bars.EditorStyles(th))
	}
	m.find.SetTheme(th)
}

// Rows is how many lines the outline would take to show all its rows, an open editor's among them:
// for an owner that gives it just that much room.
func (m *Model) Rows() int {
	n := max(m.lines(), 1)
	if m.inner != nil && m.inner.block {
		n += m.inner.want + 1
	}
	return n
}

// Path is the place of the node under the cursor; empty for the root, or where there is no row.
func (m *Model) Path() tree.Path {
	s, ok := m.spot(m.row)
	if !ok {
		return nil
	}
	return s.path()
}

// GoTo unfolds the containers on the way and puts the cursor on a node. A path that leads nowhere
// leads as far as it can.
func (m *Model) GoTo(path tree.Path) {
	m.close()
	n, known := m.root, 0
	for _, i := range path {
		if !container(n) || i < 0 || i >= n.Len() {
			break
		}
		n = n.Child(i)
		known++
	}
	if known > 0 {
		m.kids = m.kids.unfolded(m.root, path[:known])
	}
	m.row = m.rowOf(path[:known])
	m.arrange()
}

// Capturing tells that letters are text just now, or answer a question.
func (m *Model) Capturing() bool {
	return m.menu || m.find.Asking() || m.inner != nil && m.inner.what != reading
}

// Keys are the tables in force.
func (m *Model) Keys() []keys.Map {
	switch {
	case m.find.Asking():
		return []keys.Map{m.find.Keys()}
	case m.menu:
		return []keys.Map{keys.OutlineType}
	case m.inner != nil:
		return []keys.Map{m.inner.keys()}
	case m.o.ReadOnly:
		return []keys.Map{keys.OutlineReading}
	}
	return []keys.Map{keys.Outline}
}

// News is what the last key had to say; it says it once.
func (m *Model) News() (bars.News, bool) {
	n := m.news
	m.news = bars.News{}
	return n, n.Text != ""
}

func (m *Model) say(level bars.Level, text string) { m.news = bars.News{Level: level, Text: text} }

// arrange keeps the cursor on a row, and its row, or the prompt's, in the window.
func (m *Model) arrange() {
	m.row = max(min(m.row, m.rows()-1), 0)
	if m.inner != nil {
		m.inner.arrange(m)
	}
	line := m.lineOf(m.row)
	if g, ok := m.gap(); ok {
		line = g
	}
	m.top = layout.Scroll(m.top, line, m.lines(), m.listHeight(), 2)
}

// do carries a command's cmd along with the window kept in order.
func (m *Model) do(cmd tea.Cmd) (bool, tea.Cmd) {
	m.arrange()
	return true, cmd
}
