package browse

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/term"
)

// click selects the log, or the choice, that is clicked on; a double click opens it. A click on the
// title of a column sorts by it.
func (m *Model) click(c term.ClickMsg) tea.Cmd {
	m.news.Text = ""
	p := m.parts()
	switch {
	case p.tooSmall:
	case m.picker != nil:
		return m.clickChoice(c, p.body)
	case m.chooser != nil:
		m.clickColumn(c, p.body)
	case m.line != nil:
		m.line.in.Update(c.In(0, p.status.Y))
	case p.head.Has(c.X, c.Y):
		m.sortBy(p.grid.under(c.X))
	default:
		at, ok := p.rows.Row(c.X, c.Y, m.top, p.grid.lines(), len(m.rows))
		if !ok {
			return nil
		}
		m.onDrafts, m.cursor = false, at
		if c.Double {
			return m.act(keys.Open)
		}
	}
	return nil
}

// clickChoice puts the cursor of a picker on a choice; a double click takes it.
func (m *Model) clickChoice(c term.ClickMsg, body layout.Rect) tea.Cmd {
	if m.picker.in.Update(c.In(0, body.Y)) {
		return nil
	}
	list, above := m.choices(), 1+len(m.readingPrompts(body.W))
	r := layout.Rect{Y: body.Y + above, W: body.W, H: body.H - above}
	at, ok := r.Row(c.X, c.Y, m.picker.top, 1, len(list))
	if !ok {
		return nil
	}
	m.picker.cursor = at
	if c.Double {
		m.picker = nil
		return list[at].take()
	}
	return nil
}

// clickColumn puts the cursor on a column that can be chosen; a double click shows it, or leaves it
// out.
func (m *Model) clickColumn(c term.ClickMsg, body layout.Rect) {
	if m.chooser.in != nil {
		m.chooser.in.Update(c.In(0, body.Y))
		return
	}
	r := layout.Rect{Y: body.Y + 1, W: body.W, H: body.H - 1}
	at, ok := r.Row(c.X, c.Y, m.chooser.top, 1, len(m.chooser.list))
	if !ok {
		return
	}
	m.chooser.cursor = at
	if c.Double {
		m.turn()
	}
}

// under is the column whose title is at a cell, "" for none.
func (g *grid) under(x int) string {
	x -= g.lead
	for i := range g.first {
		if x >= 0 && x <= g.first[i].width {
			return g.first[i].Name
		}
		x -= g.first[i].width + 1
	}
	return ""
}

// sortBy sorts by a column, or as the server gives the rows where they are sorted so already.
func (m *logList) sortBy(name string) {
	list := m.orders()
	at := slices.IndexFunc(list, func(o order) bool { return o.by == name })
	switch {
	case at < 0 || name == "":
		return
	case m.order != nil && m.order.by == name:
		m.sortFromTop("")
	default:
		m.sortFromTop(list[at].words)
	}
}
