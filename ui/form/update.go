package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/rows"
	"errata/ui/term"
)

// Update takes a message: a key, a paste, the wheel, or the result of a command of the form. It
// gives what the form wants of its owner: a ReviewMsg, ReloadMsg, StepMsg, HistoryMsg or BackMsg, nil
// where it wants nothing.
func (m *Model) Update(msg tea.Msg) (cmd tea.Cmd, want tea.Msg) {
	m.want = nil
	cmd = m.handle(msg)
	return tea.Batch(cmd, m.settle()), m.want
}

func (m *Model) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		m.hush()
		return m.key(msg)
	case term.PasteMsg:
		m.hush()
		return m.paste(msg)
	case tea.MouseMsg:
		m.wheel(msg)
	case openedMsg:
		return m.ready(msg)
	case readMsg:
		cmd, key := m.read(msg)
		if key != nil {
			cmd = tea.Batch(cmd, m.handle(key))
		}
		return cmd
	case restMsg:
		return m.rested(msg)
	case parsedMsg:
		return m.parsed(msg)
	case sourceMsg:
		m.sourceReady(msg)
	case hitsMsg:
		return m.search.found(msg)
	case wroteMsg:
		m.wrote(msg)
	case editedMsg:
		return m.returned(msg)
	case rows.SaveMsg:
		m.asking = ask(m.fieldList, "the "+msg.Kind, fileName(msg.Name), msg.Data)
	case term.CopiedMsg:
		m.Say(bars.Copied(msg))
	case find.Msg:
		return m.foundIn(msg)
	default: // of a command of the structure that is open
		if m.built != nil {
			_, cmd := m.structureTakes(msg)
			return cmd
		}
		_, cmd := m.lookingTakes(msg)
		return cmd
	}
	return nil
}

// foundIn takes what a search within the open editor has found.
func (m *Model) foundIn(msg find.Msg) (cmd tea.Cmd) {
	switch {
	case m.edit != nil:
		_, cmd = m.edit.find.Update(msg)
	case m.built != nil:
		_, cmd = m.structureTakes(msg)
	default:
		_, cmd = m.lookingTakes(msg)
	}
	return cmd
}

// key routes a key: to the search prompt, the editor, the pane, or the list.
func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	switch {
	case m.search.prompt != nil:
		return m.search.key(msg)
	case m.asking != nil:
		cmd, ends := m.asking.key(msg)
		if ends {
			m.asking = nil
		}
		return cmd
	case m.edit != nil:
		return m.editorKey(msg)
	case m.fill != nil:
		if m.fill.key(msg) {
			m.fill = nil
		}
		return nil
	case m.built != nil:
		return m.structureKey(msg)
	case m.looking() != nil:
		return m.lookingKey(msg)
	case m.reading || m.diff && !m.parts.Wide:
		return m.readingKey(msg)
	default:
		return m.listKey(msg)
	}
}

// editorKey gives a key to the editor first; what it does not know may be the form's.
func (m *Model) editorKey(msg tea.KeyMsg) tea.Cmd {
	s := m.edit
	if s.find.IsOpen() {
		if used, cmd := s.find.Key(msg); used {
			return cmd
		}
		s.find.Close()
	}
	if !s.ed.Pending() {
		switch action := keys.Editor.Action(msg.String()); action {
		case keys.Close, keys.NextField, keys.PrevField, keys.Review:
			return m.leave(action, msg)
		}
		if keys.Find.Action(msg.String()) == keys.Search {
			s.find.Open(s.ed, m.th)
			return nil
		}
		if s.single && m.singleKey(msg) {
			m.totals = nil
			return m.typed()
		}
		if m.edit == nil {
			return nil
		}
	}
	if s.ed.Update(msg) {
		return m.typed()
	}
	return nil
}

// leave carries out a key that closes the editor, once what stands there was read.
func (m *Model) leave(action keys.Action, msg tea.KeyMsg) tea.Cmd {
	if cmd, wait := m.readFirst(msg); wait {
		return cmd
	}
	switch action {
	case keys.Close:
		m.Commit()
	case keys.NextField, keys.PrevField:
		return m.tab(msg)
	case keys.Review:
		m.review()
	case keys.AsText:
		m.Commit()
		return m.open(true)
	case keys.Write:
		m.Commit()
		return m.act(action)
	}
	return nil
}

// structureKey gives a key to the structure first; what it does not know may be the form's. Where
// there is no value yet, a bracket begins its JSON text.
func (m *Model) structureKey(msg tea.KeyMsg) tea.Cmd {
	used, cmd := m.structureTakes(msg)
	if used {
		return cmd
	}
	table := keys.Structure
	if m.built.st.Capturing() {
		table = keys.Inner
	}
	switch action := table.Action(msg.String()); action {
	case keys.External:
		return m.externalNode()
	case "":
		if key := msg.String(); m.built.st.Root() == nil && (key == "{" || key == "[") {
			return tea.Batch(m.leave(keys.AsText, msg), m.key(msg))
		}
	default:
		m.commitInner()
		return m.leave(action, msg)
	}
	return nil
}

