package form

import (
	"slices"

	"errata/model"
	"errata/model/judgment"
	"errata/ui/bars"
	"errata/ui/change"
	"errata/ui/draft"
	"errata/ui/keys"
)

// edits is what is changed in a log: the change set, its history, and the draft, to which both are
// written.
type edits struct {
	newsLine
	changes *model.ChangeSet
	history draft.History
	left    []change.LeftOut   // what is left out of the next request
	keeper  Keeper             // keeps unsaved work; nil keeps none
	unkept  string             // why work is not kept though it should be, "" when it is
	behind  bool               // the disk of the draft does not answer: what was typed waits
	touched func(*model.Field) // is told of a field that has got another value

	said   []judgment.Decision    // what is to be said of the log
	unsaid []string               // the evaluators whose decisions are left out of the next request
	spoken func(evaluator string) // is told of an evaluator whose decision has changed
}

// Changes is the change set that the form edits. An open editor's text counts after Commit.
func (e *edits) Changes() *model.ChangeSet { return e.changes }

// edited is the edit of a field, nil if there is none.
func (e *edits) edited(f *model.Field) *model.Edit {
	if edit, ok := e.changes.Edit(f); ok {
		return &edit
	}
	return nil
}

// put gives a field an edit, nil for none, without a step of undo.
func (e *edits) put(f *model.Field, edit *model.Edit) {
	if edit == nil {
		e.changes.Revert(f)
		return
	}
	e.changes.Put(f, *edit, true)
}

// restore gives a field the edit ahead of a sitting, and why that was not a value.
func (e *edits) restore(s sitting) error {
	e.put(s.field, s.before)
	if s.before == nil {
		return nil
	}
	return s.before.Err
}

// change edits a field, as one step of undo.
func (e *edits) change(f *model.Field, edit func() error) error {
	before := e.edited(f)
	err := edit()
	e.keep(e.noted(f, before)...)
	return err
}

// set gives a field a value, as one step of undo.
func (e *edits) set(f *model.Field, v model.Value) {
	_ = e.change(f, func() error { e.changes.Set(f, v); return nil })
}

// noted puts an edit that has been made on the history, with the draft still to be told: nothing
// where the edit came to nothing. before is the edit ahead of it.
func (e *edits) noted(f *model.Field, before *model.Edit) []draft.Event {
	return e.joined(f, before, false)
}

// joined is noted, of an edit that is undone together with the one ahead of it.
func (e *edits) joined(f *model.Field, before *model.Edit, join bool) []draft.Event {
	after := e.edited(f)
	e.touched(f)
	if sameEdit(before, after) {
		return nil
	}
	s := draft.Step{Field: f, Base: e.changes.Base().Value(f), Before: before, After: after, Joined: join}
	e.left = without(e.left, f)
	e.history.Add(s)
	return []draft.Event{s}
}

// sameEdit compares as written, which takes no time where the lengths differ.
func sameEdit(a, b *model.Edit) bool {
	if a == nil || b == nil {
		return a == b
	}
	return (a.Err == nil) == (b.Err == nil) && a.Text == b.Text && a.Value.Same(b.Value)
}

// undo takes the last edit back, and gives its step; ok is false when there is none.
func (e *edits) undo() (s draft.Step, ok bool) {
	switch s, ok = e.history.Undo(); {
	case !ok:
		e.Say(bars.News{Text: nothingToUndo()})
	case s.Said != nil:
		e.unspeak(s.Said, s.Said.Before, draft.Undo{}, "undone: ")
	default:
		e.travel(s.Field, s.Before, draft.Undo{}, "undone: ")
	}
	if s.Joined {
		return e.undo()
	}
	return s, ok
}

// nothingToUndo says where what was sent already is taken back.
func nothingToUndo() string {
	text := "nothing to undo"
	if list := keys.Form.Of(keys.History).Keys(); len(list) > 0 {
		text += "; " + list[0] + " lists what was sent, to take it back"
	}
	return text
}

