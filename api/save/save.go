// Package save sends the changes of a log safely: it reads the log again, refuses to overwrite what
// somebody else changed meanwhile, sends the PATCH, and reads back what the server kept. A PATCH is
// sent again only if it is certain that the one before did nothing.
//
// It knows a Service and a change set. It must not know screens or command lines; both save through
// it.
package save

import (
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
	Nothing Outcome = iota // there was nothing to send, or the server has it all already
	Failed                 // refused or failed before anything was written; Result.Err says why
	// the log has changed on the server, so the body would differ from the one that was reviewed;
	// nothing was sent
	Moved
	Conflict // somebody else changed Result.Conflicts; nothing was sent
	Verified // written, read back and found as sent
	Unkept   // written, but the server did not keep Result.Unkept as sent
	// the server's answer holds what was sent, but Result.Unkept cannot be read back yet
	Accepted
	Unknown // sent, and whether it was written cannot be read; Result.Err says why
)

// Result is what became of a save.
type Result struct {
	Outcome   Outcome
	Changes   *model.ChangeSet // what is still unsaved, on the newest reading of the log
	Moved     []*model.Field   // changed by somebody else only: the new values are kept
	Merged    []*model.Field   // those of them that are changed here too, and were merged
	Conflicts []*model.Field
	Newer     *model.Log // the reading that Conflicts are in conflict with
	Unkept    []*model.Field
	Got       *model.Log // the log as read back, for Verified, Unkept and Accepted
	Recovered bool       // the answer did not tell the outcome, and reading back did
	// the id that the journal gave the PATCH, "" when none was sent or no journal was asked for
	Entry string
	// why the journal does not hold the outcome yet; the outcome stands all the same
	EntryErr error
	Err      error
}

// Policy decides about a field that was changed both here and on the server, where the two changes
// cannot be merged.
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
	// the body that the user reviewed. If another one would be sent, the outcome is Moved. Nil
	// sends whatever remains to be changed
	Exactly []byte
	// the base of the changes has just been read with this tag, which may be empty, and is not read
	// again before the first PATCH; nil reads it
	Fresh   *string
	Journal Recorder // nil keeps no journal
	// waits before something is tried again; nil for api.Wait. Tests inject it
	Sleep api.Sleep
}

// attempts is how often the log may change between reading it and sending the PATCH, until the save
// gives up.
const attempts = 3

// Send saves the changes. It works on a copy: changes is not modified, and must not be modified
// meanwhile. A PATCH that certainly had no effect, because the server asked to slow down or because
// the log was read back without it, is sent again after a wait, on the log as it is then. Why that
// takes long is reported under ctx, see api.WithNotices.
func Send(ctx context.Context, svc api.Service, changes *model.ChangeSet, o Options) Result {
	if o.Sleep == nil {
		o.Sleep = api.Wait
	}
	s := &sender{svc: svc, o: o}
	c := changes.Clone()
	var moved, merged []*model.Field
	for range attempts {
		r, next := s.once(ctx, c)
		for next == again {
			r, next = s.once(ctx, r.Changes)
		}
		moved, merged = append(moved, r.Moved...), append(merged, r.Merged...)
		r.Moved, r.Merged = moved, merged
		if next == end {
			return r
		}
		c = r.Changes
	}
	return Result{Outcome: Failed, Changes: c, Moved: moved, Merged: merged,
		Err: &api.Error{Code: api.Precondition, Msg: "the log keeps changing on the server; nothing was sent, try again in a moment"}}
}

// sender is one save.
type sender struct {
	svc  api.Service
	o    Options
	pace api.Pace // of the PATCHes that had no effect

	// of the PATCH that was answered last, while the reading that reports whether it had an effect
	// after all is still to come; nil if there is none
	open Record
	lost error // what it was answered with
}

// step says what follows an attempt: the save ends, or the log is read again and the remaining
// changes are sent.
type step int

const (
	end   step = iota
	anew       // the log had changed before it, and nothing was written
	again      // it had no effect, and the wait that the server needs is over
)

// pause waits before a PATCH that had no effect and ended in r.Err is sent again, if another
// attempt is allowed.
func (s *sender) pause(ctx context.Context, r Result, next func(error) (time.Duration, bool)) (Result, step) {
	wait, ok := next(r.Err)
	if !ok {
		return r, end
	}
	if !s.o.Sleep.Pause(ctx, r.Err, wait) {
		return r.failed(&api.Error{Code: api.Canceled, Msg: "canceled while the server needed time; nothing was saved", Err: ctx.Err()}), end
	}
	return r, again
}

