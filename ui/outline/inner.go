package outline

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/rows"
)

// purpose is what an inner editor edits, as a place names it.
type purpose string

const (
	value    purpose = "value"   // a string's text, or the literal of a number or a word
	naming   purpose = "name"    // a member's name
	entering purpose = "entry"   // something new
	reading  purpose = "reading" // a text that is only looked at
)

// narrow is the room in a row from which on less is too little to type in.
const narrow = 12

// inner is the editor of one text within the outline, in its row or below the rows.
type inner struct {
	rows.Text
	v     *view
	what  purpose
	node  *tree.Node // nil for something new
	fresh bool       // the node was made just before, as a part of the same step

	block  bool // below the rows, else in the row
	want   int  // lines that the text takes, as far as they were counted
	height int  // lines of the editor
	start  int  // the cell at which the editor is in its row
}

// inner is the text that is open, nil when none is.
func (m *view) inner() *inner {
	in, _ := m.Panel().(*inner)
	return in
}

// newInner is the editor of a text of the node at path. n is nil for something new.
func (m *view) newInner(what purpose, path tree.Path, n *tree.Node) *inner {
	in := &inner{v: m, what: what, node: n}
	in.Place, in.Path, in.Table = rows.PlaceOf(path, rows.Of, string(what)), path, keys.OutlineText
	in.Name, in.Reading, in.Absent = what == naming, what == reading, what == entering
	switch what {
	case reading:
		in.Table = keys.OutlineLook
	case naming, entering:
		in.Table, in.Single, in.GivesUp = keys.OutlineEntry, true, true
	}
	return in
}

// openValue opens the editor of a scalar's text, the cursor at its end.
func (m *view) openValue(path tree.Path, n *tree.Node) {
	m.Read(m.newInner(value, path, n), n)
}

// Opened puts the cursor on the row of the text.
func (in *inner) Opened() {
	if in.what != entering {
		in.v.row = in.v.rowOf(in.Path)
	}
	in.measure()
}

// measure decides whether the text stays in its row.
func (in *inner) measure() {
	text := in.Ed.Text()
	head := string(text.Slice(0, min(text.Len(), passageBytes)))
	in.start = in.v.column(in)
	in.block = in.what == reading || in.isText() &&
		(len(head) < text.Len() || strings.Contains(head, "\n") || !fits(head, in.v.w-in.start-1))
	if in.block {
		in.below()
		in.want = len(wrap(head, max(in.v.w-1, 1)))
		if len(head) < text.Len() {
			in.want = passageBytes
		}
	}
}

// below gives the editor the lines below the rows.
func (in *inner) below() {
	if in.block = true; in.what == value {
		in.Table = keys.OutlineLines
	}
}

// isText reports whether any text will do: that of a string.
func (in *inner) isText() bool { return in.what == value && in.node.Kind() == jsonraw.String }

// column is the cell at which an editor in its row begins.
func (m *view) column(in *inner) int {
	at := m.start(max(len(in.Path)-1, 0))
	if in.what != value {
		return at
	}
	s, ok := m.spot(m.rowOf(in.Path))
	if !ok {
		return at
	}
	return at + m.nameWidth(&s, max(m.w-at, 0))
}

// arrange gives the editor its size: in its row, or below the rows, which stay in sight unless the
// text wants the room.
func (in *inner) arrange() {
	w, h := in.v.w, in.v.h
	in.start = in.v.column(in)
	if w-in.start < narrow && h > 2 {
		in.below()
	}
	if !in.block {
		in.Ed.SetSize(max(w-in.start, 1), 1)
		return
	}
	room := h - in.v.titleHeight()
	if in.v.Search().Asking() {
		room-- // for the line in which the query is typed
	}
	in.height = room
	if most := h * 3 / 5; h >= 10 && in.want+2 <= most {
		in.height = max(in.want+2, h/3)
	}
	in.Ed.SetSize(w, in.height)
}

// title is the line above an editor that is below the rows.
func (in *inner) title() string {
	word := "editing "
	if in.what == reading {
		word = "reading "
	}
	th := in.v.th
	path := rows.JSONPath(in.v.Root(), in.Path)
	return bars.Bar(in.v.w, []bars.Piece{{Text: path, Style: th.Title}}, []bars.Piece{{Text: word, Style: th.Faint}})
}

// Update takes a key or a paste, and the wheel where the text has lines.
func (in *inner) Update(msg tea.Msg) (used bool, cmd tea.Cmd) {
	if _, ok := msg.(tea.MouseMsg); ok && !in.block {
		return false, nil
	}
	return in.Text.Update(msg)
}

// Press carries out a key of the text.
func (in *inner) Press(action keys.Action) (used bool) {
	switch action {
	case keys.LineBreak:
		if in.isText() {
			in.Ed.Insert("\n")
			in.Typed()
		}
	case keys.Literally:
		in.keepAsString()
	default:
		return false
	}
	return true
}

// Typed gives a string that has outgrown its row the lines below.
func (in *inner) Typed() {
	if !in.block && in.isText() {
		in.measure()
	}
}

// Commit keeps the text. What makes something new is kept even when nothing was typed.
func (in *inner) Commit() error {
	if in.what == entering {
		return edits{in.v}.keepEntry(in)
	}
	return in.Text.Commit()
}

// Keep makes the text a name, or puts it instead of the scalar.
func (in *inner) Keep(text []byte) error {
	if in.what == naming {
		return edits{in.v}.keepName(in, string(text))
	}
	var n *tree.Node
	var err error
	if in.isText() {
		n, err = tree.Text(string(text))
	} else {
		n, err = literalOf(in.node.Kind(), text)
	}
	if err != nil {
		return err
	}
	in.v.Close()
	if in.fresh {
		in.v.Amend(in.v.Root().Replace(in.Path, n))
		return nil
	}
	in.v.Replace(in.Path, n)
	return nil
}

// keepAsString keeps what is typed over a number or a word as a string.
func (in *inner) keepAsString() {
	if in.isText() || in.what != value {
		return
	}
	n, err := tree.Text(string(in.Ed.Text().Bytes()))
	if err != nil {
		in.v.Say(bars.Bad, err.Error())
		return
	}
	in.v.Close()
	in.v.Replace(in.Path, n)
}

// literalOf reads a text as a scalar of a kind: what was a number stays one. Null may become
// anything.
func literalOf(was jsonraw.Kind, text []byte) (*tree.Node, error) {
	text = jsonraw.Trim(text)
	kind := jsonraw.KindOf(text)
	shown := quoteShort(string(text))
	if jsonraw.Check(text) != nil {
		kind = jsonraw.None
	}
	fits, wrong := kind != jsonraw.None, " is not JSON"
	switch was {
	case jsonraw.Number:
		fits, wrong = kind == jsonraw.Number, " is not a number"
	case jsonraw.True, jsonraw.False:
		fits, wrong = kind == jsonraw.True || kind == jsonraw.False, " is neither true nor false"
	}
	if !fits {
		return nil, errors.New(shown + wrong + "; alt+s keeps it as a string")
	}
	return tree.New(text), nil
}

// quoteShort names a text in a sentence.
func quoteShort(text string) string {
	const most = 40
	if r := []rune(text[:min(len(text), 4*most)]); len(r) > most {
		text = string(r[:most-1]) + "…"
	}
	return `"` + text + `"`
}
