package outline

import (
	"errors"
	"strings"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/editor"
	"errata/ui/keys"
)

// purpose is what an inner editor edits.
type purpose int

const (
	value    purpose = iota // a string's text, or the literal of a number or a word
	naming                  // a member's name
	entering                // something new
	reading                 // a text that is only looked at
)

// narrow is the room in a row from which on less is too little to type in.
const narrow = 12

// inner is the editor of one text within the outline, in its row or below the rows.
type inner struct {
	what  purpose
	path  tree.Path  // of the node; of the place for something new
	node  *tree.Node // nil for something new
	ed    *editor.Model
	first editor.Text // as it stands in the tree
	fresh bool        // the node was made just before, as a part of the same step
	warn  bool        // it was told that the text is no value: another esc gives it up

	block  bool // below the rows, else in the row
	want   int  // lines that the text takes, as far as they were counted
	height int  // lines of the editor
	start  int  // the cell at which the editor stands in its row
}

// Inner is the text of an inner editor, and where it belongs.
type Inner struct {
	Place Place
	Text  editor.Text
}

// Inner is the text that is being typed; ok is false when none is.
func (m *Model) Inner() (in Inner, ok bool) {
	if m.inner == nil || m.inner.what == reading {
		return Inner{}, false
	}
	return Inner{placeOf(m.inner.path, m.inner.what), m.inner.ed.Text()}, true
}

// keys is the table in force.
func (in *inner) keys() keys.Map {
	switch {
	case in.what == reading:
		return keys.OutlineLook
	case in.what != value:
		return keys.OutlineEntry
	case in.block:
		return keys.OutlineLines
	}
	return keys.OutlineText
}

// openValue opens the editor of a scalar's text, the cursor at its end.
func (m *Model) openValue(path tree.Path, n *tree.Node, text []byte) {
	m.begin(&inner{what: value, path: path, node: n}, text)
}

// begin opens an inner editor on a text.
func (m *Model) begin(in *inner, text []byte) {
	o := editor.Options{Styles: bars.EditorStyles(m.o.Theme), ReadOnly: in.what == reading}
	m.install(in, editor.New(text, o), text)
}

// install opens an inner editor that is ready.
func (m *Model) install(in *inner, ed *editor.Model, text []byte) {
	in.ed, in.first = ed, ed.Text()
	m.inner, m.menu = in, false
	if in.what != entering {
		m.row = m.rowOf(in.path)
	}
	in.measure(m, text)
	m.arrange()
}

// goTo puts the cursor at a byte of the text, and leaves it where it is for -1.
func (in *inner) goTo(at int) {
	if at >= 0 {
		in.ed.GoToOffset(at)
	}
}

// measure decides whether the text stays in its row.
func (in *inner) measure(m *Model, text []byte) {
	head := string(text[:min(len(text), passageBytes)])
	in.start = m.column(in)
	in.block = in.what == reading || in.isText() &&
		(len(head) < len(text) || strings.Contains(head, "\n") || !fits(head, m.w-in.start-1))
	if in.block {
		in.want = len(wrap(head, max(m.w-1, 1)))
		if len(head) < len(text) {
			in.want = passageBytes
		}
	}
}

// isText tells whether any text will do: that of a string.
func (in *inner) isText() bool { return in.what == value && in.node.Kind() == jsonraw.String }

// column is the cell at which an editor in its row begins.
func (m *Model) column(in *inner) int {
	at := m.start(len(in.path) - 1)
	if len(in.path) == 0 {
		at = m.start(0)
	}
	if in.what != value {
		return at
	}
	s, ok := m.spot(m.rowOf(in.path))
	if !ok {
		return at
	}
	return at + m.nameWidth(&s, max(m.w-at, 0))
}

// arrange gives the editor its size: in its row, or below the rows, which stay in sight unless the
// text wants the room.
func (in *inner) arrange(m *Model) {
	in.start = m.column(in)
	if m.w-in.start < narrow && m.h > 2 {
		in.block = true
	}
	if !in.block {
		in.ed.SetSize(max(m.w-in.start, 1), 1)
		return
	}
	room := m.h - m.titleHeight()
	if m.find.Asking() {
		room-- // for the line in which the query is typed
	}
	in.height = room
	if most := m.h * 3 / 5; m.h >= 10 && in.want+2 <= most {
		in.height = max(in.want+2, m.h/3)
	}
	in.ed.SetSize(m.w, in.height)
}

// title is the line above an editor that stands below the rows.
func (in *inner) title(m *Model) string {
	word := "editing "
	if in.what == reading {
		word = "reading "
	}
	th := m.o.Theme
	return bars.Bar(m.w, []bars.Piece{{Text: JSONPath(m.root, in.path), Style: th.Title}}, []bars.Piece{{Text: word, Style: th.Faint}})
}

// changed tells whether another text stands in the editor than in the tree.
func (in *inner) changed() bool {
	now := in.ed.Text()
	return !now.Same(in.first) && (now.Len() != in.first.Len() || !now.Equal(in.first.Bytes()))
}

// close gives the text of an inner editor up.
func (m *Model) close() { m.inner, m.menu = nil, false }

// Commit keeps the text of an open inner editor and closes it. The error says why the text is no
// value; then the editor stays open, the text in it.
func (m *Model) Commit() error {
	in := m.inner
	m.find.Close()
	if in == nil {
		m.menu = false
		return nil
	}
	var err error
	switch {
	case in.what == reading:
		m.close()
	case in.what == entering:
		err = m.keepEntry(in)
	case !in.changed():
		m.close()
	case in.what == naming:
		err = m.keepName(in, string(in.ed.Text().Bytes()))
	default:
		err = m.keepValue(in, in.ed.Text().Bytes())
	}
	m.arrange()
	return err
}

// keepValue puts the text in place of the scalar.
func (m *Model) keepValue(in *inner, text []byte) error {
	var v *tree.Node
	var err error
	if in.isText() {
		v, err = tree.Text(string(text))
	} else {
		v, err = literalOf(in.node.Kind(), text)
	}
	if err != nil {
		return err
	}
	m.close()
	if in.fresh {
		m.amend(m.root.Replace(in.path, v))
		return nil
	}
	m.replace(in.path, v)
	return nil
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
	fits, wrong := kind != jsonraw.None, " is no JSON"
	switch was {
	case jsonraw.Number:
		fits, wrong = kind == jsonraw.Number, " is no number"
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
