package journal

import (
	"context"
	"time"
	"unicode/utf8"

	"errata/api"
	"errata/api/judge"
	"errata/model"
	"errata/model/judgment"
)

var _ judge.Recorder = (*Recorder)(nil)

// judged is a judgment as a record has it.
type judged struct {
	ID        string `json:"id"`
	Evaluator string `json:"evaluator_id,omitempty"`
	Path      string `json:"path,omitempty"`
	Version   string `json:"version_id,omitempty"`
	User      string `json:"user,omitempty"`
	CreatedAt string `json:"created,omitempty"`
	Completed bool   `json:"completed,omitempty"`
	Removed   bool   `json:"removed,omitempty"`
	Value     *held  `json:"value,omitempty"`
}

// BeginJudgment records a judgment that is about to be sent, and returns when that is on the disk.
// The error is an *api.Error and says that nothing was sent.
func (r *Recorder) BeginJudgment(ctx context.Context, a judge.Act) (judge.Record, error) {
	o := opening{heading: r.heading(a.LogID, a.FileID)}
	o.Judgment = &judged{
		ID: a.ID, Evaluator: a.Evaluator.ID, Path: a.Evaluator.Path, Version: a.Evaluator.VersionID, User: a.User, CreatedAt: a.CreatedAt,
		Completed: a.Completed, Removed: a.Remove, Value: holding(a.Value),
	}
	begun, err := r.await(ctx, o)
	if err != nil {
		return nil, err
	}
	return &judgedRecord{begun, a.ID}, nil
}

// holding is a value as a member of a small record, nil for absent.
func holding(v model.Value) *held {
	switch raw := v.Bytes(); {
	case raw == nil:
		return nil
	case utf8.Valid(raw):
		return &held{Literal: string(raw)}
	default:
		return &held{Bytes: raw}
	}
}

// judgedRecord is a judgment under way.
type judgedRecord struct {
	*record
	judgment string // its id, as it was chosen
}

// EndJudgment records what became of it.
func (r *judgedRecord) EndJudgment(ctx context.Context, result judge.Result) error {
	end := closing{End: r.id, Outcome: outcome(result.Outcome, result.Err)}
	if result.ID != r.judgment {
		end.Made = result.ID
	}
	return r.close(ctx, end)
}

// read reads a judgment back.
func (j *judged) read(e Entry) (*Judgment, error) {
	value, sum, err := j.Value.read()
	return &Judgment{judge.Act{
		ID: j.ID, LogID: e.LogID, FileID: e.PromptID, Value: value, User: j.User, CreatedAt: j.CreatedAt, Completed: j.Completed, Remove: j.Removed,
		Evaluator: judgment.Evaluator{ID: j.Evaluator, Path: j.Path, VersionID: j.Version},
	}, sum}, err
}

// becomeJudgment looks for the judgment of an entry: by itself, or in a reading of the log that is
// judged.
func becomeJudgment(ctx context.Context, svc Reader, e Entry, now time.Time) (Outcome, error) {
	is, err := findJudgment(ctx, svc, e.Judgment.ID)
	if err != nil {
		return "", err
	}
	same := is != nil && (e.Redacted || judgment.Same(is.Value, e.Judgment.Value))
	sent, before := same, is == nil
	if e.Judgment.Remove {
		sent, before = is == nil, same
	}
	return e.fate(sent, before, now.Sub(e.Time) < catchUp), nil
}

func findJudgment(ctx context.Context, svc Reader, id string) (*judgment.Judgment, error) {
	doc, err := svc.Log(ctx, id)
	if api.CodeOf(err) == api.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	log, err := doc.Log()
	if err != nil {
		return nil, err
	}
	if j := judgment.Read(log); j.ID == id {
		return &j, nil
	}
	for _, j := range judgment.Of(log) {
		if j.ID == id {
			return &j, nil
		}
	}
	return nil, nil
}