// once reads, compares, sends and reads back.
func (s *sender) once(ctx context.Context, c *model.ChangeSet) (r Result, next step) {
	newer, etag, err := s.reading(ctx, c.Base())
	if err == nil && s.open != nil && len(c.Unkept(newer)) == 0 { // it was carried out
		return s.settle(ctx, Result{Changes: c, Recovered: true}.compared(newer)), end
	}
	if err != nil && s.open != nil { // it was answered with no, which is not to be relied on
		return s.settle(ctx, Result{Outcome: Unknown, Changes: c, Err: err}), end
	}
	s.settle(ctx, Result{Outcome: Failed, Err: s.lost})
	if err != nil {
		return Result{Outcome: Failed, Changes: c, Err: err}, end
	}
	r, body, done := rebase(c, newer, s.o)
	if done {
		return r, end
	}
	return s.patch(ctx, r, body, etag)
}

// reading is the newest reading of the log.
func (s *sender) reading(ctx context.Context, at *model.Log) (newer *model.Log, etag string, err error) {
	if fresh := s.o.Fresh; fresh != nil {
		s.o.Fresh = nil
		return at, *fresh, nil
	}
	return reading(ctx, s.svc, at)
}

// reading reads the log from the server. If it has not changed, the log that the caller has is
// returned, so that memory holds one copy and not two.
func reading(ctx context.Context, svc api.Service, at *model.Log) (newer *model.Log, etag string, err error) {
	doc, etag, same, err := unchanged(ctx, svc, at)
	switch {
	case err != nil:
		return nil, "", err
	case same || at.Is(doc.Raw):
		return at, etag, nil
	}
	if newer, err = doc.Log(); err != nil {
		return nil, "", unreadable(err)
	}
	return newer, etag, nil
}

// rebase moves the changes onto the newest reading, and gives the body to send. done is true if the
// save ends with that.
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
	switch {
	case o.Exactly == nil:
		return r, c.Patch(), false
	case !c.IsPatch(o.Exactly):
		r.Outcome = Moved
		return r, nil, true
	}
	return r, o.Exactly, false
}

// settle applies the policy to each conflict.
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

// onto moves all changes to the newer reading; if both sides changed a field, this side wins.
func onto(c *model.ChangeSet, newer *model.Log) *model.ChangeSet {
	n := model.NewChangeSet(newer)
	for _, f := range c.Changed() {
		n.Set(f, c.Value(f))
	}
	return n
}

// patch sends the body once, records that, and finds out what became of it.
func (s *sender) patch(ctx context.Context, r Result, body []byte, etag string) (Result, step) {
	record, err := s.o.begin(ctx, r.Changes)
	if err != nil {
		r.Outcome, r.Err = Failed, err
		return r, end
	}
	r, next := s.send(ctx, r, body, etag)
	s.open, s.lost = record, r.Err
	if next == again {
		return r, next // the reading that follows says how it ended
	}
	return s.settle(ctx, r), next
}

// settle records how the PATCH that was answered last has ended, if that is not recorded yet.
func (s *sender) settle(ctx context.Context, r Result) Result {
	if s.open == nil {
		return r
	}
	ctx, cancel := api.Linger(ctx)
	defer cancel()
	r.Entry, r.EntryErr = s.open.ID(), s.open.End(ctx, r)
	s.open = nil
	return r
}

// send sends the body once and finds out what became of it.
func (s *sender) send(ctx context.Context, r Result, body []byte, etag string) (Result, step) {
	if r.Changes.Foreign() {
		ctx = api.WithLenient(ctx)
	}
	head := r.Changes.Base().Head()
	answer, err := update(s.svc, head.Kind)(ctx, head.PromptID, head.ID, body, etag)
	if err == nil {
		return s.verify(ctx, r, answer), end
	}
	var failure *api.Error
	switch known := errors.As(err, &failure); {
	case known && failure.Code == api.Precondition && etag != "":
		return r.failed(err), anew
	case known && failure.Code == api.RateLimited:
		slowed, next := s.pause(ctx, r.failed(err), s.pace.Next)
		if next == end { // no reading follows that reports whether it was carried out all the same
			slowed = s.find(ctx, r, slowed.Err)
		}
		return slowed, next
	case known && failure.Sent == api.NotSent:
		return r.failed(err), end
	}
	found := s.find(ctx, r, err)
	if found.Outcome != Failed || api.CodeOf(err) != api.Unavailable || ctx.Err() != nil {
		return found, end
	}
	found, next := s.pause(ctx, found, s.pace.Again)
	if next == again {
		if late := s.find(ctx, r, err); late.Outcome != Failed { // it took effect after all
			return late, end
		}
	}
	return found, next
}

func (r Result) failed(err error) Result {
	r.Outcome, r.Err = Failed, err
	return r
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

func unreadable(err error) error {
	return &api.Error{Code: api.BadAnswer, Msg: "the server's answer is not a log: " + err.Error(), Err: err}
}
