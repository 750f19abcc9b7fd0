package form

import (
	"errata/model"
	"errata/ui/bars"
	"errata/ui/layout"
)

// rowKind says what a row of the list is.
type rowKind int

const (
	headingRow rowKind = iota
	fieldRow
	totalRow
	envelopeRow
)

// row is one line of the list. Fields and envelope members are stops of the cursor.
type row struct {
	kind   rowKind
	text   string // a heading
	group  model.Group
	field  *model.Field
	member model.EnvelopeMember
}

func (r row) stop() bool { return r.kind == fieldRow || r.kind == envelopeRow }

// makeRows lists the rows of a log: the groups with their fields and totals, then the locked
// envelope.
func makeRows(log *model.Log) []row {
	var rows []row
	var group model.Group
	for _, f := range model.Form() {
		if f.Group != group {
			rows = closeGroup(rows, group)
			group = f.Group
			rows = append(rows, row{kind: headingRow, text: group.String()})
		}
		rows = append(rows, row{kind: fieldRow, field: f})
	}
	rows = closeGroup(rows, group)
	envelope := log.Envelope()
	if len(envelope) > 0 {
		rows = append(rows, row{kind: headingRow, text: "Envelope (locked)"})
	}
	for _, member := range envelope {
		rows = append(rows, row{kind: envelopeRow, member: member})
	}
	return rows
}

// closeGroup appends what stands at the end of a group.
func closeGroup(rows []row, group model.Group) []row {
	if group == model.Usage || group == model.Timing {
		rows = append(rows, row{kind: totalRow, group: group})
	}
	return rows
}

// fieldList is the rows of the log, and the cursor among them.
type fieldList struct {
	*sheet
	rows   []row
	cursor int            // index into rows, always at a stop
	top    int            // the first row shown
	texts  map[int]string // by row: the preview, kept until the value changes
	totals *model.Totals  // kept until a value changes
}

// Field is the field under the cursor, nil on a row of the envelope.
func (l *fieldList) Field() *model.Field { return l.rows[l.cursor].field }

// relist lists the rows of another reading of the log, the cursor where it was.
func (l *fieldList) relist() {
	l.rows = makeRows(l.changes.Base())
	l.cursor = min(l.cursor, len(l.rows)-1)
	for !l.rows[l.cursor].stop() {
		l.cursor++
	}
}

// forget drops everything derived from values.
func (l *fieldList) forget() { l.texts, l.totals = map[int]string{}, nil }

// touch drops what was derived from the value of a row.
func (l *fieldList) touch(row int) {
	delete(l.texts, row)
	l.totals = nil
}

// value is what a row holds now.
func (l *fieldList) value(i int) model.Value {
	r := l.rows[i]
	switch r.kind {
	case fieldRow:
		return l.changes.Value(r.field)
	case envelopeRow:
		return r.member.Value
	default:
		return model.Absent
	}
}

// name is the wire name of a row's member.
func (r row) name() string {
	if r.field != nil {
		return r.field.Name
	}
	return r.member.Name
}

// rowOf is the row of a field.
func (l *fieldList) rowOf(f *model.Field) int {
	for i := range l.rows {
		if l.rows[i].field == f {
			return i
		}
	}
	return l.cursor
}

// moveTo puts the cursor on a row.
func (l *fieldList) moveTo(i int) {
	if i != l.cursor {
		l.cursor, l.diff = i, false
	}
	l.scroll()
}

// step moves the cursor by n stops, no further than the ends.
func (l *fieldList) step(n int) {
	i, last := l.cursor, l.cursor
	for n != 0 {
		if n > 0 {
			i++
		} else {
			i--
		}
		if i < 0 || i >= len(l.rows) {
			break
		}
		if !l.rows[i].stop() {
			continue
		}
		last = i
		if n > 0 {
			n--
		} else {
			n++
		}
	}
	l.moveTo(last)
}

// scroll keeps the cursor, and the heading above the first row, in the window.
func (l *fieldList) scroll() {
	l.top = layout.Scroll(l.top, l.cursor, len(l.rows), l.parts.List.H, 2)
	if l.cursor <= 2 {
		l.top = 0
	}
}

// goTo puts the cursor on a field, if it is one.
func (l *fieldList) goTo(f *model.Field) {
	if f != nil {
		l.moveTo(l.rowOf(f))
	}
}

// onField does something to the field under the cursor, if it can be edited.
func (l *fieldList) onField(do func(*model.Field)) {
	if f := l.editable(); f != nil {
		do(f)
	}
}

// editable is the field under the cursor, nil with a word of why where there is none that can be
// given a value.
func (l *fieldList) editable() *model.Field {
	f := l.Field()
	switch {
	case f == nil:
		l.Say(bars.News{Level: bars.Warning, Text: l.rows[l.cursor].name() + " is locked: " + l.locked(l.rows[l.cursor])})
		return nil
	case l.o.ReadOnly != "":
		l.Say(bars.News{Level: bars.Warning, Text: l.o.ReadOnly})
		return nil
	}
	return f
}

// GoTo puts the cursor on a field.
func (l *fieldList) GoTo(f *model.Field) {
	l.reading = false
	l.moveTo(l.rowOf(f))
}
