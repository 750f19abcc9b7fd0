package form

import (
	"errata/model"
	"errata/ui/bars"
)

// Take gives a field the edit that a change set of the same reading has, as one step of undo.
func (e *edits) Take(f *model.Field, from *model.ChangeSet) {
	_ = e.change(f, func() error { e.changes.Adopt(f, from); return nil })
}

// UndoEdit takes back the last edit of any field, for a screen on top of the form. It gives the
// field, nil if there was none.
func (e *edits) UndoEdit() *model.Field {
	s, _ := e.undo()
	return s.Field
}

// RedoEdit makes the edit again that was taken back last, and gives its field.
func (e *edits) RedoEdit() *model.Field {
	s, _ := e.redo()
	return s.Field
}

// RevertEdit drops the edit of a field.
func (e *edits) RevertEdit(f *model.Field) { e.revert(f) }

// Told takes the news from the status line and returns it, for a screen on top of the form.
func (e *edits) Told() bars.News {
	n := e.news
	e.hush()
	return n
}

// ReadOnly says why nothing can be edited, "" when it can.
func (m *Model) ReadOnly() string { return m.o.ReadOnly }
