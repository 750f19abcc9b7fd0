package form

import (
	"errors"

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

// Keep writes to the draft what is typed elsewhere into a field of this log.
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

// Kept reports whether work is kept: all of it is in the draft.
func (e *edits) Kept() bool { return e.keeper != nil && e.unkept == "" }
