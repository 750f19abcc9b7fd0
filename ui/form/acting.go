package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
)

// act carries out what a key does wherever it was pressed.
func (m *Model) act(action keys.Action) tea.Cmd {
	switch action {
	case keys.Edit:
		return m.open(false)
	case keys.AsText:
		return m.open(true)
	case keys.Read:
		m.reading, m.diff = true, false
	case keys.Null:
		m.onRow(m.null, m.takeBack)
	case keys.Revert:
		m.onRow(m.revert, m.unsay)
	case keys.Undo:
		m.goTo(m.takesBack())
	case keys.Redo:
		m.goTo(m.redo())
	case keys.Again:
		m.again()
	case keys.Difference:
		m.diff = !m.diff
	case keys.FillIn:
		m.openFill()
	case keys.External:
		return m.external()
	case keys.Write:
		m.asking = askWrite(m.fieldList)
	case keys.Search:
		m.search.open()
	case keys.NextHit:
		return m.search.walk(1)
	case keys.PrevHit:
		return m.search.walk(-1)
	case keys.Copy:
		return m.copyValue()
	case keys.CopyPath:
		return m.copyPath()
	case keys.CopyAll:
		return m.copyLog()
	case keys.NextLog, keys.PrevLog, keys.Back:
		m.leaveExternal()
		m.want = leaving[action]
	case keys.Reload:
		m.want = ReloadMsg{}
	case keys.Review:
		m.review()
	case keys.History:
		m.want = HistoryMsg{}
	case keys.Narrower:
		m.shift(-layout.DividerStep)
	case keys.Wider:
		m.shift(layout.DividerStep)
	}
	return nil
}

// leaving is what a key that leaves the log asks for.
var leaving = map[keys.Action]tea.Msg{keys.NextLog: StepMsg{1}, keys.PrevLog: StepMsg{-1}, keys.Back: BackMsg{}}

// review asks for the review, unless there is nothing to send or a text is not a value yet.
func (m *Model) review() {
	m.Commit()
	saved, _ := m.collectSaved()
	switch {
	case waits(saved.err): // it is said
	case m.refusesEdits():
	case m.Fix():
	case len(m.changes.Changed()) == 0 && len(m.said) == 0:
		m.Say(bars.News{Text: "nothing to send: no field differs from what was fetched"})
	default:
		m.want = ReviewMsg{}
	}
}

// tab keeps the text and goes on: an editor opens again on the next field if one was open.
func (m *Model) tab(msg tea.KeyMsg) tea.Cmd {
	editing := m.editing() != nil
	m.Commit()
	by := 1
	if msg.String() == "shift+tab" {
		by = -1
	}
	from := m.cursor
	m.step(by)
	if editing && m.cursor != from && m.rows[m.cursor].kind == fieldRow && m.locked(m.rows[m.cursor]) == "" {
		news := m.news
		cmd := m.open(false)
		if m.news.Text == "" {
			m.news = news
		}
		return cmd
	}
	return nil
}

// scrollPane scrolls the value beside the list.
func (m *Model) scrollPane(key string) {
	if m.pane == nil || !m.parts.Wide {
		return
	}
	kind := tea.KeyPgUp
	if key == "pgdown" {
		kind = tea.KeyPgDown
	}
	m.pane.Update(tea.KeyMsg{Type: kind})
}

// openFill opens the list of what could be filled in.
func (m *Model) openFill() {
	if m.refusesEdits() {
		return
	}
	m.fill, m.diff = newFillMenu(m.fieldList), false
}
