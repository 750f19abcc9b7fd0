package form

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/model"
	"errata/model/figure"
	"errata/ui/sanitize"
	"errata/ui/units"
)

// labelWidth is the cells of the label column.
const labelWidth = 17

// list draws the rows that are in the window, each exactly as wide as the list.
func (m *Model) list() []string {
	lines := make([]string, 0, m.parts.List.H)
	for i := m.top; i < len(m.rows) && len(lines) < m.parts.List.H; i++ {
		lines = append(lines, m.line(i))
	}
	for len(lines) < m.parts.List.H {
		lines = append(lines, strings.Repeat(" ", m.parts.List.W))
	}
	return lines
}

// line draws one row: the cursor's mark, the state's mark, the label, the value's first words.
func (m *Model) line(i int) string {
	r, w := m.rows[i], m.parts.List.W
	switch r.kind {
	case headingRow:
		return m.th.Heading.Render(sanitize.Fit(r.text, w))
	case totalRow:
		return m.th.Faint.Render(sanitize.Fit("   "+m.total(r.group), w))
	}
	label := m.th.Label
	pointer := " "
	if i == m.cursor {
		pointer, label = m.th.Title.Render("▸"), m.th.Title
	}
	room := w - 3 - labelWidth - 1
	text, style := m.previewOf(i, room)
	return pointer + m.mark(r) + " " + label.Render(sanitize.Fit(sanitize.Line(r.label(), labelWidth), labelWidth)) + " " +
		style.Render(text) + strings.Repeat(" ", max(room-sanitize.Width(text), 0))
}

// label is what the form calls the row.
func (r row) label() string {
	if r.field != nil {
		return r.field.Label
	}
	return r.member.Name
}

// mark is the cell that tells the state of a row. The row of the open editor stays as it was, as
// its preview does.
func (m *Model) mark(r row) string {
	if r.field == nil {
		return m.th.Faint.Render("·")
	}
	edit := m.edited(r.field)
	if s := m.editing(); s != nil && s.field == r.field {
		edit = s.before
	}
	switch {
	case edit != nil && edit.Err != nil:
		return m.th.Error.Render("!")
	case edit != nil:
		return m.th.Changed.Render("●")
	case m.changes.Base().Locked(r.field) != "":
		return m.th.Faint.Render("·")
	default:
		return " "
	}
}

// previewOf is the safe preview of a row and its look. While a value is being edited its row stays
// as it was, so that a typed character costs no more on the line than itself.
func (m *Model) previewOf(i, room int) (string, lipgloss.Style) {
	v, r := m.value(i), m.rows[i]
	style := m.th.Text
	if !v.IsSet() {
		style = m.th.Faint
	}
	text, ok := m.texts[i]
	if !ok {
		words, plain := preview(r.field, v)
		if !plain && v.IsSet() && v.Kind() == '"' {
			style = m.th.Faint
		}
		if edit, changed := m.changes.Edit(r.field); r.field != nil && changed && edit.Err != nil {
			words = edit.Text[:min(len(edit.Text), previewBytes)]
		}
		text = sanitize.Line(words, 120)
		m.texts[i] = text
	}
	return fitted(r.field, text, room), style
}

// total is the line under a group that sums it up.
func (m *Model) total(g model.Group) string {
	if m.totals == nil {
		t := m.changes.Totals()
		m.totals = &t
	}
	if g == model.Timing {
		return pad("duration", orDash(m.totals.Duration, " s"))
	}
	return pad("total", orDash(figure.Thousands(m.totals.Tokens), " tokens")+" · "+orDash(units.Dollars(m.totals.Cost), ""))
}

func pad(label, value string) string { return sanitize.Fit(label, labelWidth) + " " + value }

func orDash(value, unit string) string {
	if value == "" {
		return "–"
	}
	return value + unit
}
