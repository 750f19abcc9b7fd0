package judge

import (
	"context"
	"errors"

	"errata/api"
	"errata/api/save"
	"errata/model"
	"errata/model/judgment"
)

// found looks for the judgment after it was sent; lost is the error of an answer that does not tell
// what became of it, nil if the server said yes.
func (s *sender) found(ctx context.Context, r Result, lost error) Result {
	is, log, err := s.look(ctx, r.ID)
	r.Log = log
	if err != nil {
		r.Outcome, r.Err = save.Unknown, err
		return r
	}
	switch there := is != nil; {
	case s.act.Remove && !there, !s.act.Remove && there && s.same(*is):
		r.Outcome = save.Verified
	case !s.act.Remove && there:
		r.Outcome = save.Unkept
	case lost == nil && s.act.Remove:
		r.Outcome = save.Unkept
	case lost == nil:
		r.Outcome = save.Accepted
	case pending(lost):
		r.Outcome, r.Err = save.Unknown, lost
	default:
		return r.failed(api.NotDone(lost))
	}
	return r
}

// there is what a judgment whose id is in use comes to: it was made already, or it is another one.
func (s *sender) there(ctx context.Context, r Result, refused error) Result {
	is, log, err := s.look(ctx, r.ID)
	switch {
	case err != nil:
		r.Outcome, r.Err = save.Unknown, err
	case is != nil && s.same(*is):
		r.Outcome, r.Log, r.Recovered = save.Verified, log, true
	default:
		return r.failed(refused)
	}
	return r
}

// gone is what comes of a removal where the server answers that there is no such judgment. Whoever
// takes that for done relies on it, so that the log is looked at.
func (s *sender) gone(ctx context.Context, r Result, refused error) Result {
	is, log, err := s.look(ctx, r.ID)
	r.Log = log
	switch {
	case err != nil:
		r.Outcome, r.Err = save.Unknown, err
	case is != nil:
		return r.failed(&api.Error{Code: api.BadAnswer, Msg: "the server says that there is no judgment " + r.ID + ", and shows it", Err: refused})
	default:
		return r.failed(refused)
	}
	return r
}

// look reads the log that is judged, and finds the judgment in it; else by itself, for a server may
// need a moment until it shows it. is is nil when it is nowhere, log when there is none to read.
func (s *sender) look(ctx context.Context, id string) (is *judgment.Judgment, log *model.Log, err error) {
	log, err = s.read(ctx, s.act.LogID)
	if err != nil {
		return nil, nil, err
	}
	if log != nil {
		if j, ok := Shown(log, id); ok {
			return &j, log, nil
		}
	}
	alone, err := s.read(ctx, id)
	if err != nil || alone == nil {
		return nil, log, err
	}
	j := judgment.Read(alone)
	return &j, log, nil
}

// Shown is the judgment of an id that a log shows, by the id of the server or by the one that was
// chosen for it.
func Shown(log *model.Log, id string) (judgment.Judgment, bool) {
	for _, j := range judgment.Of(log) {
		if j.ID == id || chosen(j) == id {
			return j, true
		}
	}
	return judgment.Judgment{}, false
}

// chosen is the id that whoever made a judgment chose for it, as a server keeps it that gave it
// another one.
func chosen(j judgment.Judgment) string {
	text, _ := j.Log.Member("log_id").Text()
	return text
}

// read reads a log, nil when there is none.
func (s *sender) read(ctx context.Context, id string) (*model.Log, error) {
	doc, err := s.svc.Log(ctx, id)
	switch api.CodeOf(err) {
	case 0:
		return doc.Log()
	case api.NotFound:
		return nil, nil
	}
	return nil, err
}

// same reports whether a judgment is the one that was decided.
func (s *sender) same(j judgment.Judgment) bool {
	of := j.ParentID == s.act.LogID || j.ParentID == ""
	return of && judgment.Same(j.Value, s.act.Value) && (j.Evaluator.ID == s.act.Evaluator.ID || s.act.Evaluator.ID == "")
}

// pending reports whether a request that was not answered may still be carried out: nobody has hung
// up on it.
func pending(err error) bool {
	code := api.CodeOf(err)
	return code == api.Timeout || code == api.Canceled
}

// missing says what is not there where the server has answered so: the log, the evaluator, or, when
// both are, the endpoint.
func (s *sender) missing(ctx context.Context, answer *api.Error) error {
	files, ok := s.svc.(interface {
		File(ctx context.Context, kind api.FileKind, id string, q api.CreateQuery) ([]byte, error)
	})
	if !ok || s.act.Remove || errors.Is(answer, api.ErrNoJudgments) {
		return answer
	}
	if log, err := s.read(ctx, s.act.LogID); err != nil || log == nil {
		return answer
	}
	of := s.act.Evaluator
	if _, err := files.File(ctx, api.EvaluatorFile, of.ID, api.CreateQuery{VersionID: of.VersionID}); err != nil {
		return answer
	}
	return api.NoJudgments(answer)
}
