package journal

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"errata/api"
	"errata/api/judge"
	"errata/api/save"
	"errata/model"
)

// Outcome is what became of a PATCH, in words for people.
type Outcome string

// The outcomes.
const (
	Pending Outcome = "pending" // under way, or its process died: see Journal.Pending
	// the server's answer had it, but the log was read back as it was: see Journal.Pending
	Accepted Outcome = "accepted"
	Saved    Outcome = "saved"     // found on the server afterwards, by Settle
	Verified Outcome = "verified"  // read back and found as sent
	NotKept  Outcome = "not kept"  // the server did not keep Entry.NotKept as sent
	Refused  Outcome = "refused"   // the server answered no; nothing was written
	NotSaved Outcome = "not saved" // it did not arrive; nothing was written
	Unknown  Outcome = "unknown"   // it is not known whether it was written
)

// Entry is one PATCH, or one judgment.
type Entry struct {
	ID       string // 13 letters and digits; ids sort by time
	Batch    string // that it is part of, empty for none
	Item     int    // its place in the batch
	Time     time.Time
	Server   string
	LogID    string
	PromptID string
	Changes  []Change  // in the order of model.Fields; none of a judgment
	Judgment *Judgment // nil for a PATCH
	Redacted bool      // the values are gone, see Redact
	Outcome  Outcome
	NotKept  []*model.Field
	Finished time.Time // zero while pending
	Place    Place
}

// Request is what was sent: a PATCH, a judgment, or the removal of one.
func (e Entry) Request() string {
	switch {
	case e.Judgment == nil:
		return "PATCH"
	case e.Judgment.Remove:
		return "removal of a judgment"
	}
	return "judgment"
}

// Judgment is what somebody said of the log of an entry, or took back.
type Judgment struct {
	judge.Act
	Sum *Digest // of the value, in a redacted entry; else nil
}

// Change is what a PATCH did to one field. In a redacted entry the values are absent, and the
// digests are there instead.
type Change struct {
	Field    *model.Field
	Old, New model.Value
	// nil unless redacted, or spliced; OldSum also where the field was absent
	OldSum, NewSum *Digest
	// how one large value came of the other; then both are absent, and only a reading of the log
	// tells them, see Journal.Inverse
	Splice *Splice
}

// Digest is what a redaction leaves of a value. The hash of a short or guessable value can be
// guessed.
type Digest struct {
	SHA256 string // of the JSON literal, 64 hexadecimal digits
	Length int    // of the JSON literal, in bytes
}

// Spliced reports whether the entry holds a splice in the place of large values.
func (e Entry) Spliced() bool {
	return slices.ContainsFunc(e.Changes, func(c Change) bool { return c.Splice != nil })
}

// Body is the body of the request, byte for byte as it was sent; nil when the entry is redacted or
// spliced, or took a judgment back.
func (e Entry) Body() []byte {
	switch {
	case e.Redacted || e.Spliced():
		return nil
	case e.Judgment != nil:
		return e.Judgment.Body()
	}
	base, err := model.ParseLog([]byte("{}"))
	if err != nil {
		return nil
	}
	c := model.NewChangeSet(base)
	for _, change := range e.Changes {
		c.Set(change.Field, change.New)
	}
	return c.Patch()
}

// Inversion is what takes an entry back.
type Inversion struct {
	Changes *model.ChangeSet // to the log as it is now
	// fields that somebody changed since to something else, in the order of the entry: show them
	// before sending
	Moved []*model.Field
	// those of Moved in which only other places were changed: what was changed there stays, and no
	// more than the change of the entry is taken out
	Apart []*model.Field

	nulls []*model.Field // that become null, because the entry found them absent
}

