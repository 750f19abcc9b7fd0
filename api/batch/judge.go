package batch

import (
	"context"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"errata/api/judge"
	"errata/model"
	"errata/model/judgment"
)

// JudgeKind is the kind of Judge.
const JudgeKind = "judge"

// Judge is the change that says the same of each log, unless that is there already. The
// acts have no id and no log yet, and were checked.
func Judge(acts []judge.Act) Change {
	words := []string{JudgeKind}
	var spec []actSpec
	for _, act := range acts {
		words = append(words, act.Evaluator.Called()+"="+shortened(judgment.Words(act.Value)))
		spec = append(spec, specOfAct(act))
	}
	r := Recipe{Kind: JudgeKind, Words: strings.Join(words, " ")}
	r.Spec, _ = json.Marshal(spec) // texts and flags
	return Change{Recipe: r, Make: func(_ context.Context, log *model.Log, of Item) (Edit, error) {
		return judgedAnew(acts, log, of), nil
	}}
}

// ReadJudge makes a Judge of its spec.
func ReadJudge(spec []byte) (Change, error) {
	var list []actSpec
	if err := json.Unmarshal(spec, &list); err != nil {
		return Change{}, err
	}
	var acts []judge.Act
	for _, s := range list {
		acts = append(acts, s.act())
	}
	return Judge(acts), nil
}

// actSpec is a judgment of any log as data: also who judges, and with which version of an
// evaluator.
type actSpec struct {
	ID        string `json:"id"` // of the evaluator, and so on
	Path      string `json:"path,omitempty"`
	Name      string `json:"name,omitempty"`
	Version   string `json:"version,omitempty"`
	User      string `json:"user,omitempty"`
	Completed bool   `json:"completed,omitempty"`
	Value     string `json:"value,omitempty"` // a JSON literal
	Bytes     []byte `json:"bytes,omitempty"` // in place of one that is not UTF-8
}

func specOfAct(a judge.Act) actSpec {
	e := a.Evaluator
	s := actSpec{ID: e.ID, Path: e.Path, Name: e.Name, Version: e.VersionID, User: a.User, Completed: a.Completed}
	if raw := a.Value.Bytes(); utf8.Valid(raw) {
		s.Value = string(raw)
	} else {
		s.Bytes = raw
	}
	return s
}

func (s actSpec) act() judge.Act {
	value := model.Absent
	if raw := s.Value + string(s.Bytes); raw != "" {
		value = model.Raw([]byte(raw))
	}
	return judge.Act{Evaluator: judgment.Evaluator{ID: s.ID, Path: s.Path, Name: s.Name, VersionID: s.Version},
		Value: value, User: s.User, Completed: s.Completed}
}

// judgedAnew is which of some judgments are not in a log yet.
func judgedAnew(acts []judge.Act, log *model.Log, of Item) Edit {
	edit := Edit{Stood: map[string]model.Value{}}
	standings := judgment.Standings(judgment.Of(log))
	for _, act := range acts {
		act.ID = of.NewID("log_", act.Evaluator.ID)
		act.LogID, act.FileID = log.Head().ID, log.Head().PromptID
		if now := act.Now(standings); !judgment.Same(now, act.Value) || act.Completed {
			edit.Acts, edit.Stood[act.ID] = append(edit.Acts, act), now
		}
	}
	return edit
}
