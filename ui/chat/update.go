package chat

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/term"
)

// Update takes a key, a paste, the wheel, or the result of a command of its own. Keys that it does
// not know are its user's.
func (m *Model) Update(msg tea.Msg) (used bool, cmd tea.Cmd) {
	defer m.settled()
	switch msg := msg.(type) {
	case tea.KeyMsg:
		m.news = nil
		return m.key(msg)
	case term.PasteMsg:
		m.news = nil
		return m.paste(msg)
	case tea.MouseMsg:
		return m.wheel(msg), nil
	case textMsg:
		if w, ok := m.panel.(*waiting); ok && w == msg.of {
			w.finish(m, msg)
		}
		return true, nil
	case filterMsg:
		if m.list == nil || m.list.token != msg.token {
			return true, nil
		}
		return true, m.lookOn()
	case find.Msg:
		if used, cmd = m.reported(msg); used {
			return true, cmd
		}
	}
	if o, ok := m.panel.(*nested); ok {
		return o.update(m, msg)
	}
	return false, nil
}

// settled lays out and draws what a message made of the window.
func (m *Model) settled() {
	if m.panel != nil {
		m.arrange()
		m.reveal()
	}
	m.settle()
}

func (m *Model) key(msg tea.KeyMsg) (bool, tea.Cmd) {
	switch {
	case m.list != nil:
		return m.listKey(msg)
	case m.find.Asking():
		return m.findKey(msg)
	case m.panel != nil:
		return m.panel.key(m, msg)
	case msg.Type == tea.KeyEsc && m.find.End():
		return true, nil
	}
	action := keys.Chat.Action(msg.String())
	switch action {
	case "":
		return false, nil
	case keys.AddMessage, keys.InsertMessage:
		if m.editable() {
			m.add(action == keys.AddMessage)
		}
		return true, nil
	case keys.Undo, keys.Redo:
		m.travelled(action == keys.Undo)
		return true, nil
	case keys.Markdown:
		m.rendered = !m.rendered
		m.forget()
		return true, nil
	}
	if m.count() == 0 {
		m.say(bars.Info, m.invitation())
		return true, nil
	}
	if m.walk(action) {
		return true, nil
	}
	if used, cmd := m.search(action); used {
		return true, cmd
	}
	if cmd, ok := m.show(action); ok {
		return true, cmd
	}
	if m.editable() {
		return true, m.act(action)
	}
	return true, nil
}

func (m *Model) travelled(back bool) {
	if !m.editable() {
		return
	}
	word := "nothing to redo here"
	if back {
		word = "nothing to undo here"
	}
	if !m.travel(back) {
		m.say(bars.Info, word)
	}
}

// walk moves the cursor; false when the action is another.
func (m *Model) walk(action keys.Action) bool {
	switch action {
	case keys.Up:
		m.up()
	case keys.Down:
		m.down()
	case keys.PageUp:
		m.page(-1)
	case keys.PageDown:
		m.page(1)
	case keys.Top:
		m.at, m.top = stop{}, place{}
	case keys.Bottom:
		m.at = m.end()
		m.top, _ = m.shift(m.tail(m.at), 1-m.h)
	case keys.NextMessage:
		if i := m.at.message + 1; i < m.count() {
			m.jump(i)
		} else {
			m.at = m.end()
			m.reveal()
		}
	case keys.PrevMessage:
		i := m.at.message
		if m.at.part == 0 {
			i = max(i-1, 0)
		}
		m.jump(i)
	default:
		return false
	}
	return true
}

// jump puts a message at the top of the window, or as near to it as the end allows.
func (m *Model) jump(i int) {
	m.at = stop{i, 0}
	m.top = m.topOf(m.at)
	if m.h > 0 && m.w > 0 {
		m.settleTop()
	}
}

// down goes to the next part, once the last row of this one is in sight.
func (m *Model) down() {
	last, _ := m.shift(m.top, m.h-1)
	if next, ok := m.below(last); ok && last.stop == m.at && next.stop == m.at {
		m.scroll(1)
		return
	}
	if s, ok := m.behind(m.at); ok {
		m.at = s
		m.reveal()
	}
}

