package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/keys"
)

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
			m.sums = nil
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

// judgingKey gives a key to the judgment that is being made; one that ends it may be the form's.
func (m *Model) judgingKey(msg tea.KeyMsg) tea.Cmd {
	ends, action := m.judging.key(msg)
	if !ends {
		return nil
	}
	m.judging = nil
	switch action {
	case keys.Review:
		m.review()
	case keys.NextField, keys.PrevField:
		m.from = Place{}
		return m.tab(msg)
	}
	m.comesBack()
	return nil
}

// leave carries out a key that closes the editor, once what is there was read.
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

// structureKey gives a key to the structure first; what it does not know may be the form's. If
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
	case keys.Narrower, keys.Wider:
		return m.act(action)
	case "":
		if key := msg.String(); m.built.st.Root() == nil && (key == "{" || key == "[") {
			cmd = m.leave(keys.AsText, msg)
			if m.edit != nil {
				cmd = tea.Batch(cmd, m.editorKey(msg))
			}
			return cmd
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
