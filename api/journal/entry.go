package journal

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"errata/api"
	"errata/api/judge"
	"errata/api/save"
	"errata/model"
)

// Outcome is what came of a PATCH, in words for people.
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
	Unknown  Outcome = "unknown"   // whether it was written could not be told
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

// Spliced tells whether the entry holds a splice in the place of large values.
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

// Inverse is what takes an entry back: changes to the log as it is now that give each field its old
// value, null where it was absent. moved lists the fields that somebody changed since to something
// else, in the order of the entry: show them before sending, because they would be overwritten. Of
// a splice whose place is found in such a field only that change is taken out. A
// change set without changes means that there is nothing to take back: of what counts as not saved
// there is something only where the log holds it. The error is an *api.Error.
func Inverse(e Entry, now *model.Log) (c *model.ChangeSet, moved []*model.Field, err error) {
	switch id := now.Head().ID; {
	case e.Redacted:
		return nil, nil, &api.Error{Code: api.Refused, Msg: "the old values of entry " + e.ID + " were redacted, so it cannot be undone; edit the log itself"}
	case e.Judgment != nil:
		return nil, nil, &api.Error{Code: api.Refused, Msg: "entry " + e.ID + " is a judgment, which changed no field of the log"}
	case id != e.LogID:
		return nil, nil, &api.Error{Code: api.Refused, Msg: fmt.Sprintf("entry %s changed log %s, not %s; read that one", e.ID, e.LogID, id)}
	}
	c = model.NewChangeSet(now)
	if sent, _ := e.compared(now); e.Outcome == NotSaved && !sent || e.Outcome == Refused {
		return c, nil, nil
	}
	for _, change := range e.Changes {
		is := now.Value(change.Field)
		old, sent, known := change.sides(is)
		if !known { // somebody changed it since: this change alone is taken out of what it is now
			literal, found := change.Splice.takenOut(is.Bytes())
			if !found {
				return nil, nil, untraceable(e, change.Field)
			}
			old = model.Raw(literal)
		}
		c.Set(change.Field, old)
		_, differs := c.Edit(change.Field)
		if differs && (!known || !change.Field.Kept(sent, is)) {
			moved = append(moved, change.Field)
		}
	}
	return c, moved, nil
}

// NullNote says which fields an inverse leaves null that the entry found absent, "" for none: no
// PATCH takes a field away.
func NullNote(e Entry, inverse *model.ChangeSet) string {
	var names []string
	for _, change := range e.Changes {
		_, differs := inverse.Edit(change.Field)
		if differs && change.Splice == nil && change.Old.IsAbsent() { // a splice is of something
			names = append(names, change.Field.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return strings.Join(names, ", ") + ": null where nothing stood before, since the API takes no field away"
}

// untraceable is the error for a large value that was changed where an entry had changed it.
func untraceable(e Entry, f *model.Field) error {
	return &api.Error{Code: api.Conflict, Msg: f.Name + " was changed again since entry " + e.ID + ", in the same place, and the journal holds only what it replaced there; " +
		"undo what was sent later first, or edit the log itself"}
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

// answeredNo tells whether somebody looked at the PATCH and turned it down.
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
