package form

import (
	"errors"
	"slices"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/draft"
)

// Keeper keeps unsaved work: what it is given is written when Append returns. A *draft.Writer is
// one.
type Keeper interface {
	Append(events ...draft.Event) error
}

// keep tells the keeper, and the person when work is not kept any more, once.
func (m *Model) keep(events ...draft.Event) {
	if m.o.Keeper == nil || len(events) == 0 {
		return
	}
	switch err := m.o.Keeper.Append(events...); {
	case err == nil:
		m.unkept, m.behind = "", false
	case err.Error() != m.unkept:
		m.Off(err)
	}
}

// Keep tells the keeper what is typed elsewhere into a field of this log.
func (m *Model) Keep(events ...draft.Event) { m.keep(events...) }

// Off says that work is not kept, and why. The header says so until it is kept again.
func (m *Model) Off(err error) {
	m.unkept = err.Error()
	var waiting *draft.WaitingError
	if m.behind = errors.As(err, &waiting); m.behind {
		m.Say(m.waits())
		return
	}
	var off *draft.OffError
	if errors.As(err, &off) {
		err = off.Err
	}
	m.Say(bars.News{Level: bars.Bad, Text: "drafts are off, editing goes on: " + bars.Reason(err)})
}

// waits is what the status line says for as long as the draft waits for its disk, unless there is
// something else to say.
func (m *Model) waits() bars.News {
	return bars.News{Level: bars.Warning, Text: "the draft waits, editing goes on: " + m.unkept}
}

// KeptAgain says how it went with what has waited for the disk of the draft: err is nil when it is
// written.
func (m *Model) KeptAgain(err error) {
	if err != nil {
		m.Off(err)
		return
	}
	if m.behind {
		m.news = bars.News{} // it holds no longer
	}
	m.unkept, m.behind = "", false
	m.Say(bars.News{Level: bars.Good, Text: "the disk answers again: the draft is written"})
}

// Kept tells whether work is kept: all of it is in the draft.
func (m *Model) Kept() bool { return m.o.Keeper != nil && m.unkept == "" }

// maybe is an edit for the draft, nil where there is none.
func maybe(e model.Edit, had bool) *model.Edit {
	if !had {
		return nil
	}
	return &e
}

// stepEvent is a step of the history for the draft.
func (m *Model) stepEvent(s step) draft.Event {
	return draft.Step{Field: s.field, Base: m.changes.Base().Value(s.field), Before: maybe(s.before, s.hadBefore), After: maybe(s.after, s.hasAfter)}
}

// opened tells the draft that an editor is open on a text.
func (m *Model) opened(text []byte) {
	f := m.edit.field
	m.keep(draft.Open{Field: f, Base: m.changes.Base().Value(f), Text: text})
	m.edit.kept = m.edit.ed.Text()
}

// written tells the draft what the last key made of the text.
func (m *Model) written() {
	s := m.edit
	if now := s.ed.Text(); !now.Same(s.kept) {
		at, del, ins := now.Since(s.kept)
		m.keep(draft.Splice{At: at, Del: del, Ins: ins})
		s.kept = now
	}
}

// Restore takes up the work that a draft holds, on the change set that the form has: the history,
// and the editor that was open with its text.
func (m *Model) Restore(s *draft.State) {
	m.history.done, m.history.undone = steps(s.Done), steps(s.Undone)
	if s.Open == nil || m.o.ReadOnly != "" {
		return
	}
	f := s.Open.Field
	m.GoTo(f)
	if s.Open.Literal && m.restoreStructure(s.Open) {
		return
	}
	m.start(f, s.Open.Text, nil)
	m.edit.first = -1
	m.opened(s.Open.Text)
	if len(s.Open.Text) < backgroundSize {
		m.parse()
	} else {
		m.edit.read = -1 // when the editor is closed
	}
}

// given is the opposite of maybe.
func given(e *model.Edit) (model.Edit, bool) {
	if e == nil {
		return model.Edit{}, false
	}
	return *e, true
}

func steps(list []draft.Step) []step {
	out := make([]step, len(list))
	for i, s := range list {
		out[i].field = s.Field
		out[i].before, out[i].hadBefore = given(s.Before)
		out[i].after, out[i].hasAfter = given(s.After)
	}
	return out
}

// Rebased shows the same work on a newer reading of the log: the history goes along, and the draft
// is told of the new values. etag is that of the reading.
func (m *Model) Rebased(changes *model.ChangeSet, etag string) {
	events := []draft.Event{draft.Moved{ETag: etag}}
	history, left := m.history, m.left
	for _, f := range model.Form() {
		before, had := m.changes.Edit(f)
		now, has := changes.Edit(f)
		from, to := m.changes.Base().Value(f), changes.Base().Value(f)
		moved := !from.Equal(to)
		switch {
		case (had || has) && (moved || had != has || !sameEdit(before, now)):
			events = append(events, draft.Put{Field: f, Base: to, Edit: maybe(now, has)})
		case moved && history.has(f):
			events = append(events, draft.Base{Field: f, Value: to})
		}
		if moved {
			history.move(f, from, to)
		}
	}
	m.SetChanges(changes)
	m.history.done, m.history.undone = history.done, history.undone
	m.left = slices.DeleteFunc(slices.Clone(left), func(f *model.Field) bool { _, edited := changes.Edit(f); return !edited })
	m.keep(events...)
}
