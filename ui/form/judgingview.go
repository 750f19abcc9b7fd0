package form

import (
	"strings"

	"errata/model/judgment"
	"errata/ui/bars"
	"errata/ui/layout"
	"errata/ui/sanitize"
)

// optionRows is the lines of the options or of the editor: those that are needed, and no more than
// half of the pane.
func (m *judging) optionRows() int {
	room := max((m.parts.Pane.H-paneHeader)/2, 1)
	switch {
	case m.number():
		return 1
	case m.ed != nil:
		return room
	}
	return min(len(m.options), room)
}

// fit fits the parts to the pane.
func (m *judging) fit() {
	rows := m.optionRows()
	m.top = layout.Scroll(m.top, m.at, len(m.options), rows, 0)
	if m.ed != nil {
		m.ed.SetSize(m.parts.Pane.W, rows)
	}
	m.aside.SetSize(m.parts.Pane.W, max(m.parts.Pane.H-paneHeader-rows-paneFooter, 0))
}

// paint changes the looks.
func (m *judging) paint() {
	if m.ed != nil {
		m.ed.SetStyles(bars.EditorStyles(m.th))
	}
	m.aside.SetTheme(m.judgmentSource(m.of), m.th)
}

// lines draws the judgment that is being made in a pane of w by h cells.
func (m *judging) lines(w, h int) []string {
	title := []bars.Piece{{Text: m.of.name(), Style: m.th.Title}}
	lines := []string{
		bars.Head(w, m.th, true, title, []bars.Piece{{Text: "judging ", Style: m.th.Changed}}),
		m.th.Faint.Render(sanitize.Line("wants "+wants(m.of.is.Spec), w)),
	}
	rows := m.optionRows()
	if m.ed != nil {
		lines = append(lines, strings.Split(m.ed.View(), "\n")...)
	}
	for i := m.top; i < min(m.top+rows, len(m.options)); i++ {
		lines = append(lines, m.line(i, w))
	}
	lines = bars.Fill(lines, paneHeader+rows)
	lines = append(lines, m.th.Error.Render(sanitize.Line(m.wrong, w)))
	if rest := h - len(lines); rest > 0 {
		lines = append(lines, strings.Split(m.aside.View(), "\n")...)
	}
	return bars.Fill(lines, h)
}

// line is one option: the cursor's mark, its name, and what it means in words.
func (m *judging) line(i, w int) string {
	o := m.options[i]
	style := inValence(m.th, o.valence)
	pieces := []bars.Piece{bars.Point(m.th, i == m.at), {Text: " "}}
	mark := bars.Choice(m.th, o.marked)
	if m.several() {
		mark = bars.Box(m.th, o.marked)
	}
	pieces = append(pieces, mark, bars.Piece{Text: o.name, Style: style})
	if o.valence != judgment.Neutral {
		pieces = append(pieces, bars.Piece{Text: "  " + string(o.valence), Style: m.th.Muted})
	}
	return bars.Row(w, m.th, i == m.at, pieces, nil)
}
