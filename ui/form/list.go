package form

import (
	"strings"

	"errata/ui/bars"
	"errata/ui/sanitize"
	"errata/ui/theme"
)

// labelWidth is the cells of the label column.
const labelWidth = 17

// namesWidth is the width of a list that shows only names.
const namesWidth = leadWidth + labelWidth + 1

// leadWidth is the cells ahead of a label: the pointer and the sign, with a blank behind either.
const leadWidth = 4

// draw gives the rows that are in the window, each exactly w cells wide. The row under the cursor
// is a bar while the list has the keys.
func (l *fieldList) draw(w int, hasKeys bool) []string {
	lines := make([]string, 0, l.parts.List.H)
	for i := l.top; i < len(l.rows) && len(lines) < l.parts.List.H; i++ {
		lines = append(lines, l.line(i, w, hasKeys))
	}
	for len(lines) < l.parts.List.H {
		lines = append(lines, strings.Repeat(" ", w))
	}
	return lines
}

// drawAlone draws the list without a pane beside it; where rows are hidden, with their place at the
// end.
func (l *fieldList) drawAlone() []string {
	w, h := l.parts.List.W, l.parts.List.H
	if len(l.rows) <= h {
		return l.draw(w, true)
	}
	column := bars.ScrollEnd(l.th, l.top, h, len(l.rows))
	return bars.Columns(l.draw(w-1, true), column, make([]string, h))
}

// line draws one row: the cursor's mark, the state's mark, the label, the value's first words.
func (l *fieldList) line(i, w int, hasKeys bool) string {
	r := l.rows[i]
	switch r.kind {
	case headingRow:
		return l.th.Heading.Render(sanitize.Fit(r.text, w))
	case totalRow:
		return l.sumLine(r.sum, w)
	case noteRow:
		return l.th.Faint.Render(sanitize.Fit(sanitize.Line(strings.Repeat(" ", leadWidth)+r.text, w), w))
	}
	label := l.th.Label
	if i == l.cursor {
		label = l.th.Title
	}
	mark := l.mark(r)
	row := []bars.Piece{
		bars.Point(l.th, i == l.cursor), {Text: " "}, bars.Sign(l.th, mark), {Text: " " + sanitize.Fit(sanitize.Line(r.label(), labelWidth), labelWidth), Style: label},
	}
	if room := w - namesWidth; room > 0 {
		row = append(append(row, bars.Piece{Text: " "}), l.words(i, room)...)
	}
	return bars.Row(w, l.th, hasKeys && i == l.cursor, row, bars.Said(l.th, mark))
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

// mark is the sign that tells the state of a row. The row of the open editor stays as it was, as
// its preview does.
func (l *fieldList) mark(r row) theme.SignName {
	switch {
	case r.of != nil && l.decision(r.of) != nil:
		return theme.Changed
	case r.of != nil && l.locked(r) == "":
		return theme.NoSign
	case r.field == nil:
		return theme.Locked
	}
	edit := l.edited(r.field)
	if s := l.editing(); s != nil && s.field == r.field {
		edit = s.before
	}
	switch {
	case edit != nil && edit.Err != nil:
		return theme.Invalid
	case edit != nil:
		return theme.Changed
	case l.changes.Base().Locked(r.field) != "":
		return theme.Locked
	default:
		return theme.NoSign
	}
}