// up goes to the part before, once the first row of this one is in sight.
func (m *Model) up() {
	if prev, ok := m.above(m.top); ok && m.top.stop == m.at && prev.stop == m.at {
		m.scroll(-1)
		return
	}
	s, ok := m.ahead(m.at)
	if !ok {
		return
	}
	m.at = s
	m.revealTail()
}

// revealTail shows the end of a part that was entered from below.
func (m *Model) revealTail() {
	tail := m.tail(m.at)
	if _, ok := m.until(m.top, tail, m.h); ok && !m.before(m.topOf(m.at), m.top) {
		return
	}
	if _, rows := m.foot(m.topOf(m.at)); rows < m.h {
		m.reveal()
		return
	}
	if m.before(tail, m.top) || m.top.stop == m.at {
		m.top, _ = m.shift(tail, 1-m.h)
	}
}

// page moves the window by a screen, one row of which stays in sight, and the cursor with it.
func (m *Model) page(by int) {
	n := max(m.h-1, 1)
	gone := m.scroll(by * n)
	switch {
	case gone >= n:
		m.follow(by)
	case by > 0:
		m.at = m.end()
	default:
		m.at = stop{}
	}
}

// follow brings the cursor into the window: to the part nearest to where it was.
func (m *Model) follow(by int) {
	bottom, _ := m.shift(m.top, m.h-1)
	switch {
	case by > 0 && m.before(place{stop: m.at, at: 1 << 62}, m.top):
		m.at = m.top.stop
		if s, ok := m.behind(m.at); ok && !m.before(bottom, m.head(s)) && m.before(m.head(m.at), m.top) {
			m.at = s
		}
	case by < 0 && m.before(bottom, m.head(m.at)):
		m.at = bottom.stop
	}
}

// show is what can be done with a value that nobody may change; ok is false for any other action.
func (m *Model) show(action keys.Action) (cmd tea.Cmd, ok bool) {
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
	case keys.SaveImage:
		return m.save(), true
	case keys.Copy:
		return m.copyPart(), true
	case keys.CopyPlace:
		return m.copyPlace(), true
	default:
		return nil, false
	}
	return nil, true
}

// act edits.
func (m *Model) act(action keys.Action) tea.Cmd {
	switch action {
	case keys.Edit:
		return m.edit()
	case keys.ChooseRole:
		m.chooseRole()
	case keys.AddPart:
		m.addMenu()
	case keys.DeletePart:
		m.delete()
	case keys.DuplicateMessage:
		if m.single {
			m.say(bars.Info, "this value is one message")
			return nil
		}
		m.duplicate()
	case keys.MoveUp:
		m.move(-1)
	case keys.MoveDown:
		m.move(1)
	case keys.SplitMessage:
		m.split()
	case keys.JoinMessages:
		m.joinNext()
	case keys.ArgumentsText:
		if p := m.part(); p.kind == arguments && p.node.Kind() == jsonraw.String {
			return m.openText(p)
		}
		m.say(bars.Info, "the cursor is on no arguments")
	}
	return nil
}

// paste gives pasted text to what is being typed in.
func (m *Model) paste(msg term.PasteMsg) (bool, tea.Cmd) {
	if m.find.Asking() {
		return m.findKey(msg)
	}
	switch p := m.panel.(type) {
	case *typing:
		return p.ed.Update(msg), nil
	case *nested:
		return p.update(m, msg)
	}
	if m.list != nil {
		return true, m.pasteList(msg)
	}
	return false, nil
}

// wheel scrolls the window, or the text that is edited.
func (m *Model) wheel(msg tea.MouseMsg) bool {
	switch p := m.panel.(type) {
	case *typing:
		return p.ed.Update(msg)
	case *nested:
		used, _ := p.update(m, msg)
		return used
	}
	switch by := term.Wheel(msg); {
	case by == 0:
		return false
	case m.list != nil:
		m.list.cursor += by * term.WheelRows
	case m.count() > 0:
		m.scroll(by * term.WheelRows)
		m.follow(by)
	}
	return true
}