// singleKey is what the form does in an editor of one line: enter keeps the text, and a number or a
// choice steps.
func (m *Model) singleKey(msg tea.KeyMsg) (used bool) {
	if m.edit.aided(msg.String(), m.now()) {
		return true
	}
	switch keys.LineEditor.Action(msg.String()) {
	case keys.Accept:
		m.Commit()
	case keys.Up:
		return m.edit.nudge(-1)
	case keys.Down:
		return m.edit.nudge(1)
	}
	return false
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

// readingKey is a key while the pane is being read.
func (m *Model) readingKey(msg tea.KeyMsg) tea.Cmd {
	if m.pane != nil && m.pane.Update(msg) {
		return nil
	}
	switch action := keys.Reading.Action(msg.String()); action {
	case keys.Close:
		m.reading, m.diff = false, false
		return nil
	case "":
		return nil
	case keys.NextField, keys.PrevField:
		return m.tab(msg)
	default:
		return m.act(action)
	}
}

// listKey is a key while the list has them.
func (m *Model) listKey(msg tea.KeyMsg) tea.Cmd {
	action := keys.Form.Action(msg.String())
	if by, ok := action.Steps(len(m.rows), m.parts.List.H-2); ok {
		m.step(by)
		return nil
	}
	switch action {
	case keys.NextField, keys.PrevField:
		return m.tab(msg)
	case keys.ScrollUp:
		m.scrollPane("pgup")
	case keys.ScrollDown:
		m.scrollPane("pgdown")
	case "":
		if msg.String() == "esc" {
			m.diff = false
			m.search.clear()
		}
	default:
		return m.act(action)
	}
	return nil
}

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
		m.onField(m.null)
	case keys.Revert:
		m.onField(m.revert)
	case keys.Undo:
		m.goTo(m.undo())
	case keys.Redo:
		m.goTo(m.redo())
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
	case keys.CopyAll:
		return m.copyLog()
	case keys.NextLog, keys.PrevLog, keys.Back:
		m.part()
		m.want = leaving[action]
	case keys.Reload:
		m.want = ReloadMsg{}
	case keys.Review:
		m.review()
	case keys.History:
		m.want = HistoryMsg{}
	}
	return nil
}

// leaving is what a key that leaves the log asks for.
var leaving = map[keys.Action]tea.Msg{keys.NextLog: StepMsg{1}, keys.PrevLog: StepMsg{-1}, keys.Back: BackMsg{}}

// review asks for the review, unless there is nothing to send or a text is no value yet.
func (m *Model) review() {
	m.Commit()
	m.CollectSaved()
	switch {
	case m.o.ReadOnly != "":
		m.Say(bars.News{Level: bars.Warning, Text: m.o.ReadOnly})
	case m.Fix():
	case len(m.changes.Changed()) == 0:
		m.Say(bars.News{Text: "nothing to send: no field differs from what was fetched"})
	default:
		m.want = ReviewMsg{}
	}
}

// paste gives pasted text to what is being typed in. Where nothing is, it is not taken for keys.
func (m *Model) paste(msg term.PasteMsg) tea.Cmd {
	switch {
	case m.search.prompt != nil:
		m.search.prompt.Update(msg)
	case m.asking != nil:
		m.asking.prompt.Update(msg)
	case m.built != nil:
		_, cmd := m.structureTakes(msg)
		return cmd
	case m.edit != nil && m.edit.find.IsOpen():
		_, cmd := m.edit.find.Key(msg)
		return cmd
	case m.edit != nil:
		if m.edit.ed.Update(msg) {
			return m.typed()
		}
	default:
		if used, cmd := m.lookingTakes(msg); used {
			return cmd
		}
		m.Say(bars.News{Level: bars.Warning, Text: "nothing is being edited: enter opens the value, then paste"})
	}
	return nil
}

// wheel scrolls what is under the pointer.
func (m *Model) wheel(msg tea.MouseMsg) {
	inPane := m.editing() != nil || m.reading || m.parts.Wide && msg.X >= m.parts.Pane.X
	switch {
	case m.edit != nil:
		m.edit.ed.Update(msg)
	case m.fill != nil:
		m.fill.move(term.Wheel(msg))
	case m.built != nil:
		m.built.st.Update(msg)
	case m.looking() != nil:
		m.looking().Update(msg)
	case inPane && m.pane != nil:
		m.pane.Update(msg)
	default:
		m.step(term.Wheel(msg))
	}
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
	if m.o.ReadOnly != "" {
		m.Say(bars.News{Level: bars.Warning, Text: m.o.ReadOnly})
		return
	}
	m.fill, m.diff = newFillMenu(m.fieldList), false
}
