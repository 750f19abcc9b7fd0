package outline

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/term"
)

// Update takes a key, a paste, the wheel, or the result of a command of this outline. It tells
// whether it used the message; keys that it does not know are its owner's.
func (m *Model) Update(msg tea.Msg) (used bool, cmd tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		m.news = bars.News{}
		return m.key(msg)
	case term.PasteMsg:
		m.news = bars.News{}
		return m.paste(msg)
	case tea.MouseMsg:
		return m.wheel(msg)
	case indexedMsg:
		if msg.to == m {
			m.indexed(msg)
		}
		return msg.to == m, nil
	case textMsg:
		if msg.to == m {
			m.textReady(msg)
		}
		return msg.to == m, nil
	case find.Msg:
		return m.reported(msg)
	}
	return false, nil
}

func (m *Model) key(msg tea.KeyMsg) (used bool, cmd tea.Cmd) {
	switch {
	case m.find.Asking():
		return m.findKey(msg)
	case m.menu:
		m.menuKey(msg)
		return m.do(nil)
	case m.inner != nil:
		return m.innerKey(msg), nil
	case msg.Type == tea.KeyEsc && m.find.End():
		return true, nil
	}
	table := keys.Outline
	if m.o.ReadOnly {
		table = keys.OutlineReading
	}
	action := table.Action(msg.String())
	if action == "" {
		if m.o.ReadOnly && keys.Outline.Action(msg.String()) != "" {
			m.say(bars.Warning, "nothing can be changed here")
			return true, nil
		}
		return false, nil
	}
	if m.move(action) {
		return m.do(nil)
	}
	if used, cmd := m.search(action); used {
		return true, cmd
	}
	if cmd, known := m.look(action); known {
		return m.do(cmd)
	}
	return m.change(action)
}

// move carries out a key that moves the cursor.
func (m *Model) move(action keys.Action) bool {
	by, ok := action.Steps(m.rows(), m.h-2)
	switch action {
	case keys.HalfUp:
		by, ok = -max(m.h/2, 1), true
	case keys.HalfDown:
		by, ok = max(m.h/2, 1), true
	}
	m.row += by
	return ok
}

// look carries out a key that changes what is seen, not the value. The key that edits a value opens
// its editor.
func (m *Model) look(action keys.Action) (cmd tea.Cmd, known bool) {
	s, ok := m.spot(m.row)
	switch action {
	case keys.Edit:
		if !ok && !m.o.ReadOnly {
			m.add(action)
			return nil, true
		}
		return m.enter(s), true
	case keys.Toggle:
		if m.toggled(s) {
			return nil, true
		}
		return m.turn(s), true
	case keys.Unfold:
		return m.right(s), true
	case keys.Fold:
		m.left(s)
	case keys.FoldLevel:
		return m.level(s), true
	case keys.Copy:
		return m.copyValue(s), true
	case keys.SaveImage:
		return m.save(s), true
	case keys.NodePath:
		if !ok {
			return nil, true
		}
		path := JSONPath(m.root, s.path())
		return term.Copy(path, path), true
	default:
		return nil, false
	}
	return nil, true
}

// change carries out a key that changes the value.
func (m *Model) change(action keys.Action) (used bool, cmd tea.Cmd) {
	switch action {
	case keys.NodeAdd, keys.NodeInsert, keys.NodeInside:
		m.add(action)
	case keys.NodeDelete:
		m.remove()
	case keys.NodeTwin:
		m.twin()
	case keys.NodeUp:
		m.shift(-1)
	case keys.NodeDown:
		m.shift(1)
	case keys.NodeRename:
		m.rename()
	case keys.NodeRetype:
		_, m.menu = m.spot(m.row)
	case keys.Undo:
		return m.Undo(), nil
	case keys.Redo:
		return m.Redo(), nil
	}
	return m.do(nil)
}

// copyValue copies the node under the cursor: a string's text, anything else as JSON.
func (m *Model) copyValue(s spot) tea.Cmd {
	if s.node == nil {
		return nil
	}
	if s.node.Size() >= large {
		m.say(bars.Warning, "not copied: too long ("+figure.Size(s.node.Size())+")")
		return nil
	}
	what := JSONPath(m.root, s.path())
	if text, ok := s.node.Text(); ok {
		return term.Copy(what, text)
	}
	return term.Copy(what, string(s.node.Bytes()))
}

// innerKey is a key while an inner editor is open.
func (m *Model) innerKey(msg tea.KeyMsg) (used bool) {
	in := m.inner
	warned := in.warn
	in.warn = false
	if !in.ed.Pending() {
		switch in.keys().Action(msg.String()) {
		case keys.Accept:
			m.keep()
			return true
		case keys.Close:
			in.warn = warned
			m.leave()
			return true
		case keys.LineBreak:
			if in.isText() {
				in.ed.Insert("\n")
				m.promote()
			}
			return true
		case keys.Literally:
			m.keepAsString()
			return true
		case keys.Search:
			m.find.OpenText(in.ed, m.o.Theme)
			m.arrange()
			return true
		}
	}
	used = in.ed.Update(msg)
	if used {
		m.promote()
	}
	return used
}

// keep is Commit for a key: it says what is wrong.
func (m *Model) keep() {
	if err := m.Commit(); err != nil {
		m.say(bars.Bad, err.Error())
	}
}

// leave closes the inner editor: a value's text is kept, one that is no value given up at the
// second time of asking, and a line that makes something new, or a name, is given up.
func (m *Model) leave() {
	in := m.inner
	if in.what == entering || in.what == naming {
		m.close()
		m.arrange()
		return
	}
	err := m.Commit()
	switch {
	case err == nil:
	case in.warn:
		m.close()
		m.arrange()
	default:
		in.warn = true
		m.say(bars.Bad, err.Error()+", esc again gives it up")
	}
}

// promote gives a string that has outgrown its row the lines below.
func (m *Model) promote() {
	in := m.inner
	if in.block || !in.isText() {
		return
	}
	if in.measure(m, in.ed.Text().Bytes()); in.block {
		m.arrange()
	}
}

func (m *Model) paste(msg term.PasteMsg) (used bool, cmd tea.Cmd) {
	if m.find.Asking() {
		return m.findKey(msg)
	}
	if m.inner == nil || !m.inner.ed.Update(msg) {
		return false, nil
	}
	m.inner.warn = false
	m.promote()
	return true, nil
}

func (m *Model) wheel(msg tea.MouseMsg) (used bool, cmd tea.Cmd) {
	if m.inner != nil {
		return m.inner.block && m.inner.ed.Update(msg), nil
	}
	notch := term.Wheel(msg)
	if notch == 0 {
		return false, nil
	}
	m.row += notch * term.WheelRows
	return m.do(nil)
}
