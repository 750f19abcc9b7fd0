package form

import (
	"slices"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/layout"
)

// rowKind says what a row of the list is.
type rowKind int

const (
	headingRow rowKind = iota
	fieldRow
	totalRow
	envelopeRow
	judgmentRow
	noteRow // a line about a group
)

// row is one line of the list. Fields and envelope members are stops of the cursor.
type row struct {
	kind   rowKind
	text   string // a heading, or a note
	sum    sum    // of a total
	field  *model.Field
	member model.EnvelopeMember
	of     *judged // of a judgment
}

func (r row) stop() bool {
	return r.kind == fieldRow || r.kind == envelopeRow || r.kind == judgmentRow
}

// is reports whether two rows, of different lists, are about the same.
func (r row) is(other row) bool {
	if r.of != nil && other.of != nil {
		return r.of.is.ID == other.of.is.ID
	}
	return r.kind == other.kind && r.field == other.field && r.member.Name == other.member.Name && (r.of == nil) == (other.of == nil)
}

// makeRows lists the rows of a log: the groups with their fields and totals, the judgments below
// the outcome, then the locked envelope.
func makeRows(log *model.Log, judgments []row) []row {
	var rows []row
	var group model.Group
	for _, f := range model.Form() {
		if f.Group != group {
			if rows = closeGroup(rows, group); group == model.Outcome {
				rows = append(rows, judgments...)
			}
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

// closeGroup appends what is at the end of a group.
func closeGroup(rows []row, group model.Group) []row {
	switch group {
	case model.Usage:
		rows = append(rows, row{kind: totalRow, sum: tokenSum}, row{kind: totalRow, sum: costSum})
	case model.Timing:
		rows = append(rows, row{kind: totalRow, sum: durationSum})
	}
	return rows
}

// fieldList is the rows of the log, and the cursor among them.
type fieldList struct {
	*sheet
	rows   []row
	cursor int                // index into rows, always at a stop
	top    int                // the first row shown
	texts  map[int]firstWords // by row, kept until the value changes
	sums   map[sum]summed     // kept until a value changes
}

// Field is the field under the cursor, nil on a row of the envelope.
func (l *fieldList) Field() *model.Field { return l.rows[l.cursor].field }

// relist lists the rows of another reading of the log, the cursor where it was.
func (l *fieldList) relist() {
	before := l.rows
	l.rows = makeRows(l.changes.Base(), l.judgments())
	if l.cursor < len(before) {
		if i := slices.IndexFunc(l.rows, before[l.cursor].is); i >= 0 {
			l.top += i - l.cursor
			l.cursor = i
		}
	}
	l.cursor = min(l.cursor, len(l.rows)-1)
	for !l.rows[l.cursor].stop() {
		l.cursor++
	}
}

// forget drops everything derived from values.
func (l *fieldList) forget() { l.texts, l.sums = map[int]firstWords{}, nil }

// touch drops what was derived from the value of a row.
func (l *fieldList) touch(row int) {
	delete(l.texts, row)
	l.sums = nil
}

// value is what a row holds now.
func (l *fieldList) value(i int) model.Value {
	r := l.rows[i]
	switch r.kind {
	case fieldRow:
		return l.changes.Value(r.field)
	case envelopeRow:
		return r.member.Value
	case judgmentRow:
		return l.current(r.of).Value
	default:
		return model.Absent
	}
}

// name is the wire name of a row's member.
func (r row) name() string {
	switch {
	case r.field != nil:
		return r.field.Name
	case r.of != nil:
		return r.of.name()
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

// rowOfEvaluator is the row of an evaluator.
func (l *fieldList) rowOfEvaluator(id string) int {
	for i, r := range l.rows {
		if r.of != nil && r.of.is.ID == id {
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

// goTo puts the cursor on what a step of undo is about, if there was one.
func (l *fieldList) goTo(s draft.Step, ok bool) {
	switch {
	case ok && s.Said != nil:
		l.moveTo(l.rowOfEvaluator(s.Said.Evaluator))
	case ok:
		l.moveTo(l.rowOf(s.Field))
	}
}

// onRow does something to the field under the cursor, or to the judgment, if it can be changed.
func (l *fieldList) onRow(field func(*model.Field), judgment func(*judged)) {
	r := l.rows[l.cursor]
	if r.of != nil && l.locked(r) == "" {
		judgment(r.of)
	} else if f := l.editable(); f != nil {
		field(f)
	}
}

// editable is the field under the cursor, nil with a word of why where there is none that can be
// given a value.
func (l *fieldList) editable() *model.Field {
	f := l.Field()
	switch {
	case f == nil && l.rows[l.cursor].of != nil && l.locked(l.rows[l.cursor]) == "":
		l.Say(bars.News{Level: bars.Warning, Text: "enter judges with " + l.rows[l.cursor].of.is.Title()})
		return nil
	case f == nil:
		l.Say(bars.News{Level: bars.Warning, Text: l.rows[l.cursor].name() + " is locked: " + l.locked(l.rows[l.cursor])})
		return nil
	case l.refusesEdits():
		return nil
	}
	return f
}

// GoTo puts the cursor on a field.
func (l *fieldList) GoTo(f *model.Field) {
	l.reading = false
	l.moveTo(l.rowOf(f))
}
