package chat

import (
	"errors"
	"strings"

	"errata/model/figure"
	"errata/model/tree"
	"errata/ui/editor"
	"errata/ui/keys"
	"errata/ui/pager"
	"errata/ui/rows"
)

// inset is a panel that is in a card.
type inset interface {
	rows.Panel
	stop() stop
	rows() (part []pager.Block, first int) // the part with the panel in it, and where that begins
	caret() (x, y int, ok bool)            // within the panel's rows
}

// arrange fits what is open into its card.
func (m *view) arrange() {
	m.over = nil
	if m.count() == 0 || m.w == 0 || m.Height == 0 {
		return
	}
	if use, size := m.Reading(); use != nil {
		shown := words(bodyIndent, "reading "+figure.Size(size)+" …", m.th.Muted).alone()
		m.over = &overlay{stop: use.(*typing).where, src: shown}
	}
	if p, ok := m.Panel().(inset); ok {
		part, first := p.rows()
		m.over = &overlay{p.stop(), pager.Of(part...), first}
	}
}

// close gives the keys back to the messages.
func (m *view) close() {
	m.Close()
	m.over = nil
	m.reveal()
}

// typing is a text that is being edited: a string, or a member that may not be there yet.
type typing struct {
	rows.Text
	v      *view
	where  stop
	path   tree.Path // of the string, or of the object that has the member
	member string    // "" for the string itself
	added  string    // what came into being for it, "" if it was there
	splits bool      // the text may become two messages
	label  string
	indent int
	height int // rows, which only grow: what is below should not jump to and fro
}

// newTyping is the editor of a string, or of a member of the object at path.
func (m *view) newTyping(path tree.Path, member string) *typing {
	t := &typing{v: m, where: m.at, path: path, member: member}
	t.Place, t.Path = rows.PlaceOf(path, rows.Of, member), path
	if member != "" {
		at, _ := m.Node(path)
		k, was := childAt(at, member)
		t.Path, t.Absent = under(path, k), was == nil
	}
	return t
}

// oneLine says whether the text has one line, and chooses its keys.
func (t *typing) oneLine(single bool) *typing {
	if t.Single, t.Table = single, keys.ChatText; single {
		t.Table = keys.ChatLine
	}
	return t
}

func (t *typing) stop() stop { return t.where }

func (t *typing) caret() (x, y int, ok bool) {
	x, y, ok = t.Ed.Cursor()
	return x + t.indent, y, ok
}

// Keys are those of the text, without the one that splits it where it cannot be split.
func (t *typing) Keys() []keys.Map {
	own := t.Table
	if !t.Single && !t.splits {
		own = own.With(own.Bindings()[:2])
	}
	return []keys.Map{own}
}

// Press carries out a key of the text.
func (t *typing) Press(action keys.Action) (used bool) {
	if action == keys.SplitMessage {
		edits{t.v}.splitText(t)
	}
	return action == keys.SplitMessage
}

// Commit keeps the text. It reports anything that was added for the text and is left empty.
func (t *typing) Commit() error {
	was := t.v.Root()
	err := t.Text.Commit()
	if err == nil && t.added != "" && t.v.Root() == was {
		t.v.Tell(t.added + " without text")
	}
	return err
}

// Keep makes the text a part of the value.
func (t *typing) Keep(text []byte) error {
	n, err := tree.Text(string(text))
	if err != nil {
		return errors.New("this text cannot be kept: " + err.Error())
	}
	e := edits{t.v}
	root, err := e.put(t, n)
	if e.close(); err == nil && root != e.Root() {
		e.change(root, run{t.where.message, 1, 1}, t.where)
		e.land(t.where)
	}
	return err
}

// KeepAnyway puts a text that is not JSON into the value.
func (t *typing) KeepAnyway(text []byte) {
	path, root, junk := t.path, t.v.Root(), tree.New(text)
	at, ok := root.At(path)
	switch k, was := childAt(at, t.member); {
	case !ok:
	case t.member == "":
		t.v.SetRoot(root.Replace(path, junk))
	case was != nil:
		t.v.SetRoot(root.Replace(under(path, k), junk))
	default:
		t.v.SetRoot(root.Insert(under(path, at.Len()), t.member, junk))
	}
}

// rows gives a text as much room as it takes, and at most the pane but for the row above it. A
// label is before a single line.
func (t *typing) rows() ([]pager.Block, int) {
	m := t.v
	var part []pager.Block
	if t.where.part == 0 { // below the heading
		part = pager.Blocks(m.heading(t.where.message, &m.card(t.where.message).parts[0]))
	}
	label := m.th.Muted.Render(t.label)
	t.indent = bodyIndent + len(t.label)
	if t.indent > m.textWidth()/2 {
		t.indent, label = 0, ""
	}
	width := m.textWidth() - t.indent
	room := max(m.Height-1, 1)
	t.height = min(max(t.height, t.wanted(width, m.Height)), room)
	if m.Search().Asking() {
		room = max(room-1, 1) // for the line in which the query is typed
	}
	t.Ed.SetSize(width, min(t.height, room))
	first := len(part)
	for i, row := range strings.Split(t.Ed.View(), "\n") {
		pad := spaces(t.indent)
		if i == 0 && label != "" && t.label != "" {
			pad = spaces(bodyIndent) + label
		}
		part = append(part, pager.Block{Text: pad + row, Drawn: true})
	}
	return part, first
}

// wanted is how many rows a text takes, at most limit. A text that can not fit is not looked at.
func (t *typing) wanted(width, limit int) int {
	if t.Single {
		return 1
	}
	text := t.Ed.Text()
	if text.Len() > 8*width*limit {
		return limit
	}
	scratch := editor.New(text.Bytes(), editor.Options{})
	scratch.SetSize(width, limit)
	_, y, _ := scratch.Cursor()
	return y + 1
}
