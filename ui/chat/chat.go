package chat

import (
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/outline"
	"errata/ui/theme"
)

// Options configure New.
type Options struct {
	Theme    *theme.Theme
	ReadOnly bool
	Field    *model.Field // whose value it is; nil for none
	Last     *find.Last   // what was looked for last, shared; nil shares nothing
}

// Place names where an inner text is edited; only this package reads it.
type Place = outline.Place

// Inner is the inner text editor that is open.
type Inner = outline.Inner

// Model is the editor of a conversation. Update changes it in place; all of it belongs to the
// goroutine of Update.
type Model struct {
	o      Options
	th     *theme.Theme
	single bool // the value is one message, not a list
	w, h   int

	root  *tree.Node // nil for a value that is absent or null
	links *links     // who calls whom; nil for a single message
	past  history

	at    stop  // the part under the cursor
	top   place // the first row of the window
	cards map[int]*card
	folds folds

	rendered bool // Markdown is rendered
	panel    panel
	shown    fixed // the part under the panel, with the panel in it
	panelRow int   // where in shown the panel begins
	find     find.Search
	hit      spot     // where in the part under the cursor the hit is that find shows
	list     *listing // of the messages, nil when it is closed
	token    int      // of the list that is open, so that late answers are told apart

	lines            []string // the window
	cursorX, cursorY int
	cursorOn         bool
	news             *bars.News
}

// New makes an editor of a list of messages, or of a single one. It reads the whole value once; for
// a large one call it away from the keys. root may be nil: an absent or null value.
func New(root *tree.Node, single bool, o Options) *Model {
	m := &Model{o: o, th: o.Theme, single: single, root: root, cards: map[int]*card{}}
	if !single {
		m.links = newLinks(m.messages(0, m.count()))
	}
	m.folds = newFolds()
	m.find.Last = o.Last
	m.find.Options = find.Options{Hides: hides, Packed: func(name string) bool { return name == argumentsName }}
	return m
}

// Root is the value as it stands, without the text of an open inner editor; nil when it is absent
// or null and nobody changed that.
func (m *Model) Root() *tree.Node { return m.root }

// SetSize gives the cells that the editor may draw on.
func (m *Model) SetSize(w, h int) {
	w, h = max(w, 0), max(h, 0)
	if w == m.w && h == m.h {
		return
	}
	narrower := w != m.w
	m.w, m.h = w, h
	if narrower {
		m.forget()
	}
	m.arrange()
	m.reveal()
	m.settle()
}

// SetTheme changes the looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.th, m.o.Theme = th, th
	m.forget()
	if m.panel != nil {
		m.panel.setTheme(th)
	}
	m.find.SetTheme(th)
	if m.list != nil {
		m.list.query.SetTheme(th)
	}
	m.settle()
}

// View draws exactly the given size.
func (m *Model) View() string { return join(m.lines) }

// Cursor is the cell of the terminal's cursor within the view; ok false where no text is edited.
func (m *Model) Cursor() (x, y int, ok bool) { return m.cursorX, m.cursorY, m.cursorOn }

// Capturing tells whether letters are text just now.
func (m *Model) Capturing() bool {
	return m.list != nil || m.find.Asking() || m.panel != nil && m.panel.capturing()
}

// Keys are the tables in force.
func (m *Model) Keys() []keys.Map {
	switch {
	case m.list != nil:
		return []keys.Map{keys.ChatList}
	case m.find.Asking():
		return []keys.Map{m.find.Keys()}
	case m.panel != nil:
		return m.panel.keys()
	}
	return []keys.Map{keys.Chat}
}

// News is what the last key has to say, once.
func (m *Model) News() (bars.News, bool) {
	if m.news == nil {
		return bars.News{}, false
	}
	n := *m.news
	m.news = nil
	return n, true
}

func (m *Model) say(level bars.Level, text string) { m.news = &bars.News{Level: level, Text: text} }

// Path is the place of the part under the cursor.
func (m *Model) Path() tree.Path {
	if m.count() == 0 {
		return tree.Path{}
	}
	return m.path(m.at.message, m.part().place())
}

// GoTo puts the cursor on the part that holds a place, or is nearest to it.
func (m *Model) GoTo(p tree.Path) {
	if m.count() == 0 {
		return
	}
	i := 0
	if !m.single {
		if len(p) == 0 {
			return
		}
		i, p = min(max(p[0], 0), m.count()-1), p[1:]
	}
	if len(p) > 0 {
		m.folds.by[m.message(i)] = open
		delete(m.cards, i)
	}
	m.at = stop{i, m.card(i).nearest(p)}
	m.reveal()
	m.settle()
}

// count is the number of messages.
func (m *Model) count() int {
	switch {
	case m.root == nil || m.root.Kind() == jsonraw.Null:
		return 0
	case m.single:
		return 1
	case m.root.Kind() == jsonraw.Array:
		return m.root.Len()
	}
	return 0
}

// odd says why the value is no conversation at all, "" when it is one.
func (m *Model) odd() string {
	if m.root == nil || m.single || m.root.Kind() == jsonraw.Null || m.root.Kind() == jsonraw.Array {
		return ""
	}
	return "this is " + m.root.Kind().Word() + ", not a list of messages: t edits it as JSON"
}

// message is message i.
func (m *Model) message(i int) *tree.Node {
	if m.single {
		return m.root
	}
	return m.root.Child(i)
}

func (m *Model) messages(from, to int) []*tree.Node {
	list := make([]*tree.Node, 0, to-from)
	for i := from; i < to; i++ {
		list = append(list, m.message(i))
	}
	return list
}

// path is the place of what stands at rel within message i.
func (m *Model) path(i int, rel tree.Path) tree.Path {
	if m.single {
		return rel
	}
	return append(tree.Path{i}, rel...)
}

// part is the part under the cursor.
func (m *Model) part() *part {
	c := m.card(m.at.message)
	m.at.part = min(m.at.part, len(c.parts)-1)
	return &c.parts[m.at.part]
}

// forget drops everything that was laid out.
func (m *Model) forget() { clear(m.cards) }
