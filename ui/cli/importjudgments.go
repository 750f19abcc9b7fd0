package cli

import (
	"context"
	"errors"
	"fmt"

	"errata/api"
	"errata/api/logfile"
	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

// Judgments that are imported to another server are not sent within their log: each is a log of its
// own, and is sent when the logs and judgments that it may be about are there.

// laterJudgment is a judgment that is sent after the logs.
type laterJudgment struct {
	log  serverLog
	at   logfile.Position
	path string // path of the file, as the user wrote it
	base string
	raw  []byte // its line in the file, when it stood on a line of its own
}

// judgmentLog is a judgment as it is created on a server: with the path and the spec of its
// evaluator, so that an evaluator that does not exist yet is created.
func judgmentLog(log *model.Log) (serverLog, error) {
	j := judgment.Read(log)
	literal := log.Member(string(api.EvaluatorFile)).Bytes()
	evaluator, err := jsonraw.Members(literal)
	if err != nil {
		return serverLog{}, errors.New("it is no judgment: its evaluator cannot be read")
	}
	switch {
	case j.ID == "" || j.ParentID == "":
		return serverLog{}, errors.New(`it is no judgment: it has no text "id", or no "parent_id" that names what is judged`)
	case j.Evaluator.Path == "":
		return serverLog{}, errors.New("a judgment cannot be made on a server without the path of its evaluator")
	}
	var o object
	o.text("log_id", j.ID)
	o.text("path", j.Evaluator.Path)
	if spec, ok := jsonraw.Find(evaluator, "spec"); ok && spec.Kind == jsonraw.Object {
		o.add("spec", spec.Val.Of(literal))
	}
	o.text(judgment.Parent, j.ParentID)
	o.add(judgment.Said, judgment.Wire(j.Value).Bytes())
	for _, f := range model.EvaluatorFields() {
		if v := log.Value(f); v.IsSet() {
			o.add(f.Name, v.Bytes())
		}
	}
	for _, name := range []string{"user", judgment.Done} {
		if v := log.Member(name); v.IsSet() {
			o.add(name, v.Bytes())
		}
	}
	return serverLog{log: log, id: j.ID, path: string(api.EvaluatorFile) + " " + j.Evaluator.Path, body: o.bytes(), judges: true}, nil
}

// keepJudgments stores the judgments within a log for finish, and the log itself when it is a
// judgment.
func (s *serverSink) keepJudgments(l logfile.Log[serverLog]) {
	keep := func(log serverLog, raw []byte) {
		if !s.known[log.id] {
			s.known[log.id] = true
			s.later = append(s.later, laterJudgment{log, l.Position, s.importReader.path, s.importReader.base, raw})
		}
	}
	if l.Ready.judges {
		keep(l.Ready, l.Raw)
	}
	s.keepWithin(l.Ready.log, keep)
}

// keepWithin stores the judgments within a log, and those within each of them.
func (s *serverSink) keepWithin(log *model.Log, keep func(log serverLog, raw []byte)) {
	for _, j := range judgment.Of(log) {
		made, err := judgmentLog(withParent(j, log.Head().ID))
		if err != nil {
			s.unsent++
			continue
		}
		keep(made, nil)
		s.keepWithin(j.Log, keep)
	}
}

// withParent is a judgment that stood within another log, as a log of its own that names it.
func withParent(j judgment.Judgment, parent string) *model.Log {
	if j.ParentID != "" {
		return j.Log
	}
	doc, err := jsonraw.Set(j.Log.Bytes(), []jsonraw.Edit{{Name: judgment.Parent, Val: jsonraw.Literal(parent)}})
	if err != nil {
		return j.Log
	}
	log, err := model.ParseLog(doc)
	if err != nil {
		return j.Log
	}
	return log
}

// finish sends the stored judgments, if the server takes judgments: those of logs first, then those
// of judgments.
func (s *serverSink) finish(ctx context.Context) error {
	for left := s.later; len(left) > 0; {
		var now, then []laterJudgment
		waiting := map[string]bool{}
		for _, j := range left {
			waiting[j.log.id] = true
		}
		for _, j := range left {
			if waiting[judgment.Read(j.log.log).ParentID] {
				then = append(then, j)
			} else {
				now = append(now, j)
			}
		}
		if len(now) == 0 { // they only judge each other, so none can be the first
			now, then = then, nil
		}
		if err := s.sendJudgments(ctx, now); errors.Is(err, api.ErrNoJudgments) {
			s.say("%s: %s stayed behind", api.ErrNoJudgments, figure.Count(len(left)-s.judged-s.judgedThere, "judgment"))
			return nil
		} else if err != nil {
			return err
		}
		left = then
	}
	return nil
}

func (s *serverSink) sendJudgments(ctx context.Context, list []laterJudgment) error {
	logs := make([]serverLog, len(list))
	for i, j := range list {
		logs[i] = j.log
	}
	refused, err := s.sendAll(ctx, logs)
	for i, why := range refused {
		if j := list[i]; why != nil {
			s.importReader.path, s.importReader.base = j.path, j.base
			s.Refused(logfile.Problem{Position: j.at, Msg: "judgment " + j.log.id + ": " + why.Error()}, j.raw)
		}
	}
	return err
}

// makeJudgment creates a judgment. When the server finds nothing to judge although the log is
// there, it does not take judgments at all.
func (s *serverSink) makeJudgment(ctx context.Context, log serverLog) (id string, err error) {
	taker, ok := s.svc.Service.(api.Judge)
	if !ok {
		return "", api.NoJudgments(&api.Error{Code: api.Failed})
	}
	made, err := taker.CreateJudgment(ctx, api.CreateQuery{}, log.body)
	var answer *api.Error
	if errors.As(err, &answer) && answer.Code == api.NotFound {
		if _, missing := s.svc.Log(ctx, judgment.Read(log.log).ParentID); missing == nil {
			return "", api.NoJudgments(answer)
		}
	}
	return made.ID, err
}

// sameJudgment returns an error when the server has another judgment under the id.
func sameJudgment(there *model.Log, log serverLog) error {
	a, b := judgment.Read(there), judgment.Read(log.log)
	if a.ParentID != b.ParentID || !judgment.Same(a.Value, b.Value) {
		return fmt.Errorf("judgment %s is on the server already and differs; it was left as it is", log.id)
	}
	return nil
}
