package chat

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/rows"
	"errata/ui/term"
)

// Receive takes the wheel, which scrolls the window, and a click on a part.
func (m *view) Receive(msg tea.Msg) (used bool, cmd tea.Cmd) {
	switch msg := msg.(type) {
	case tea.MouseMsg:
		by := term.Wheel(msg)
		if by != 0 && m.count() > 0 {
			m.Scroll(by * term.WheelRows)
			m.follow(by)
		}
		return by != 0, nil
	case term.ClickMsg:
		return m.point(msg.Y), nil
	case filterMsg: // of a list that was closed
		return true, nil
	}
	return false, nil
}

// Do carries out a key.
func (m *view) Do(action keys.Action) (used bool, cmd tea.Cmd) {
	switch action {
	case keys.AddMessage, keys.InsertMessage:
		edits{m}.add(action == keys.AddMessage)
		return true, nil
	case keys.Markdown:
		m.rendered = !m.rendered
		m.forget()
		return true, nil
	}
	switch {
	case m.count() == 0:
		m.Say(bars.Info, m.invitation())
	case m.walk(action), m.show(action):
	default:
		return true, m.act(action)
	}
	return true, nil
}

// show carries out a key that changes what is seen, not the value.
func (m *view) show(action keys.Action) (known bool) {
	switch action {
	case keys.ListMessages:
		m.openList()
	case keys.TurnFold:
		m.turn()
	case keys.FoldMessage:
		m.setFold(m.at.message, shut)
	case keys.UnfoldMessage:
		m.setFold(m.at.message, open)
	case keys.FoldAll:
		m.foldAll()
	default:
		return false
	}
	return true
}

// act carries out a key that changes the value.
func (m *view) act(action keys.Action) tea.Cmd {
	e := edits{m}
	switch action {
	case keys.Edit:
		return e.edit()
	case keys.ChooseRole:
		e.chooseRole()
	case keys.AddPart:
		e.addMenu()
	case keys.DeletePart:
		e.delete()
	case keys.DuplicateMessage:
		e.duplicate()
	case keys.MoveUp:
		e.move(-1)
	case keys.MoveDown:
		e.move(1)
	case keys.SplitMessage:
		e.split()
	case keys.JoinMessages:
		e.joinNext()
	case keys.ArgumentsText:
		if p := m.part(); p.kind == arguments && p.node.Kind() == jsonraw.String {
			return e.openText(p)
		}
		m.Say(bars.Info, "the cursor is on no arguments")
	}
	return nil
}

// Reopen opens the text of a place.
func (m *view) Reopen(at rows.Place) {
	path, rest, _ := at.Split()
	n, ok := m.Node(path)
	if !ok || m.count() == 0 || !m.single && len(path) == 0 {
		return
	}
	m.GoTo(path)
	e, rel, p := edits{m}, m.rel(path), m.part()
	switch sign, _ := at.Sign(); {
	case sign == rows.Within:
		e.openJSON(&part{kind: p.kind, path: rel, edit: rel, node: n})
		if _, ok := m.Panel().(*nested); !ok {
			m.close()
		}
	case rest == "" && n.Kind() == jsonraw.String:
		e.openText(&part{kind: p.kind, path: p.path, edit: rel, node: n})
	case rest != "" && n.Kind() == jsonraw.Object:
		e.openMember(rel, rest)
	}
}
