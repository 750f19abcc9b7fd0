package judge

import (
	"context"
	"errors"

	"errata/api"
	"errata/api/save"
	"errata/model"
	"errata/model/judgment"
)

// Options change how a judgment is sent.
type Options struct {
	Journal Recorder // nil keeps no journal
}

// Recorder keeps a record of judgments. The journal is one.
type Recorder interface {
	// BeginJudgment records what is about to be sent. The record has to be safe when it returns:
	// after an error nothing is sent. The error is an *api.Error.
	BeginJudgment(ctx context.Context, a Act) (Record, error)
}

// Record is a judgment that was started.
type Record interface {
	// ID is what the entry is called.
	ID() string
	// EndJudgment records what became of it. It is called once, also when the sender has given up.
	EndJudgment(ctx context.Context, r Result) error
}

// Result is what came of an act.
type Result struct {
	// Failed: nothing was written, Err says why; of what was to be removed api.NotFound says that
	// it is not there, as reading the log shows, too. Verified: it was read back, or, when it was
	// to be removed, it is not there any more. Unkept: the server holds something else than was
	// sent. Accepted: the server said yes, and it cannot be read back yet. Unknown: whether it was
	// written cannot be told, or not yet
	Outcome   save.Outcome
	ID        string     // of the judgment: that of the act, unless the server chose another
	Log       *model.Log // the log that is judged, as it was read afterwards; nil when it was not
	Recovered bool       // the answer did not tell the outcome, and looking for the judgment did
	Entry     string     // the id that the journal gave it, empty for none
	EntryErr  error      // why the journal does not hold the outcome yet
	// why it failed, or is not known; api.ErrNoJudgments is in its chain where the server takes
	// none
	Err error
}

// Do carries an act out once, and finds out what became of it. It may be called again with the same
// act, whatever came of it: a judgment that is there already is found by its id, and not made
// twice.
func Do(ctx context.Context, svc api.Judge, a Act, o Options) Result {
	if wrong := a.Check(); wrong != "" {
		return Result{Outcome: save.Failed, ID: a.ID, Err: &api.Error{Code: api.Invalid, Msg: wrong,
			Fields: []api.FieldError{{Loc: []any{"body", judgment.Said}, Msg: wrong}}}}
	}
	record, err := o.begin(ctx, a)
	if err != nil {
		return Result{Outcome: save.Failed, ID: a.ID, Err: err}
	}
	s := &sender{svc: svc, act: a, o: o}
	r := s.send(ctx)
	r.Entry = record.ID()
	ctx, cancel := api.Linger(ctx)
	defer cancel()
	r.EntryErr = record.EndJudgment(ctx, r)
	return r
}

func (o Options) begin(ctx context.Context, a Act) (Record, error) {
	if o.Journal == nil {
		return unrecorded{}, nil
	}
	return o.Journal.BeginJudgment(ctx, a)
}

// unrecorded is the record where there is no journal.
type unrecorded struct{}

func (unrecorded) ID() string                                { return "" }
func (unrecorded) EndJudgment(context.Context, Result) error { return nil }

// sender is one act under way.
type sender struct {
	svc api.Judge
	act Act
	o   Options
}

// send makes the request, and reads what became of it.
func (s *sender) send(ctx context.Context) Result {
	r := Result{ID: s.act.ID}
	lasting, cancel := api.Lasting(ctx)
	defer cancel()
	id, err := s.request(api.WithLook(ctx, func() bool { return s.maybe(lasting) }))
	if err == nil && !s.act.Remove {
		r.ID = id
	}
	var failure *api.Error
	switch known := errors.As(err, &failure); {
	case err == nil:
		return s.found(lasting, r, nil)
	case known && failure.Code == api.Conflict && !s.act.Remove:
		return s.there(lasting, r, err)
	case known && failure.Code == api.NotFound && s.act.Remove:
		return s.gone(lasting, r, err)
	case known && failure.Code == api.NotFound:
		return r.failed(s.missing(lasting, failure))
	case known && failure.Sent == api.NotSent:
		return r.failed(err)
	}
	r.Recovered = true
	return s.found(lasting, r, err)
}

// request makes the request, and gives the id that the server answers for a judgment that it made.
func (s *sender) request(ctx context.Context) (id string, err error) {
	if s.act.Remove {
		return "", s.svc.DeleteLogs(ctx, []string{s.act.ID})
	}
	made, err := s.svc.CreateJudgment(ctx, api.CreateQuery{VersionID: s.act.Evaluator.VersionID}, s.act.Body())
	return made.ID, err
}

// maybe reports whether the act may have been carried out: a server that asks to slow down may say
// so after it has done what it was asked for.
func (s *sender) maybe(ctx context.Context) bool {
	is, _, err := s.look(ctx, s.act.ID)
	return err != nil || (is == nil) == s.act.Remove
}

func (r Result) failed(err error) Result {
	r.Outcome, r.Err = save.Failed, err
	return r
}
