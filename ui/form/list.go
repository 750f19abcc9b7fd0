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

// draw gives the rows that are in the window, each exactly as wide as the list.
func (l *fieldList) draw() []string {
	lines := make([]string, 0, l.parts.List.H)
	for i := l.top; i < len(l.rows) && len(lines) < l.parts.List.H; i++ {
		lines = append(lines, l.line(i))
	}
	for len(lines) < l.parts.List.H {
		lines = append(lines, strings.Repeat(" ", l.parts.List.W))
	}
	return lines
}

// line draws one row: the cursor's mark, the state's mark, the label, the value's first words.
func (l *fieldList) line(i int) string {
	r, w := l.rows[i], l.parts.List.W
	switch r.kind {
	case headingRow:
		return l.th.Heading.Render(sanitize.Fit(r.text, w))
	case totalRow:
		return l.th.Faint.Render(sanitize.Fit("   "+l.total(r.group), w))
	case noteRow:
		return l.th.Faint.Render(sanitize.Fit(sanitize.Line("   "+r.text, w), w))
	}
	label := l.th.Label
	pointer := " "
	if i == l.cursor {
		pointer, label = l.th.Title.Render("▸"), l.th.Title
	}
	room := w - 3 - labelWidth - 1
	text, style := l.previewOf(i, room)
	return pointer + l.mark(r) + " " + label.Render(sanitize.Fit(sanitize.Line(r.label(), labelWidth), labelWidth)) + " " +
		style.Render(text) + strings.Repeat(" ", max(room-sanitize.Width(text), 0))
}

// label is what the form calls the row.
func (r row) label() string {
	switch {
	case r.field != nil:
		return r.field.Label
	case r.of != nil:
		return r.of.is.Title()
	}
	return r.member.Name
}

// mark is the cell that tells the state of a row. The row of the open editor stays as it was, as
// its preview does.
func (l *fieldList) mark(r row) string {
	switch {
	case r.of != nil && l.decision(r.of) != nil:
		return l.th.Changed.Render("●")
	case r.of != nil && l.locked(r) == "":
		return " "
	case r.field == nil:
		return l.th.Faint.Render("·")
	}
	edit := l.edited(r.field)
	if s := l.editing(); s != nil && s.field == r.field {
		edit = s.before
	}
	switch {
	case edit != nil && edit.Err != nil:
		return l.th.Error.Render("!")
	case edit != nil:
		return l.th.Changed.Render("●")
	case l.changes.Base().Locked(r.field) != "":
		return l.th.Faint.Render("·")
	default:
		return " "
	}
}

// previewOf is the safe preview of a row and its look. While a value is being edited its row stays
// as it was, so that a typed character costs no more on the line than itself.
func (l *fieldList) previewOf(i, room int) (string, lipgloss.Style) {
	v, r := l.value(i), l.rows[i]
	style := l.th.Text
	if !v.IsSet() {
		style = l.th.Faint
	}
	text, ok := l.texts[i]
	if !ok {
		words, plain := preview(r.field, v)
		if r.of != nil {
			words, plain = l.says(r.of), true
		}
		if !plain && v.IsSet() && v.Kind() == '"' {
			style = l.th.Faint
		}
		if edit, changed := l.changes.Edit(r.field); r.field != nil && changed && edit.Err != nil {
			words = edit.Text[:min(len(edit.Text), previewBytes)]
		}
		text = sanitize.Line(words, 120)
		l.texts[i] = text
	}
	return fitted(r.field, text, room), style
}

// total is the line under a group that sums it up.
func (l *fieldList) total(g model.Group) string {
	if l.totals == nil {
		t := l.changes.Totals()
		l.totals = &t
	}
	if g == model.Timing {
		return pad("duration", orDash(l.totals.Duration, " s"))
	}
	return pad("total", orDash(figure.Thousands(l.totals.Tokens), " tokens")+" · "+orDash(units.Dollars(l.totals.Cost), ""))
}

func pad(label, value string) string { return sanitize.Fit(label, labelWidth) + " " + value }

func orDash(value, unit string) string {
	if value == "" {
		return "–"
	}
	return value + unit
}
