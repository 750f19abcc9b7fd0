package rows

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/tree"
	"errata/ui/bars"
	"errata/ui/editor"
	"errata/ui/keys"
	"errata/ui/theme"
)

// Text is a panel in which a text of the value is typed. A view embeds it in a panel of its own,
// which knows where the editor is and what becomes of the text.
type Text struct {
	Place   Place     // how a draft names it
	Path    tree.Path // of the node whose text it is
	Name    bool      // it is the name of the node
	Absent  bool      // the node is not there yet
	Reading bool      // it is only looked at
	Single  bool      // it has one line
	Table   keys.Map  // its keys, besides those of the editor
	GivesUp bool      // esc gives it up, where it keeps other texts

	Ed     *editor.Model
	first  editor.Text // as it was when it was opened
	warned bool        // it was said that the text is not a value: another esc gives it up
	m      *Model
	use    Use
}

// Use is a panel that embeds a Text. It may also have
//
//	Opened()                              // the editor is there
//	Typed()                               // the text was changed
//	Press(action keys.Action) (used bool) // a key of the table that is none of the editor's own
type Use interface {
	Panel
	// Keep makes a text a part of the value and closes the panel. The error says why it is not a
	// value.
	Keep(text []byte) error
	// KeepAnyway makes a text that Keep refused a part of the value, which may then be no JSON.
	KeepAnyway(text []byte)

	typing
}

// typing is a panel with a text in it.
type typing interface{ text() *Text }

func (t *Text) text() *Text { return t }

// typed is the text that is open, nil when none is.
func (m *Model) typed() *Text {
	if p, ok := m.panel.(typing); ok {
		return p.text()
	}
	return nil
}

// Type begins to type on a text.
func (m *Model) Type(use Use, text []byte) {
	m.begin(use, use.text().editor(m, text), m.find.Seek(m.root, use.text().Path).In(text))
}

// editor makes the editor of a text, the cursor at its end.
func (t *Text) editor(m *Model, text []byte) *editor.Model {
	return editor.New(text, editor.Options{Styles: bars.EditorStyles(m.o.Theme), ReadOnly: t.Reading, Single: t.Single})
}

// begin opens an editor that is ready, with its cursor at a byte of the text, -1 for its end.
func (m *Model) begin(use Use, ed *editor.Model, at int) {
	t := use.text()
	t.m, t.use, t.Ed, t.first = m, use, ed, ed.Text()
	if at >= 0 {
		ed.GoToOffset(at)
	}
	m.panel = use
	if o, ok := use.(interface{ Opened() }); ok {
		o.Opened()
	}
}

// textOf is the text in which a scalar is edited: a string's own, nothing for null, anything else
// as its literal. ok is false for a string of which some bytes are not text.
func textOf(n *tree.Node) (text string, ok bool) {
	switch n.Kind() {
	case jsonraw.String:
		return n.Text()
	case jsonraw.Null:
		return "", true
	}
	return string(n.Bytes()), true
}

// Update takes a key, a paste or the wheel.
func (t *Text) Update(msg tea.Msg) (used bool, cmd tea.Cmd) {
	warned := t.warned
	t.warned = false
	if key, ok := msg.(tea.KeyMsg); ok && !t.Ed.Pending() && t.key(t.Table.Action(key.String()), warned) {
		return true, nil
	}
	if !t.Ed.Update(msg) {
		return false, nil
	}
	t.changed()
	return true, nil
}

// key carries out a key of the table. warned says that the key before it led to the warning that
// the text is not a value.
func (t *Text) key(action keys.Action, warned bool) (used bool) {
	switch action {
	case "":
		return false
	case keys.Accept:
		if err := t.m.Commit(); err != nil {
			t.m.Say(bars.Bad, err.Error())
		}
	case keys.Close:
		t.leave(warned)
	case keys.Search:
		t.m.find.OpenText(t.Ed, t.m.o.Theme)
	default:
		p, ok := t.use.(interface{ Press(action keys.Action) bool })
		return ok && p.Press(action)
	}
	return true
}

// leave closes the text: it is kept, unless it is one to give up. One that is not a value is given
// up at the second time of asking.
func (t *Text) leave(warned bool) {
	if t.GivesUp {
		t.m.Close()
		return
	}
	err := t.m.Commit()
	switch {
	case err == nil:
	case warned:
		t.m.Close()
	default:
		t.warned = true
		t.m.Say(bars.Bad, err.Error()+", esc again gives it up")
	}
}

// changed tells the panel that the text was changed.
func (t *Text) changed() {
	if p, ok := t.use.(interface{ Typed() }); ok {
		p.Typed()
	}
}

// Keys is the table of the text.
func (t *Text) Keys() []keys.Map { return []keys.Map{t.Table} }

// Capturing says that letters are text.
func (t *Text) Capturing() bool { return !t.Reading }

// Commit keeps the text. One that came back as it was changes nothing.
func (t *Text) Commit() error {
	now := t.Ed.Text()
	if t.Reading || now.Same(t.first) || now.Len() == t.first.Len() && now.Equal(t.first.Bytes()) {
		t.m.Close()
		return nil
	}
	return t.use.Keep(now.Bytes())
}

// Force keeps the text, whatever it is.
func (t *Text) Force() {
	if !t.Reading {
		t.use.KeepAnyway(t.Ed.Text().Bytes())
	}
}

// Inner is the current text.
func (t *Text) Inner() (Inner, bool) { return Inner{t.Place, t.Ed.Text()}, !t.Reading }

// InnerAt is the node that it belongs to.
func (t *Text) InnerAt() (path tree.Path, name, ok bool) {
	if t.Reading || t.Absent {
		return nil, false, false
	}
	return t.Path, t.Name, true
}

// Restore puts a text that was typed before over the one that is there.
func (t *Text) Restore(_ Place, text []byte) {
	t.Ed.SetText(text)
	t.Ed.GoToOffset(len(text))
	t.changed()
}

// SetTheme changes the looks.
func (t *Text) SetTheme(th *theme.Theme) { t.Ed.SetStyles(bars.EditorStyles(th)) }
