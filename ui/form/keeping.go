package form

import (
	"errors"

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
func (e *edits) keep(events ...draft.Event) {
	if e.keeper == nil || len(events) == 0 {
		return
	}
	switch err := e.keeper.Append(events...); {
	case err == nil:
		e.unkept, e.behind = "", false
	case err.Error() != e.unkept:
		e.Off(err)
	}
}

// Keep tells the keeper what is typed elsewhere into a field of this log.
func (e *edits) Keep(events ...draft.Event) { e.keep(events...) }

// Off says that work is not kept, and why. The header says so until it is kept again.
func (e *edits) Off(err error) {
	e.unkept = err.Error()
	var waiting *draft.WaitingError
	if e.behind = errors.As(err, &waiting); e.behind {
		e.Say(e.waits())
		return
	}
	var off *draft.OffError
	if errors.As(err, &off) {
		err = off.Err
	}
	e.Say(bars.News{Level: bars.Bad, Text: "drafts are off, editing goes on: " + bars.Reason(err)})
}

// waits is what the status line says for as long as the draft waits for its disk, unless there is
// something else to say.
func (e *edits) waits() bars.News {
	return bars.News{Level: bars.Warning, Text: "the draft waits, editing goes on: " + e.unkept}
}

// KeptAgain says how it went with what has waited for the disk of the draft: err is nil when it is
// written.
func (e *edits) KeptAgain(err error) {
	if err != nil {
		e.Off(err)
		return
	}
	if e.behind {
		e.hush() // it holds no longer
	}
	e.unkept, e.behind = "", false
	e.Say(bars.News{Level: bars.Good, Text: "the disk answers again: the draft is written"})
}

// Kept tells whether work is kept: all of it is in the draft.
func (e *edits) Kept() bool { return e.keeper != nil && e.unkept == "" }

// opened tells the draft that an editor is open on a text.
func (m *editors) opened(text []byte) {
	f := m.edit.field
	m.keep(draft.Open{Field: f, Base: m.changes.Base().Value(f), Text: text})
	m.edit.kept = m.edit.ed.Text()
}

// written tells the draft what the last key made of the text.
func (m *editors) written() {
	s := m.edit
	if now := s.ed.Text(); !now.Same(s.kept) {
		at, del, ins := now.Since(s.kept)
		m.keep(draft.Splice{At: at, Del: del, Ins: ins})
		s.kept = now
	}
}

// Restore takes up the work that a draft holds, on the change set that the form has: the history,
// and the editor that was open with its text.
func (m *editors) Restore(s *draft.State) {
	m.history = s.History
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

// Rebased shows the same work on a newer reading of the log: the history goes along, and the draft
// is told of the new values. etag is that of the reading.
func (m *Model) Rebased(changes *model.ChangeSet, etag string) {
	events, left := m.rebase(changes, etag)
	history := m.history
	m.SetChanges(changes)
	m.history, m.left = history, left
	m.keep(events...)
}
