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

// value is what a row holds now.
func (m *Model) value(i int) model.Value {
	r := m.rows[i]
	switch r.kind {
	case fieldRow:
		return m.changes.Value(r.field)
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
func (m *Model) rowOf(f *model.Field) int {
	for i := range m.rows {
		if m.rows[i].field == f {
			return i
		}
	}
	return m.cursor
}

// moveTo puts the cursor on a row.
func (m *Model) moveTo(i int) {
	if i != m.cursor {
		m.cursor, m.diff = i, false
	}
	m.scroll()
}

// step moves the cursor by n stops, no further than the ends.
func (m *Model) step(n int) {
	i, last := m.cursor, m.cursor
	for n != 0 {
		if n > 0 {
			i++
		} else {
			i--
		}
		if i < 0 || i >= len(m.rows) {
			break
		}
		if !m.rows[i].stop() {
			continue
		}
		last = i
		if n > 0 {
			n--
		} else {
			n++
		}
	}
	m.moveTo(last)
}

// scroll keeps the cursor, and the heading above the first row, in the window.
func (m *Model) scroll() {
	m.top = layout.Scroll(m.top, m.cursor, len(m.rows), m.parts.List.H, 2)
	if m.cursor <= 2 {
		m.top = 0
	}
}

// goTo puts the cursor on a field, if it is one.
func (m *Model) goTo(f *model.Field) {
	if f != nil {
		m.moveTo(m.rowOf(f))
	}
}

// onField does something to the field under the cursor, if it can be edited.
func (m *Model) onField(do func(*model.Field)) {
	if f := m.editable(); f != nil {
		do(f)
	}
}

// editable is the field under the cursor, nil with a word of why where there is none that can be
// given a value.
func (m *Model) editable() *model.Field {
	f := m.Field()
	switch {
	case f == nil:
		m.Say(bars.News{Level: bars.Warning, Text: m.rows[m.cursor].name() + " is locked: " + m.locked(m.rows[m.cursor])})
		return nil
	case m.o.ReadOnly != "":
		m.Say(bars.News{Level: bars.Warning, Text: m.o.ReadOnly})
		return nil
	}
	return f
}
