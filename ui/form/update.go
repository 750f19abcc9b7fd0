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
// gives what the form wants of its owner: a ReviewMsg, ReloadMsg, StepMsg, HistoryMsg, CompleteMsg,
// SkipMsg or BackMsg, nil if it wants nothing.
func (m *Model) Update(msg tea.Msg) (cmd tea.Cmd, want tea.Msg) {
	m.want = nil
	cmd = m.handle(msg)
	m.takeRubric()
	_, covered := m.want.(ReviewMsg)
	return tea.Batch(cmd, m.settle(covered)), m.want
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
	case term.ClickMsg:
		return m.click(msg)
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
	case thereMsg:
		return m.there(msg)
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

// foundIn takes what a search has found: that of the log, or one within the open editor.
func (m *Model) foundIn(msg find.Msg) tea.Cmd {
	used, cmd := m.search.report(msg)
	switch {
	case used:
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
	if m.o.Annotating != nil {
		if cmd, used := m.annotateKey(msg); used {
			return cmd
		}
	}
	if asked, in, ok := m.asksToReplace(msg); ok {
		m.replace(asked, in)
		return nil
	}
	switch {
	case m.noting != nil:
		m.noteKey(msg)
		return nil
	case m.replacing.IsOpen():
		return m.replacingKey(msg)
	case m.search.prompt != nil:
		return m.search.key(msg)
	case m.asking != nil:
		cmd, ends := m.asking.key(msg)
		if ends {
			m.asking = nil
		}
		return cmd
	case m.judging != nil:
		return m.judgingKey(msg)
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

// paste gives pasted text to what is being typed in. If nothing is, it is not taken for keys.
func (m *Model) paste(msg term.PasteMsg) tea.Cmd {
	switch {
	case m.typesLine(), m.finds():
		return m.lineTakes(msg)
	case m.judging != nil && m.judging.ed != nil:
		m.judging.input(msg)
	case m.built != nil:
		_, cmd := m.structureTakes(msg)
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

// wheel scrolls what is under the pointer: in the list it moves the cursor, but while a value is
// open beside it, it looks along the fields.
func (m *Model) wheel(msg tea.MouseMsg) {
	overList := m.parts.Wide && m.parts.List.Has(msg.X, msg.Y)
	switch {
	case overList && m.paneHasKeys():
		m.top = max(min(m.top+term.WheelRows*term.Wheel(msg), len(m.rows)-m.parts.List.H), 0)
	case overList:
		m.step(term.Wheel(msg))
	case m.judging != nil:
		m.judging.wheel(msg)
	case m.edit != nil:
		m.edit.ed.Update(msg)
	case m.fill != nil:
		m.fill.move(term.Wheel(msg))
	case m.built != nil:
		m.built.st.Update(msg)
	case m.looking() != nil:
		m.looking().Update(msg)
	case (m.paneHasKeys() || m.parts.Wide) && m.pane != nil:
		m.pane.Update(msg)
	default:
		m.step(term.Wheel(msg))
	}
}
