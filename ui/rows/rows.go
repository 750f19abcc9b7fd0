// Package rows is the editor of a JSON value that is shown in rows: an outline, a conversation. It
// has what all of them need: the value with its undo, the text that is being typed in it and how
// that is kept, restored and forced, the search, and the keys of these.
//
// A View says what the rows are, how they look, and which other keys there are. The package knows
// JSON values and texts. It must not know fields' meanings, logs, drafts or screens.
package rows

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/media"
	"errata/model/path"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/theme"
)

// Options configure an editor.
type Options struct {
	Theme    *theme.Theme
	ReadOnly bool
	Field    *model.Field // whose value it is, for words; nil when it is a part of one
	Last     *find.Last   // what was looked for last, shared; nil shares nothing
	Above    path.Path    // from the log to the value, for the paths that are copied
}

// View is the rows of an editor: it has the cursor and the window.
type View interface {
	// Tables are the keys of the view: where the value may be changed, and where it may not.
	Tables() (editing, reading keys.Map)
	// Do carries out a key of the table in force that is none of the editor's own.
	Do(action keys.Action) (used bool, cmd tea.Cmd)
	// Receive takes the wheel, a click while nothing is open, or the result of a command of the
	// view.
	Receive(msg tea.Msg) (used bool, cmd tea.Cmd)
	// At is the place of the node under the cursor.
	At() tree.Path
	// Go puts the cursor on a node, or as near to it as the path leads.
	Go(path tree.Path)
	// Copied is a node that is copied of what is under the cursor, nil for nothing, and what to
	// call it.
	Copied() (what string, n *tree.Node)
	// Held is the picture, sound or file there, and a name for it; why says that there is none.
	Held() (d media.Data, name, why string)
	// Reach puts the cursor on a hit of the search and shows it.
	Reach(h find.Hit)
	// Reopen opens the text that a place names. A place that is not there is ignored.
	Reopen(at Place)
	// Replace puts another node in the place of one, as one step of undo.
	Replace(path tree.Path, n *tree.Node)
	// Renew shows a value that has nothing to do with the one before.
	Renew()
	// Folds is what is folded and unfolded, for Fold of another value of the same view.
	Folds() any
	Fold(folds any)
	// Resize gives the cells that the view may draw on, Restyle its looks.
	Resize(w, h int)
	Restyle(th *theme.Theme)
	// Arrange keeps cursor and window in order. It is called after whatever happens.
	Arrange()
	// Draw draws the window, and Cursor is where in it text is being typed.
	Draw() []string
	Caret() (x, y int, ok bool)
}

// Model is the editor of one value. Update changes it in place; all of it belongs to the goroutine
// of Update.
type Model struct {
	o    Options
	view View
	w, h int

	root  *tree.Node // nil for a value that is absent or null
	past  history
	panel Panel // what is open and has the keys, nil for nothing
	find  find.Search
	news  bars.News

	pointed bool // the last click was on a row
}

// New makes an editor of root, which is nil for a value that is absent or null.
func New(root *tree.Node, o Options, in find.Options) *Model {
	return &Model{o: o, root: root, find: find.Search{Last: o.Last, Options: in}}
}

// Folds is what is folded and unfolded, for Fold of another value that is edited in the same way.
func (m *Model) Folds() any { return m.view.Folds() }

// Fold folds and unfolds as in another value whose state Folds returned, as far as this one is
// alike.
func (m *Model) Fold(folds any) {
	m.view.Fold(folds)
	m.view.Arrange()
}

// Shown makes view what is seen of the value.
func (m *Model) Shown(view View) { m.view = view }

// Root is the current value, without the text that is being typed; nil when there is none. Unless
// something was changed it is the node that New was given.
func (m *Model) Root() *tree.Node { return m.root }

// Node is the node at a path; ok is false when there is none.
func (m *Model) Node(path tree.Path) (n *tree.Node, ok bool) {
	if m.root == nil {
		return nil, false
	}
	return m.root.At(path)
}

// Options are those of New, with the theme in force.
func (m *Model) Options() Options { return m.o }

// Search is what is looked for in the value.
func (m *Model) Search() *find.Search { return &m.find }

// SetSize gives the cells that the editor may draw on.
func (m *Model) SetSize(w, h int) {
	if w, h = max(w, 0), max(h, 0); w == m.w && h == m.h {
		return
	}
	m.w, m.h = w, h
	m.view.Resize(w, h)
	m.view.Arrange()
}

// SetTheme shows the same in other looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.o.Theme = th
	if p, ok := m.panel.(interface{ SetTheme(th *theme.Theme) }); ok {
		p.SetTheme(th)
	}
	m.find.SetTheme(th)
	m.view.Restyle(th)
	m.view.Arrange()
}

// View draws exactly the given size. While a query is typed its line is the last one.
func (m *Model) View() string {
	if m.h == 0 {
		return ""
	}
	lines := bars.Fill(m.view.Draw(), m.h)
	if m.find.Asking() && m.w > 0 {
		lines[m.h-1], _ = m.find.Line(m.w)
	}
	return strings.Join(lines, "\n")
}

// Cursor is the cell of the terminal's cursor within the view; ok is false if no text is typed.
func (m *Model) Cursor() (x, y int, ok bool) {
	switch {
	case m.w == 0 || m.h == 0:
		return 0, 0, false
	case m.find.Asking():
		_, x = m.find.Line(m.w)
		return min(x, m.w-1), m.h - 1, true
	}
	return m.view.Caret()
}

// Rows is how many lines all of the value takes, for an owner that gives just that much room; 0 if
// the view does not count them.
func (m *Model) Rows() int {
	if v, ok := m.view.(interface{ Rows() int }); ok {
		return v.Rows()
	}
	return 0
}

// Path is the place of what is under the cursor.
func (m *Model) Path() tree.Path { return m.view.At() }

// GoTo puts the cursor on a node. A path that leads nowhere leads as far as it can.
func (m *Model) GoTo(path tree.Path) {
	m.Close()
	m.view.Go(path)
	m.view.Arrange()
}

// Capturing says that letters are text just now, or answer a question.
func (m *Model) Capturing() bool {
	return m.find.Asking() || m.panel != nil && m.panel.Capturing()
}

// Keys are the tables in force.
func (m *Model) Keys() []keys.Map {
	switch {
	case m.find.Asking():
		return []keys.Map{m.find.Keys()}
	case m.panel != nil:
		return m.panel.Keys()
	}
	return []keys.Map{m.table()}
}

// table is the table in force while nothing is open.
func (m *Model) table() keys.Map {
	editing, reading := m.view.Tables()
	if m.o.ReadOnly {
		return reading
	}
	return editing
}

// News is what the last key had to say; it says it once.
func (m *Model) News() (bars.News, bool) {
	n := m.news
	m.news = bars.News{}
	return n, n.Text != ""
}

// Say puts a line of news.
func (m *Model) Say(level bars.Level, text string) { m.news = bars.News{Level: level, Text: text} }
