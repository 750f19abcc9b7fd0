package chat

import (
	"slices"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/model/tree"
	"errata/ui/keys"
	"errata/ui/rows"
	"errata/ui/theme"
)

// New makes the editor of a list of messages, or of a single one. It reads the whole value once;
// for a large one call it away from the keys. root may be nil: an absent or null value.
func New(root *tree.Node, single bool, o rows.Options) *rows.Model {
	return newView(root, single, o).Model
}

// view is the cards of a conversation as the rows of an editor.
type view struct {
	*rows.Model
	*window

	at   stop // the part under the cursor
	hit  spot // where in that part the hit is that the search shows
	list int  // of the list of messages that was opened last, so that late answers are told apart

	landing landing

	lines            []string // the window as it was drawn
	cursorX, cursorY int
	cursorOn         bool
}

func newView(root *tree.Node, single bool, o rows.Options) *view {
	m := &view{Model: rows.New(root, o, Searched(single))}
	m.window = newWindow(newCards(messages{m.Root, single}, o.Theme))
	m.Shown(m)
	return m
}

// Tables are the keys of a conversation.
func (m *view) Tables() (editing, reading keys.Map) { return keys.Chat, keys.ChatReading }

// Resize gives the cells of the window.
func (m *view) Resize(w, h int) {
	if w != m.w {
		m.forget()
	}
	m.w, m.Height = w, h
	m.arrange()
	m.reveal()
}

// Restyle changes the looks.
func (m *view) Restyle(th *theme.Theme) {
	m.th = th
	m.forget()
}

// Renew drops what was laid out.
func (m *view) Renew() { m.forget() }

// Draw is the window as it was drawn last.
func (m *view) Draw() []string { return slices.Clone(m.lines) }

// Caret is where text is being typed.
func (m *view) Caret() (x, y int, ok bool) { return m.cursorX, m.cursorY, m.cursorOn }

// Arrange lays the window out and draws it.
func (m *view) Arrange() {
	was := m.over != nil
	m.arrange()
	if was || m.over != nil {
		m.reveal()
	}
	m.settle()
}

// At is the place of the part under the cursor.
func (m *view) At() tree.Path {
	if m.count() == 0 {
		return tree.Path{}
	}
	return m.path(m.at.message, m.part().place())
}

// Go puts the cursor on the part that holds a place, or is nearest to it.
func (m *view) Go(p tree.Path) {
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
		delete(m.kept, i)
	}
	m.at = stop{i, m.card(i).nearest(p)}
	m.reveal()
}

// part is the part under the cursor.
func (m *view) part() *part {
	c := m.card(m.at.message)
	m.at.part = min(m.at.part, len(c.parts)-1)
	return &c.parts[m.at.part]
}

// copiedAs says what is copied of a part.
var copiedAs = map[kind]string{heading: "the message", text: "the text", image: "the image's address", thinking: "the thinking",
	call: "the call", arguments: "the arguments", member: "the value", blank: "the message"}

// Copied is the part under the cursor.
func (m *view) Copied() (what string, n *tree.Node) {
	if m.count() == 0 {
		return "", nil
	}
	p := m.part()
	if n = p.node; p.kind == blank {
		n = m.message(m.at.message)
	}
	return copiedAs[p.kind], n
}

// Held is the picture, sound or file under the cursor.
func (m *view) Held() (d media.Data, name, why string) {
	const none = "there is no image, sound or file under the cursor"
	if m.count() == 0 {
		return d, "", none
	}
	p := m.part()
	d, ok := p.data()
	switch {
	case ok:
		return d, fileName(d, m.at), ""
	case p.kind == image:
		return d, "", "the message holds only the image's address: y copies it"
	}
	return d, "", none
}

// messages is the value as a list of messages, or as a single one.
type messages struct {
	root   func() *tree.Node
	single bool
}

// count is the number of messages.
func (m messages) count() int {
	root := m.root()
	switch {
	case root == nil || root.Kind() == jsonraw.Null:
		return 0
	case m.single:
		return 1
	case root.Kind() == jsonraw.Array:
		return root.Len()
	}
	return 0
}

// odd says why the value is not a conversation at all, "" when it is one.
func (m messages) odd() string {
	root := m.root()
	if root == nil || m.single || root.Kind() == jsonraw.Null || root.Kind() == jsonraw.Array {
		return ""
	}
	return "this is " + root.Kind().Word() + ", not a list of messages: t edits it as JSON"
}

// message is message i.
func (m messages) message(i int) *tree.Node {
	if m.single {
		return m.root()
	}
	return m.root().Child(i)
}

// begin is the byte of the value at which message i begins.
func (m messages) begin(i int) int {
	start, _, _ := m.root().Span(m.path(i, nil))
	return start
}

// between lists messages.
func (m messages) between(from, to int) []*tree.Node {
	list := make([]*tree.Node, 0, to-from)
	for i := from; i < to; i++ {
		list = append(list, m.message(i))
	}
	return list
}

// path is the place of what is at rel within message i.
func (m messages) path(i int, rel tree.Path) tree.Path {
	if m.single {
		return rel
	}
	return append(tree.Path{i}, rel...)
}

// rel is the place within its message of what is at a path.
func (m messages) rel(path tree.Path) tree.Path {
	if m.single {
		return path
	}
	return path[1:]
}
