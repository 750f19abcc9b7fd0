package outline

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/model/tree"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/rows"
	"errata/ui/term"
)

// Receive takes the result of a command of the outline, the wheel, and a click on a row.
func (m *view) Receive(msg tea.Msg) (used bool, cmd tea.Cmd) {
	switch msg := msg.(type) {
	case tea.MouseMsg:
		notch := term.Wheel(msg)
		m.row += notch * term.WheelRows
		return notch != 0, nil
	case term.ClickMsg:
		list := layout.Rect{W: m.w, H: m.listHeight()}
		row, ok := list.Row(msg.X, msg.Y, m.top, 1, m.rows())
		if ok {
			m.row = row
		}
		return ok, nil
	case indexedMsg:
		if msg.to == m {
			m.indexed(msg)
		}
		return msg.to == m, nil
	}
	return false, nil
}

// Do carries out a key.
func (m *view) Do(action keys.Action) (used bool, cmd tea.Cmd) {
	if m.move(action) {
		return true, nil
	}
	if cmd, known := m.look(action); known {
		return true, cmd
	}
	m.change(action)
	return true, nil
}

// move carries out a key that moves the cursor.
func (m *view) move(action keys.Action) bool {
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
func (m *view) look(action keys.Action) (cmd tea.Cmd, known bool) {
	e := edits{m}
	s, ok := m.spot(m.row)
	switch action {
	case keys.Edit:
		if !ok && !m.Options().ReadOnly {
			e.add(action)
			return nil, true
		}
		return m.enter(s), true
	case keys.Toggle:
		if e.toggled(s) {
			return nil, true
		}
		return m.turn(s), true
	case keys.Unfold:
		return m.right(s), true
	case keys.Fold:
		m.left(s)
	case keys.FoldLevel:
		return m.level(s), true
	default:
		return nil, false
	}
	return nil, true
}

// change carries out a key that changes the value.
func (m *view) change(action keys.Action) {
	e := edits{m}
	switch action {
	case keys.NodeAdd, keys.NodeInsert, keys.NodeInside:
		e.add(action)
	case keys.NodeDelete:
		e.remove()
	case keys.NodeTwin:
		e.twin()
	case keys.NodeUp:
		e.shift(-1)
	case keys.NodeDown:
		e.shift(1)
	case keys.NodeRename:
		e.rename()
	case keys.NodeRetype:
		if _, ok := m.spot(m.row); ok {
			m.Open(&types{rows.Question{Of: m.Model, Table: keys.OutlineType}, m})
		}
	}
}

// Copied is the node under the cursor.
func (m *view) Copied() (what string, n *tree.Node) {
	s, _ := m.spot(m.row)
	return rows.JSONPath(m.Root(), m.At()), s.node
}

// Held is the picture, sound or file under the cursor.
func (m *view) Held() (d media.Data, name, why string) {
	s, _ := m.spot(m.row)
	d, ok := s.data()
	if !ok {
		return d, "", "there is no image, sound or file under the cursor"
	}
	return d, d.Kind + d.Suffix(), ""
}

// data is what the string of a node is, if it is a picture, a sound or a file.
func (s *spot) data() (media.Data, bool) {
	if s.node == nil || s.node.Kind() != jsonraw.String {
		return media.Data{}, false
	}
	name, _, _ := s.name()
	return media.Of(name, s.node.Bytes())
}
