package history

import (
	"strings"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/layout"
	"errata/ui/sanitize"
)

// The lines of the screen beside rows and changes: the header, and in the body the titles and the
// rule below the rows.
const (
	headerLines = 1
	bodyLines   = 2
)

// fewest is the rows that the list has room for at least, for what is said where it has none.
const fewest = 6

// rows is the height of the list: as many as there are entries, those that a filter leaves out
// among them, so that nothing moves while one filters; two fifths of the body at most.
func (m *Model) rows() int {
	laid := max(min((m.parts.List.H-bodyLines)*2/5, max(len(m.records), fewest)), 0)
	return m.o.Divider.Across(m.parts.List.Y+1, m.parts.List.H-1, laid) // below the titles
}

// Rule is where the rule between rows and changes is.
func (m *Model) Rule() layout.Rect { return m.parts.Crossing(m.paneTop() - 1) }

// Divide puts the rule into a line, 0 for where the layout puts it.
func (m *Model) Divide(line int) {
	*m.o.Divider = layout.Divider(line)
	m.SetSize(m.w, m.h)
}

// paneTop is the first line of the changes.
func (m *Model) paneTop() int { return m.parts.List.Y + bodyLines + m.rows() }

func (m *Model) paneHeight() int { return max(m.parts.List.H-bodyLines-m.rows(), 0) }

// View draws the screen, exactly as large as its window.
func (m *Model) View() string {
	if m.parts.TooSmall {
		return bars.TooSmall(m.w, m.h)
	}
	lines := append([]string{m.header()}, m.list()...)
	lines = bars.Fill(lines, m.paneTop()-1)
	lines = append(lines, bars.Across(m.w, m.th))
	lines = append(lines, strings.Split(m.detail.pane.View(), "\n")...)
	lines = bars.Fill(lines, m.h-2)
	return strings.Join(append(lines, m.status(), bars.Hints(m.w, m.th, m.Keys()...)), "\n")
}

// Cursor is the cell of the terminal's cursor: where the filter is typed.
func (m *Model) Cursor() (x, y int, ok bool) {
	if m.prompt == nil || m.parts.TooSmall {
		return 0, 0, false
	}
	_, x = m.prompt.View(promptLabel, m.w)
	return x, m.parts.Status.Y, true
}

// header says what is listed and how much of it is here.
func (m *Model) header() string {
	left := []bars.Piece{{Text: "History", Style: m.th.Title}}
	if m.filter != "" && m.prompt == nil {
		left = append(left, bars.Piece{Text: "  filter " + m.filter, Style: m.th.Info})
	}
	left = append(left, bars.Piece{Text: "  " + m.o.Title, Style: m.th.Text}, bars.Piece{Text: "  " + m.o.Server, Style: m.th.Muted})
	return bars.Bar(m.w, left, []bars.Piece{{Text: m.count(), Style: m.th.Muted}})
}

// count says how many entries are here.
func (m *Model) count() string {
	n := figure.Int(len(m.records))
	if m.filter != "" {
		n = figure.Int(len(m.shown)) + " of " + n
	}
	switch {
	case len(m.records) == 0:
		return ""
	case !m.done:
		return n + " read"
	case len(m.records) == 1:
		return n + " entry"
	}
	return n + " entries"
}

// list is the titles and the rows, or why there are none.
func (m *Model) list() []string {
	if len(m.shown) == 0 {
		lines := []string{""}
		for i, text := range m.blank() {
			style := m.th.Muted
			if i == 0 {
				style = m.th.Text
			}
			lines = append(lines, style.Render(sanitize.Line("  "+text, m.w)))
		}
		return lines
	}
	c := m.columns()
	lines := []string{m.th.Heading.Render(c.head())}
	for i := m.top; i < min(m.top+m.rows(), len(m.shown)); i++ {
		lines = append(lines, m.line(m.records[m.shown[i]], c, i == m.cursor))
	}
	return lines
}

// blank says why there are no rows, and what to do.
func (m *Model) blank() []string {
	switch {
	case !m.done:
		return []string{"reading …"}
	case len(m.records) == 0:
		return []string{
			"nothing has been sent yet", "",
			"What is sent after a review (ctrl+s in a form) stands here, with old and",
			"new of each field, and u takes it back.",
		}
	default:
		return []string{"no entry is like that; esc lists everything again", "", "A filter is words of an id, a field or an outcome, such as: output refused"}
	}
}

// status is the news line, or the filter while it is typed.
func (m *Model) status() string {
	if m.prompt != nil {
		line, _ := m.prompt.View(promptLabel, m.w)
		return line
	}
	return bars.Status(m.w, m.th, m.news)
}
