// Package save sends the changes of a log safely: it reads the log again, refuses to overwrite what somebody else
// changed meanwhile, sends the PATCH once, and reads back what the server kept.
//
// It knows a Service and a change set. It must not know screens or command lines; both save through it.
package save

import (
	"bytes"
	"context"
	"errors"
	"time"

	"errata/api"
	"errata/model"
)

// Outcome is how a save ended.
type Outcome int

// The outcomes. Up to Conflict nothing was written.
const (
	Nothing  Outcome = iota // there was nothing to send, or the server has it all already
	Failed                  // refused or failed before anything was written; Result.Err says why
	Moved                   // the body is no longer what was reviewed, because the log moved; look again
	Conflict                // somebody else changed Result.Conflicts; nothing was sent
	Verified                // written, read back and found as sent
	Unkept                  // written, but the server did not keep Result.Unkept as sent
	Unknown                 // sent, and whether it was written cannot be read; Result.Err says why
)

// Result is what came of a save.
type Result struct {
	Outcome   Outcome
	Changes   *model.ChangeSet // what is still unsaved, on the newest reading of the log
	Moved     []*model.Field   // fields that somebody else changed, taken over
	Merged    []*model.Field   // those of them that are changed here too, and were merged
	Conflicts []*model.Field
	Newer     *model.Log // the reading that Conflicts are in conflict with
	Unkept    []*model.Field
	Got       *model.Log // the log as read back, for Verified and Unkept
	Recovered bool       // the answer was lost, and reading back told the outcome
	Entry     string     // the id that the journal gave the PATCH, "" when none was sent or no journal was asked for
	EntryErr  error      // why the journal does not hold the outcome yet; the outcome stands all the same
	Err       error
}

// Policy says what to do where somebody else changed a field that is changed here too, and the two cannot be merged.
type Policy int

// The policies.
const (
	Fail   Policy = iota // send nothing
	Mine                 // send it over theirs
	Theirs               // drop the change
)

// Options change how a save behaves.
type Options struct {
	OnConflict Policy
	Exactly    []byte        // the body that was reviewed; another one ends in Moved. Nil sends whatever remains
	CheckFor   time.Duration // how long to find out what became of a PATCH without an answer; 0 means 15 s
	Journal    Recorder      // nil keeps no journal
}

// attempts is how often the log may move between reading and sending before the save gives up.
const attempts = 3

// Send saves the changes. It works on a copy: changes stays as it is, and must not be changed meanwhile.
func Send(ctx context.Context, svc api.Service, changes *model.ChangeSet, o Options) Result {
	c := changes.Clone()
	var moved, merged []*model.Field
	for range attempts {
		r, again := once(ctx, svc, c, o)
		moved, merged = append(moved, r.Moved...), append(merged, r.Merged...)
		r.Moved, r.Merged = moved, merged
		if !again {
			return r
		}
		c = r.Changes
	}
	return Result{Outcome: Failed, Changes: c, Moved: moved, Merged: merged,
		Err: &api.Error{Code: api.Precondition, Msg: "the log keeps changing on the server; nothing was sent, try again in a moment"}}
}

// once reads, compares, sends and reads back. again is true when the log moved in between.
func once(ctx context.Context, svc api.Service, c *model.ChangeSet, o Options) (r Result, again bool) {
	newer, etag, err := reading(ctx, svc, c.Base())
	if err != nil {
		return Result{Outcome: Failed, Changes: c, Err: err}, false
	}
	r, body, done := rebase(c, newer, o)
	if done {
		return r, false
	}
	return patch(ctx, svc, r.Changes, body, etag, r, o)
}

// reading is the log as it stands now; the very one at hand where nothing has changed, for one of two is enough to hold.
func reading(ctx context.Context, svc api.Service, at *model.Log) (newer *model.Log, etag string, err error) {
	doc, err := svc.Log(ctx, at.Head().ID)
	switch {
	case err != nil:
		return nil, "", err
	case bytes.Equal(doc.Raw, at.Bytes()):
		return at, doc.ETag, nil
	}
	if newer, err = doc.Log(); err != nil {
		return nil, "", unreadable(err)
	}
	return newer, doc.ETag, nil
}

