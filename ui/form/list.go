package form

import (
	"strings"

	"errata/ui/bars"
	"errata/ui/sanitize"
)

// labelWidth is the cells of the label column.
const labelWidth = 17

// namesWidth is the width of a list that shows only names.
const namesWidth = 3 + labelWidth + 1

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
		return l.sumLine(r.sum, w)
	case noteRow:
		return l.th.Faint.Render(sanitize.Fit(sanitize.Line("   "+r.text, w), w))
	}
	label := l.th.Label
	pointer := " "
	if i == l.cursor {
		pointer, label = l.th.Title.Render("▸"), l.th.Title
	}
	name := pointer + l.mark(r) + " " + label.Render(sanitize.Fit(sanitize.Line(r.label(), labelWidth), labelWidth))
	room := w - 3 - labelWidth - 1
	if room <= 0 {
		return name + strings.Repeat(" ", max(w-3-labelWidth, 0))
	}
	return name + " " + bars.Bar(room, l.words(i, room), nil)
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
