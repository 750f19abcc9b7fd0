package form

import (
	"bytes"
	"slices"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/draft"
)

// history holds the edits of all fields for undo and redo.
type history struct {
	done, undone []step
	tokens       int // numbers background work, so that late results can be told
}

// step is one edit of one field, both ways.
type step struct {
	field               *model.Field
	before, after       model.Edit
	hadBefore, hasAfter bool
}

// has tells whether there is a step of a field.
func (h *history) has(f *model.Field) bool {
	of := func(s step) bool { return s.field == f }
	return slices.ContainsFunc(h.done, of) || slices.ContainsFunc(h.undone, of)
}

// move takes the steps of a field to a newer value of it, as the draft does.
func (h *history) move(f *model.Field, from, to model.Value) {
	for _, list := range [][]step{h.done, h.undone} {
		for i := range list {
			if s := &list[i]; s.field == f {
				s.before, s.hadBefore = given(draft.Onto(f, maybe(s.before, s.hadBefore), from, to))
				s.after, s.hasAfter = given(draft.Onto(f, maybe(s.after, s.hasAfter), from, to))
			}
		}
	}
}

// record puts an edit that has been made on the history. before is the state that Edit returned
// ahead of it.
func (m *Model) record(f *model.Field, before model.Edit, hadBefore bool) {
	m.keep(m.noted(f, before, hadBefore)...)
}

// noted is record, with the draft still to be told: nothing where the edit came to nothing.
func (m *Model) noted(f *model.Field, before model.Edit, hadBefore bool) []draft.Event {
	after, hasAfter := m.changes.Edit(f)
	m.touched(m.rowOf(f))
	if hadBefore == hasAfter && (!hasAfter || sameEdit(before, after)) {
		return nil
	}
	s := step{f, before, after, hadBefore, hasAfter}
	m.left = without(m.left, f)
	m.history.done = append(m.history.done, s)
	m.history.undone = nil
	return []draft.Event{m.stepEvent(s)}
}

// sameEdit compares as written, which takes no time where the lengths differ.
func sameEdit(a, b model.Edit) bool {
	return (a.Err == nil) == (b.Err == nil) && a.Text == b.Text && bytes.Equal(a.Value.Bytes(), b.Value.Bytes())
}

// undo takes the last edit back and puts the cursor on its field.
func (m *Model) undo() {
	if s, ok := shift(&m.history.done, &m.history.undone); ok {
		m.put(s.field, s.before, s.hadBefore)
		m.keep(draft.Undo{})
		m.Say(bars.News{Text: "undone: " + s.field.Name})
		return
	}
	m.Say(bars.News{Text: "nothing to undo"})
}

// redo makes the edit again that was undone last.
func (m *Model) redo() {
	if s, ok := shift(&m.history.undone, &m.history.done); ok {
		m.put(s.field, s.after, s.hasAfter)
		m.keep(draft.Redo{})
		m.Say(bars.News{Text: "redone: " + s.field.Name})
		return
	}
	m.Say(bars.News{Text: "nothing to redo"})
}

// shift moves the last step of one list to the end of the other.
func shift(from, to *[]step) (s step, ok bool) {
	n := len(*from)
	if n == 0 {
		return step{}, false
	}
	s = (*from)[n-1]
	*from, *to = (*from)[:n-1], append(*to, s)
	return s, true
}

func (m *Model) put(f *model.Field, e model.Edit, had bool) {
	m.changes.Put(f, e, had)
	m.left = without(m.left, f)
	i := m.rowOf(f)
	m.touched(i)
	m.moveTo(i)
}

// null sets the field under the cursor to null, or takes that back.
func (m *Model) null() {
	f := m.editable()
	if f == nil {
		return
	}
	before, had := m.changes.Edit(f)
	base := m.changes.Base().Value(f)
	switch {
	case !m.changes.Value(f).IsNull() || had && before.Err != nil:
		m.changes.Set(f, model.Null)
	case !had:
		m.Say(bars.News{Text: f.Name + " is null already"})
		return
	default:
		edit, ok := m.beforeNull(f)
		m.changes.Put(f, edit, ok)
	}
	m.record(f, before, had)
	if m.changes.Value(f).Equal(base) {
		m.Say(bars.News{Text: f.Name + " is as it was fetched"})
	} else if m.changes.Value(f).IsNull() {
		m.Say(bars.News{Text: f.Name + " is null now; x again brings the value back"})
	}
}

// beforeNull is the edit that f had when it was last set to null.
func (m *Model) beforeNull(f *model.Field) (model.Edit, bool) {
	for i := len(m.history.done) - 1; i >= 0; i-- {
		if c := m.history.done[i]; c.field == f && c.hasAfter && c.after.Err == nil && c.after.Value.IsNull() {
			return c.before, c.hadBefore
		}
	}
	return model.Edit{}, false
}

// revert drops the edit of the field under the cursor.
func (m *Model) revert() {
	f := m.editable()
	if f == nil {
		return
	}
	before, had := m.changes.Edit(f)
	if !had {
		m.Say(bars.News{Text: f.Name + " is as it was fetched"})
		return
	}
	m.changes.Revert(f)
	m.record(f, before, had)
	m.Say(bars.News{Text: f.Name + " is as it was fetched; u brings the edit back"})
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