// rebase moves the changes onto the newest reading, and gives the body to send. done is true where the save ends with that.
func rebase(c *model.ChangeSet, newer *model.Log, o Options) (r Result, body []byte, done bool) {
	if to, from := newer.Head().PromptID, c.Base().Head().PromptID; to != from {
		return Result{Outcome: Failed, Changes: c, Err: &api.Error{Code: api.Conflict,
			Msg: "the log moved from prompt " + from + " to " + to + "; nothing was sent, read it again"}}, nil, true
	}
	met := c.Rebase(newer)
	r = Result{Changes: c, Moved: met.Moved, Merged: met.Merged}
	if len(met.Conflicts) > 0 {
		if o.OnConflict == Fail {
			r.Outcome, r.Conflicts, r.Newer = Conflict, met.Conflicts, newer
			return r, nil, true
		}
		c = c.Resolve(newer, settle(met.Conflicts, o.OnConflict))
		r.Changes = c
	}
	if len(c.Changed()) == 0 {
		r.Outcome, r.Got = Nothing, newer
		return r, nil, true
	}
	body = c.Patch()
	switch {
	case o.Exactly == nil:
	case !bytes.Equal(body, o.Exactly):
		r.Outcome = Moved
		return r, nil, true
	default:
		body = o.Exactly // one of the two is enough to hold
	}
	return r, body, false
}

// settle chooses the same for each conflict.
func settle(conflicts []*model.Field, p Policy) map[*model.Field]model.Choice {
	choice := model.Mine
	if p == Theirs {
		choice = model.Theirs
	}
	choose := make(map[*model.Field]model.Choice, len(conflicts))
	for _, f := range conflicts {
		choose[f] = choice
	}
	return choose
}

// onto puts every change on the newer reading, over what it holds.
func onto(c *model.ChangeSet, newer *model.Log) *model.ChangeSet {
	n := model.NewChangeSet(newer)
	for _, f := range c.Changed() {
		n.Set(f, c.Value(f))
	}
	return n
}

// patch sends the body once, records that, and finds out what became of it.
func patch(ctx context.Context, svc api.Service, c *model.ChangeSet, body []byte, etag string, r Result, o Options) (Result, bool) {
	record, err := o.begin(ctx, c)
	if err != nil {
		r.Outcome, r.Err = Failed, err
		return r, false
	}
	r, again := send(ctx, svc, c, body, etag, r, o)
	r.Entry = record.ID()
	r.EntryErr = record.End(context.WithoutCancel(ctx), r)
	return r, again
}

// send sends the body once and finds out what became of it. again is true when the log moved first; nothing was written then.
func send(ctx context.Context, svc api.Service, c *model.ChangeSet, body []byte, etag string, r Result, o Options) (_ Result, again bool) {
	head := c.Base().Head()
	_, err := update(svc, head.Kind)(ctx, head.PromptID, head.ID, body, etag)
	if err == nil {
		return verify(ctx, svc, c, r, nil, o), false
	}
	var failure *api.Error
	known := errors.As(err, &failure)
	switch {
	case known && failure.Code == api.Precondition && etag != "":
		r.Outcome, r.Err = Failed, err
		return r, true
	case known && failure.Sent == api.NotSent:
		r.Outcome, r.Err = Failed, err
		return r, false
	default:
		return verify(ctx, svc, c, r, err, o), false
	}
}

// updater is the method of a service that updates a log.
type updater func(ctx context.Context, fileID, logID string, patch []byte, ifMatch string) (api.Document, error)

// update is how a service updates a log of a kind: those of agents have an endpoint of their own.
func update(svc api.Service, kind string) updater {
	if of, ok := svc.(interface {
		UpdateAgentLog(ctx context.Context, agentID, logID string, patch []byte, ifMatch string) (api.Document, error)
	}); ok && api.FileKind(kind) == api.AgentFile {
		return of.UpdateAgentLog
	}
	return svc.UpdateLog
}

// verify reads the log back and compares it with what was sent. lost is the error of a PATCH whose answer says nothing.
// It goes on when the person has given up waiting, for a while: what became of a PATCH must be known.
func verify(ctx context.Context, svc api.Service, c *model.ChangeSet, r Result, lost error, o Options) Result {
	limit := o.CheckFor
	if limit == 0 {
		limit = 15 * time.Second
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), limit)
	defer cancel()
	r.Recovered = lost != nil
	doc, err := svc.Log(ctx, c.Base().Head().ID)
	var got *model.Log
	if err == nil {
		got, err = doc.Log()
	}
	if err != nil {
		r.Outcome, r.Err = Unknown, err
		return r
	}
	unkept := c.Unkept(got)
	switch {
	case len(unkept) == 0:
		r.Outcome, r.Got, r.Changes = Verified, got, model.NewChangeSet(got)
	case lost != nil && len(unkept) == len(c.Changed()):
		r.Outcome, r.Err = Failed, lost
	default:
		r.Outcome, r.Unkept, r.Got, r.Changes = Unkept, unkept, got, onto(c, got)
	}
	return r
}

func unreadable(err error) error {
	return &api.Error{Code: api.BadAnswer, Msg: "the server's answer is no log: " + err.Error(), Err: err}
}
