package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/term"
)

// click selects the field that is clicked on in the list, a double click edits it. In the pane it
// goes to what is open there, on the strip it says what a digit would. While a line is typed at the
// foot, the rest is not to be clicked.
func (m *Model) click(c term.ClickMsg) tea.Cmd {
	onStrip := m.o.Annotating != nil && c.Y == m.parts.Header.H-1
	at, onRow := m.parts.List.Row(c.X, c.Y, m.top, 1, len(m.rows))
	switch {
	case m.parts.TooSmall:
		return nil
	case m.typesLine(), m.finds() && m.parts.Status.Has(c.X, c.Y):
		return m.lineTakes(c.In(0, m.parts.Status.Y))
	case onStrip:
		return m.clickAway(c, func() tea.Cmd {
			if !c.Double { // the first of the two has said it
				m.clickStrip(c.X)
			}
			return nil
		})
	case m.parts.Pane.Has(c.X, c.Y) && (m.parts.Wide || m.paneHasKeys()):
		m.hush()
		m.strip = -1
		return m.clickPane(c)
	case !onRow || !m.rows[at].stop():
		return nil
	}
	return m.clickAway(c, func() tea.Cmd { return m.clickRow(at, c.Double) })
}

// typesLine reports whether a line is typed at the foot while the rest waits.
func (m *Model) typesLine() bool {
	return m.replacing.IsOpen() || m.search.prompt != nil || m.asking != nil || m.noting != nil
}

// finds reports whether the line of a search in the open editor is typed there.
func (m *Model) finds() bool { return m.edit != nil && m.edit.find.IsOpen() }

// lineTakes gives the line that is typed at the foot a paste, or a click as seen from there. It
// does nothing where none is typed.
func (m *Model) lineTakes(msg tea.Msg) (cmd tea.Cmd) {
	switch {
	case m.replacing.IsOpen():
		return m.replacingKey(msg)
	case m.search.prompt != nil:
		m.search.prompt.Update(msg)
	case m.asking != nil:
		m.asking.prompt.Update(msg)
	case m.noting != nil:
		m.noteInput(msg)
	case m.finds():
		_, cmd = m.edit.find.Key(msg)
	}
	return cmd
}

// clickPane gives a click to what is open in the pane; a double click on a value that is only shown
// edits it.
func (m *Model) clickPane(c term.ClickMsg) (cmd tea.Cmd) {
	pane := m.parts.Pane
	in := c.In(pane.X, pane.Y+paneHeader)
	switch {
	case m.judging != nil:
		m.clickJudging(in)
	case m.finds():
	case m.edit != nil:
		if m.edit.ed.Update(in) {
			return m.typed()
		}
	case m.fill != nil:
		m.fill.click(in)
	case m.built != nil:
		_, cmd = m.structureTakes(in)
	case m.looking() != nil:
		_, cmd = m.lookingTakes(in)
	case c.Double:
		return m.act(keys.Edit)
	}
	return cmd
}

// clickAway keeps and closes what is open, as a key would that goes on to another field, and then
// does what the click is for.
func (m *Model) clickAway(c term.ClickMsg, do func() tea.Cmd) tea.Cmd {
	m.hush()
	if m.built != nil {
		m.commitInner()
	}
	if m.editing() != nil {
		if cmd, wait := m.readFirst(c); wait {
			return cmd
		}
	}
	m.Commit()
	m.fill, m.strip = nil, -1
	return do()
}

// clickRow puts the cursor on a row of the list.
func (m *Model) clickRow(at int, double bool) tea.Cmd {
	if at != m.cursor {
		m.cursor, m.diff = at, false
	}
	if double {
		return m.act(keys.Edit)
	}
	return nil
}

// click puts the cursor of the menu on a fill-in; a double click marks it.
func (menu *fillMenu) click(c term.ClickMsg) {
	list := layout.Rect{W: menu.parts.Pane.W, H: menu.parts.Pane.H - paneHeader}
	at, ok := list.Row(c.X, c.Y, menu.topmost(menu.parts.Pane.H), fillRows, len(menu.list))
	if !ok {
		return
	}
	menu.at = at
	if c.Double {
		menu.mark()
	}
}

// clickJudging puts the cursor into the number or the text that is judged with, or on an option; a
// double click chooses that one, or marks it where several can be chosen.
func (m *Model) clickJudging(c term.ClickMsg) {
	j := m.judging
	if j.ed != nil {
		j.ed.Update(c)
		return
	}
	list := layout.Rect{W: m.parts.Pane.W, H: j.optionRows()}
	at, ok := list.Row(c.X, c.Y, j.top, 1, len(j.options))
	if !ok {
		return
	}
	j.at = at
	switch {
	case c.Double && j.several():
		j.options[at].marked = !j.options[at].marked
	case c.Double:
		j.choose()
		m.judging = nil
		m.comesBack()
	}
}