// redo makes the edit again that was undone last.
func (e *edits) redo() (s draft.Step, ok bool) {
	switch s, ok = e.history.Redo(); {
	case !ok:
		e.Say(bars.News{Text: "nothing to redo"})
	case s.Said != nil:
		e.unspeak(s.Said, s.Said.After, draft.Redo{}, "redone: ")
	default:
		e.travel(s.Field, s.After, draft.Redo{}, "redone: ")
	}
	if e.history.Joins() {
		return e.redo()
	}
	return s, ok
}

func (e *edits) travel(f *model.Field, to *model.Edit, event draft.Event, done string) {
	e.put(f, to)
	e.left = without(e.left, f)
	e.touched(f)
	e.keep(event)
	e.Say(bars.News{Text: done + f.Name})
}

// null sets a field to null, or takes that back.
func (e *edits) null(f *model.Field) {
	before := e.edited(f)
	switch {
	case !e.changes.Value(f).IsNull() || before != nil && before.Err != nil:
		e.set(f, model.Null)
	case before == nil:
		e.Say(bars.News{Text: f.Name + " is null already"})
		return
	default:
		_ = e.change(f, func() error { e.put(f, e.beforeNull(f)); return nil })
	}
	switch v := e.changes.Value(f); {
	case v.Equal(e.changes.Base().Value(f)):
		e.Say(bars.News{Text: f.Name + " is as it was fetched"})
	case v.IsNull():
		e.Say(bars.News{Text: f.Name + " is null now; x again brings the value back"})
	default:
		e.Say(bars.News{Text: f.Name + " is as it was edited"})
	}
}

// beforeNull is the edit that f had when it was last set to null.
func (e *edits) beforeNull(f *model.Field) *model.Edit {
	for _, s := range slices.Backward(e.history.Done) {
		if s.Field == f && s.After != nil && s.After.Err == nil && s.After.Value.IsNull() {
			return s.Before
		}
	}
	return nil
}

// revert drops the edit of a field.
func (e *edits) revert(f *model.Field) {
	if e.edited(f) == nil {
		e.Say(bars.News{Text: f.Name + " is as it was fetched"})
		return
	}
	_ = e.change(f, func() error { e.changes.Revert(f); return nil })
	e.Say(bars.News{Text: f.Name + " is as it was fetched; u brings the edit back"})
}

// Apply makes the changes of another change set of the same reading, each as a step of undo.
func (e *edits) Apply(c *model.ChangeSet) {
	for _, f := range c.Changed() {
		e.set(f, c.Value(f))
	}
}

// rebase takes history and draft to the change set of a newer reading of the log, which holds the
// same work. etag is that of the reading. It gives what the draft is to be told, and what stays
// left out.
func (e *edits) rebase(changes *model.ChangeSet, etag string) (events []draft.Event, left []change.LeftOut) {
	events = append(events, draft.Moved{ETag: etag})
	newer := &edits{changes: changes}
	for _, f := range model.Form() {
		before, now := e.edited(f), newer.edited(f)
		from, to := e.changes.Base().Value(f), changes.Base().Value(f)
		moved := !from.Equal(to)
		switch {
		case (before != nil || now != nil) && (moved || !sameEdit(before, now)):
			events = append(events, draft.Put{Field: f, Base: to, Edit: now})
		case moved && e.history.Has(f):
			events = append(events, draft.Base{Field: f, Value: to})
		}
		if moved {
			e.history.Move(f, from, to)
		}
	}
	return events, slices.DeleteFunc(slices.Clone(e.left), func(l change.LeftOut) bool { return newer.edited(l.Field) == nil })
}

// LeaveOut says what is left out of the change of a field in the next request, nil for nothing. The
// field stays changed; editing it on takes it back in, too.
func (e *edits) LeaveOut(f *model.Field, left *change.LeftOut) {
	e.left = without(e.left, f)
	if left != nil {
		e.left = append(e.left, *left)
	}
}

// LeftOut lists what is left out of the next request. The caller must not modify it.
func (e *edits) LeftOut() []change.LeftOut { return e.left }

// TakeIn leaves nothing out any more.
func (e *edits) TakeIn() { e.left, e.unsaid = nil, nil }

// without is a list without what is of one field; the list stays as it is.
func without(list []change.LeftOut, f *model.Field) []change.LeftOut {
	return slices.DeleteFunc(slices.Clone(list), func(l change.LeftOut) bool { return l.Field == f })
}