// Inverse is what takes an entry back: changes to the log as it is now that give each field its old
// value, null where it was absent. Of a field that was changed since only that is taken back which
// the entry changed; if the same place was changed since, it gets what was there before. A change
// set without changes means that there is nothing to take back: of what counts as not saved there
// is something only where the log holds it. The error is an *api.Error.
func Inverse(e Entry, now *model.Log) (v Inversion, err error) {
	switch id := now.Head().ID; {
	case e.Redacted:
		return v, &api.Error{Code: api.Refused, Msg: "the old values of entry " + e.ID + " were redacted, so it cannot be undone; edit the log itself"}
	case e.Judgment != nil:
		return v, &api.Error{Code: api.Refused, Msg: "entry " + e.ID + " is a judgment, which changed no field of the log"}
	case id != e.LogID:
		return v, &api.Error{Code: api.Refused, Msg: fmt.Sprintf("entry %s changed log %s, not %s; read that one", e.ID, e.LogID, id)}
	}
	v.Changes = model.NewChangeSet(now)
	if sent, _ := e.compared(now); e.Outcome == NotSaved && !sent || e.Outcome == Refused {
		return v, nil
	}
	for _, change := range e.Changes {
		f := change.Field
		old, moved, ok := change.takenOut(now.Value(f))
		if !ok {
			return Inversion{}, untraceable(e, change)
		}
		v.Changes.Set(f, old)
		if _, differs := v.Changes.Edit(f); !differs {
			continue
		}
		if moved != unmoved {
			v.Moved = append(v.Moved, f)
		}
		if moved == elsewhere {
			v.Apart = append(v.Apart, f)
		}
		if change.Splice == nil && change.Old.IsAbsent() { // a splice is of something
			v.nulls = append(v.nulls, f)
		}
	}
	return v, nil
}

// movement is how a field was changed since an entry.
type movement int

const (
	unmoved   movement = iota // not at all: it is as the entry left it
	elsewhere                 // in other places than the entry changed
	there                     // in the same place
)

// takenOut is what a field holds once the change is taken out of what it holds now. ok is false if
// its place in a large value is not found any more, or not soon.
func (c Change) takenOut(is model.Value) (old model.Value, moved movement, ok bool) {
	old, sent, known := c.sides(is)
	if known && c.Field.Kept(sent, is) {
		return old, unmoved, true
	}
	splice := c.Splice
	if known && old.Len()+sent.Len() >= spliceFrom { // it is found at once, as a rule
		splice, _ = spliceOf(old.Bytes(), sent.Bytes())
	}
	if splice != nil {
		if left, found := splice.takenOut(is); found {
			return left, elsewhere, true
		}
	}
	if !known {
		return model.Absent, there, false
	}
	merged, apart, ok := c.Field.MergeMine(sent, old, is)
	if apart {
		return merged, elsewhere, true
	}
	return merged, there, ok
}

// Notes are what there is to know of taking an entry back, a sentence each: which fields an inverse
// leaves null that the entry found absent, since no PATCH takes a field away, and in which what was
// changed since stays.
func (v Inversion) Notes() (list []string) {
	var apart []*model.Field
	for _, f := range v.Apart {
		if _, differs := v.Changes.Edit(f); differs {
			apart = append(apart, f)
		}
	}
	if len(apart) > 0 {
		list = append(list, model.Names(apart)+": changed since in other places, which stay as they are")
	}
	if len(v.nulls) > 0 {
		list = append(list, model.Names(v.nulls)+": null where nothing stood before, since the API takes no field away")
	}
	return list
}

// untraceable is the error for a large value that was changed where an entry had changed it, or of
// which it is not known whether it was.
func untraceable(e Entry, c Change) error {
	why := ", in the same place, and the journal holds only what it replaced there"
	if c.Splice == nil {
		why = ", and there is too much text in one place to tell what came since from what the entry changed"
	}
	return &api.Error{Code: api.Conflict, Msg: c.Field.Name + " was changed again since entry " + e.ID + why + "; undo what was sent later first, or edit the log itself"}
}

// TakeBack is what takes an entry of a judgment back. The error is an *api.Error.
func TakeBack(e Entry) (judge.Act, error) {
	switch {
	case e.Judgment == nil:
		return judge.Act{}, &api.Error{Code: api.Refused, Msg: "entry " + e.ID + " is no judgment"}
	case e.Redacted && e.Judgment.Remove:
		return judge.Act{}, &api.Error{Code: api.Refused, Msg: "the judgment of entry " + e.ID + " was redacted, so it cannot be made again"}
	}
	return e.Judgment.Inverse(), nil
}

// outcome words how a save ended; err says why it failed.
func outcome(how save.Outcome, err error) Outcome {
	switch how {
	case save.Verified:
		return Verified
	case save.Unkept:
		return NotKept
	case save.Accepted:
		return Accepted
	case save.Failed:
		if answeredNo(err) {
			return Refused
		}
		return NotSaved
	}
	return Unknown
}

// answeredNo reports whether somebody looked at the PATCH and turned it down.
func answeredNo(err error) bool {
	var e *api.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case api.Unauthorized, api.NotFound, api.Conflict, api.Precondition, api.Invalid, api.RateLimited, api.Refused:
		return true
	}
	return e.Status/100 == 4
}
