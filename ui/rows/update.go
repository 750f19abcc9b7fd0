package rows

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/term"
)

// Update takes a key, a paste, the wheel, or the result of a command of this editor. It reports
// whether it used the message; keys that it does not know are its owner's.
func (m *Model) Update(msg tea.Msg) (used bool, cmd tea.Cmd) {
	defer m.view.Arrange()
	switch msg := msg.(type) {
	case tea.KeyMsg:
		m.news = bars.News{}
		return m.key(msg)
	case term.PasteMsg:
		m.news = bars.News{}
		if m.find.Asking() {
			return m.findKey(msg)
		}
	case term.ClickMsg:
		m.news = bars.News{}
		return m.click(msg)
	case textMsg:
		if used = m.ready(msg); used {
			return true, nil
		}
	case find.Msg:
		if used, cmd = m.reported(msg); used {
			return true, cmd
		}
	}
	if m.panel != nil {
		return m.panel.Update(msg)
	}
	return m.view.Receive(msg)
}

// click puts the cursor on what is clicked on, or into the text that is typed. A double click does
// what the key for editing does.
func (m *Model) click(c term.ClickMsg) (used bool, cmd tea.Cmd) {
	switch {
	case m.find.Asking(): // in its line, which is the last one
		return m.findKey(c.In(0, m.h-1))
	case m.typed() != nil:
		ed := m.typed().Ed
		x, y, ok := m.view.Caret()
		inX, inY, seen := ed.Cursor()
		return ok && seen && ed.Update(c.In(x-inX, y-inY)), nil
	case m.panel != nil:
		return m.panel.Update(c)
	}
	if c.Double && m.pointed && m.table().Of(keys.Edit).Do == keys.Edit {
		return m.act(keys.Edit) // where the first click was: the rows may have moved since
	}
	m.pointed, cmd = m.view.Receive(c)
	return m.pointed, cmd
}

func (m *Model) key(msg tea.KeyMsg) (used bool, cmd tea.Cmd) {
	switch {
	case m.find.Asking():
		return m.findKey(msg)
	case m.panel != nil:
		return m.panel.Update(msg)
	case msg.Type == tea.KeyEsc && m.find.End():
		return true, nil
	}
	action := m.table().Action(msg.String())
	if action != "" {
		return m.act(action)
	}
	if editing, _ := m.view.Tables(); m.o.ReadOnly && editing.Action(msg.String()) != "" {
		m.Say(bars.Warning, "nothing can be changed here")
		return true, nil
	}
	return false, nil
}

// act carries out a key: what every view has, and what this one has besides.
func (m *Model) act(action keys.Action) (used bool, cmd tea.Cmd) {
	switch action {
	case keys.Search, keys.NextHit, keys.PrevHit:
		return true, m.search(action)
	case keys.Undo:
		return m.travelled(m.Undo(), "nothing to undo here"), nil
	case keys.Redo:
		return m.travelled(m.Redo(), "nothing to redo here"), nil
	case keys.Copy:
		return true, m.copyNode()
	case keys.CopyPath:
		return true, m.copyPath()
	case keys.SaveImage:
		return true, m.save()
	}
	return m.view.Do(action)
}

func (m *Model) travelled(gone bool, otherwise string) (used bool) {
	if !gone {
		m.Say(bars.Info, otherwise)
	}
	return true
}

// Interrupt gives up the reading of a text, or stops a search that is under way. It reports whether
// there was one.
func (m *Model) Interrupt() bool {
	defer m.view.Arrange()
	if p, ok := m.panel.(interface{ Interrupt() bool }); ok && p.Interrupt() {
		return true
	}
	stopped := m.find.Stop()
	m.hear()
	return stopped
}
