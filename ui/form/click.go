package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/term"
)

// click selects the field that is clicked on in the list, a double click edits it. In the pane it
// goes to what is open there. While a line is typed at the foot, the rest is not to be clicked.
func (m *Model) click(c term.ClickMsg) tea.Cmd {
	switch {
	case m.parts.TooSmall, m.replacing.IsOpen(), m.search.prompt != nil, m.asking != nil, m.noting != nil, m.strip >= 0:
		return nil
	case m.parts.Pane.Has(c.X, c.Y) && (m.parts.Wide || m.paneHasKeys()):
		m.hush()
		return m.clickPane(c)
	}
	at, ok := m.parts.List.Row(c.X, c.Y, m.top, 1, len(m.rows))
	if !ok || !m.rows[at].stop() {
		return nil
	}
	m.hush()
	return m.clickRow(at, c)
}

// clickPane gives a click to what is open in the pane; a double click on a value that is only shown
// edits it.
func (m *Model) clickPane(c term.ClickMsg) (cmd tea.Cmd) {
	pane := m.parts.Pane
	in := c.In(pane.X, pane.Y+paneHeader)
	switch {
	case m.judging != nil:
		if m.judging.ed != nil {
			m.judging.ed.Update(in)
		}
	case m.edit != nil && m.edit.find.IsOpen():
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

// clickRow puts the cursor on a row of the list; what is open is kept and closed first, as a key
// would that goes on to another field.
func (m *Model) clickRow(at int, c term.ClickMsg) tea.Cmd {
	if m.built != nil {
		m.commitInner()
	}
	if m.editing() != nil {
		if cmd, wait := m.readFirst(c); wait {
			return cmd
		}
	}
	m.Commit()
	m.fill = nil
	if at != m.cursor {
		m.cursor, m.diff = at, false
	}
	if c.Double {
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
