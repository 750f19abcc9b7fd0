package batch

import (
	"context"
	"fmt"

	"errata/api"
	"errata/api/judge"
	"errata/api/save"
	"errata/model"
)

// attempts is how often the changes of a log are made again because it changed meanwhile.
const attempts = 3

// send sends what is to be changed in one log, and says what became of it. What has started is
// given the time that lasting has; nothing is started once ctx is done.
func (s *sending) send(ctx, lasting context.Context, row Row) Event {
	if e, known := s.known(lasting, row); known {
		return e
	}
	var e Event
	for range attempts {
		var anew bool
		if e, anew = s.once(ctx, lasting, row); !anew {
			return s.saidBefore(row, e)
		}
	}
	e.Outcome, e.Err = Conflict, &api.Error{Code: api.Precondition, Msg: "the log keeps changing on the server; nothing was sent"}
	return e
}

// once reads the log, makes the changes, and sends them. anew says that the log changed before
// that, so that the changes are to be made again.
func (s *sending) once(ctx, lasting context.Context, row Row) (e Event, anew bool) {
	if err := s.run.Change.check(row.Item); err != nil {
		e.Outcome, e.Err = outcomeOf(err), err
		return e, false
	}
	log, tag, err := read(ctx, s.run.Service, row.LogID)
	if err != nil {
		return e.failed(err), false
	}
	s.garbage.read(log.Size())
	if e, arrived := s.arrived(lasting, row, log); arrived {
		return e, false
	}
	if err = changeable(log); err == nil {
		e.Edit, err = s.run.Change.Make(ctx, log, row.Item)
	}
	if err == nil {
		err = s.unmoved(row, e.Edit)
	}
	switch {
	case err != nil:
		e.Outcome, e.Err = outcomeOf(err), err
		return e, false
	case !e.Edit.changes():
		return s.nothing(row, e), false
	case len(e.Edit.fields()) == 0:
		return s.judge(lasting, row, log, e), false
	}
	s.tries()
	e.Result = save.Send(lasting, s.run.Service, e.Edit.Changes, s.options(row, e.Edit, tag))
	e.Entry = e.Result.Entry
	switch o := e.Result.Outcome; {
	case o == save.Moved, o == save.Conflict && (row.sums != nil || s.run.Conflict == save.Mine):
		return e, true
	case o == save.Nothing:
		if late, arrived := s.arrived(lasting, row, e.Result.Got); arrived {
			return late, false
		}
		e.Outcome = Same
	case o == save.Verified:
		e.Outcome = Saved
		return s.judge(lasting, row, log, e), false
	default:
		return e.unsaved(), false
	}
	return e, false
}

// tries notes that something is about to be sent.
func (s *sending) tries() {
	s.batch.mu.Lock()
	defer s.batch.mu.Unlock()
	s.batch.tried = true
}

// unmoved makes sure that the changes are those that were reviewed: the same fields get the same
// values in the place of the same. What somebody else has done meanwhile is not a change any more.
func (s *sending) unmoved(row Row, edit Edit) error {
	if row.sums == nil || s.run.Conflict == save.Mine {
		return nil
	}
	now := edit.sums()
	var moved []*model.Field
	for _, f := range edit.fields() {
		if now[f.Name] != row.sums[f.Name] {
			moved = append(moved, f)
		}
	}
	switch {
	case len(moved) == 0:
		return nil
	case s.run.Conflict == save.Theirs:
		for _, f := range moved {
			edit.Changes.Revert(f)
		}
		return nil
	}
	return &api.Error{Code: api.Conflict, Msg: "changed on the server since it was reviewed: " + model.Names(moved) + "; nothing was sent"}
}

func (s *sending) options(row Row, edit Edit, tag string) save.Options {
	o := save.Options{Journal: s.journal.Item(row.N), Fresh: &tag, Sleep: s.run.Sleep}
	if s.run.Conflict == save.Theirs {
		o.OnConflict = save.Theirs
	}
	if row.sums != nil {
		o.Exactly = edit.Changes.Patch()
	}
	return o
}

// failed is an event whose log is as it was, after an error of the server or of the journal.
func (e Event) failed(err error) Event {
	e.Outcome, e.Err, e.gone = outcomeOf(err), err, hopeless(err)
	return e
}

// unsaved is an event of a PATCH that is not verified.
func (e Event) unsaved() Event {
	r := e.Result
	e.Outcome = Unclear
	switch r.Outcome {
	case save.Conflict:
		e.Outcome = Conflict
		e.Err = &api.Error{Code: api.Conflict, Msg: "changed on the server meanwhile: " + model.Names(r.Conflicts) + "; nothing was sent"}
	case save.Unkept:
		e.Err = fmt.Errorf("sent as entry %s, and the server did not keep %s as sent", r.Entry, model.Names(r.Unkept))
	case save.Accepted:
		e.Err = fmt.Errorf("sent as entry %s and accepted, but the server still shows %s as before", r.Entry, model.Names(r.Unkept))
	case save.Unknown:
		e.Err = fmt.Errorf("sent as entry %s, but the log cannot be read back: %w", r.Entry, r.Err)
	default:
		e = e.failed(r.Err)
		if r.Recovered {
			e.Err = fmt.Errorf("not saved, as reading the log back shows: %w", r.Err)
		}
	}
	return e
}

// judge sends the judgments of an edit whose fields are saved; log is what was read before.
func (s *sending) judge(ctx context.Context, row Row, log *model.Log, e Event) Event {
	if len(e.Edit.Acts) == 0 {
		return e
	}
	svc, ok := s.run.Service.(api.Judge)
	if !ok {
		return e.failed(api.ErrNoJudgments)
	}
	done := e.Outcome == Saved
	for _, act := range e.Edit.Acts {
		if act.Remove {
			switch there, err := stands(ctx, svc, log, act.ID); {
			case err != nil:
				return e.failed(err)
			case !there:
				continue // it never was, or an earlier run has seen to that
			}
		}
		r := judge.Do(ctx, svc, act, judge.Options{Journal: s.journal.Item(row.N)})
		if e.Entry == "" {
			e.Entry = r.Entry
		}
		switch r.Outcome {
		case save.Verified:
			done = true
			continue
		case save.Failed:
			if act.Remove && api.CodeOf(r.Err) == api.NotFound {
				done = true
				continue // it is gone, as is wanted
			}
			return e.failed(r.Err)
		case save.Unknown:
			e.Err = fmt.Errorf("a judgment was sent as entry %s, and what became of it cannot be read: %w", r.Entry, r.Err)
		default:
			e.Err = fmt.Errorf("a judgment was sent as entry %s, and the server does not show it as sent", r.Entry)
		}
		e.Outcome = Unclear
		return e
	}
	if !done {
		return s.nothing(row, e)
	}
	e.Outcome = Saved
	return e
}

// stands reports whether a judgment is there: one that a server does not show in its log yet can be
// read by itself. log is what was read before. If that cannot be told nothing may be removed: a
// removal of what never was would count as done.
func stands(ctx context.Context, svc api.Judge, log *model.Log, id string) (bool, error) {
	if _, shown := judge.Shown(log, id); shown {
		return true, nil
	}
	_, err := svc.Log(ctx, id)
	if api.CodeOf(err) == api.NotFound {
		return false, nil
	}
	return err == nil, err
}
