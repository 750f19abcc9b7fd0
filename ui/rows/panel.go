package rows

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/tree"
	"errata/ui/editor"
	"errata/ui/keys"
)

// Panel is what is open within the rows and has the keys: a text that is typed, a choice, a part
// that is edited as JSON. It may also have
//
//	SetTheme(th *theme.Theme)                  // its looks
//	Inner() (Inner, bool)                      // the text that is typed in it
//	InnerAt() (path tree.Path, name, ok bool)  // the node of that text
//	Restore(at Place, text []byte)             // it opens that text again
//	Travel(back bool) bool                     // undo and redo are its own
//	Force()                                    // it keeps what Commit refused
//	Waiting() bool                             // a text is read in it
//	Interrupt() bool                           // it gives up what is under way in it
type Panel interface {
	// Update takes a key, a paste, the wheel, a click as seen from the first cell of the rows, or
	// the result of a command of its own.
	Update(msg tea.Msg) (used bool, cmd tea.Cmd)
	Keys() []keys.Map
	// Capturing reports whether letters are text, or answer it.
	Capturing() bool
	// Commit keeps what is open and closes it. The error says why it cannot; it stays open then.
	Commit() error
}

// Question is a panel without a text to keep, such as a choice: letters answer it, and leaving
// closes it. A view embeds it.
type Question struct {
	Of    *Model // the editor that it is open in
	Table keys.Map
}

// Keys is the table of the question.
func (q Question) Keys() []keys.Map { return []keys.Map{q.Table} }

// Capturing says that letters answer it.
func (q Question) Capturing() bool { return true }

// Commit closes it.
func (q Question) Commit() error {
	q.Of.Close()
	return nil
}

// Panel is what is open, nil for nothing.
func (m *Model) Panel() Panel { return m.panel }

// Open gives the keys to a panel.
func (m *Model) Open(p Panel) { m.panel = p }

// Close gives the keys back to the rows. What is open is given up.
func (m *Model) Close() { m.panel = nil }

// Commit keeps the text that is being typed and closes it. The error says why the text is not a
// value; then it stays open.
func (m *Model) Commit() error {
	defer m.view.Arrange()
	m.find.Close()
	if w, ok := m.panel.(*waiting); ok {
		m.ready(w.read())
	}
	if m.panel == nil {
		return nil
	}
	return m.panel.Commit()
}

// Force puts a text that Commit refused into the value all the same and closes its editor, for
// somebody who leaves: the value may then be no JSON, or have a name twice. It is to be kept as a
// text; the editor is of no use any more.
func (m *Model) Force() {
	p := m.panel
	m.Close()
	if p, ok := p.(interface{ Force() }); ok {
		p.Force()
	}
	m.past = history{}
	m.view.Renew()
	m.view.Arrange()
}

// Inner is a text that is being typed, and where it belongs.
type Inner struct {
	Place Place
	Text  editor.Text
}

// Inner is the text that is being typed; ok is false when none is.
func (m *Model) Inner() (in Inner, ok bool) {
	if p, has := m.panel.(interface{ Inner() (Inner, bool) }); has {
		return p.Inner()
	}
	return Inner{}, false
}

// InnerAt is the node whose text is being typed; name says that it is the node's name. ok is false
// when nothing is typed, or something that is not a node yet.
func (m *Model) InnerAt() (path tree.Path, name, ok bool) {
	if p, has := m.panel.(interface {
		InnerAt() (path tree.Path, name, ok bool)
	}); has {
		return p.InnerAt()
	}
	return nil, false, false
}

// Restore opens the text of a place with what was typed before in it, the node's own text beneath
// it for undo. A place that is not there, or that holds something else now, is ignored.
func (m *Model) Restore(at Place, text []byte) {
	defer m.view.Arrange()
	if _, _, ok := at.Split(); !ok || m.o.ReadOnly {
		return
	}
	m.view.Reopen(at)
	if w, ok := m.panel.(*waiting); ok {
		m.ready(w.read())
	}
	if p, ok := m.panel.(interface{ Restore(at Place, text []byte) }); ok {
		p.Restore(at, text)
	}
}
