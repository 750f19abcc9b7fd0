package draft_test

import (
	"os"
	"testing"

	"errata/model"
	"errata/model/judgment"
	"errata/ui/draft"
)

// verdict is a decision with the evaluator ev_1.
func verdict(id, literal string) *judgment.Decision {
	return &judgment.Decision{ID: id, User: "ada", Value: model.Raw([]byte(literal)),
		Evaluator: judgment.Evaluator{ID: "ev_1", Path: "team/rating", Name: "rating", VersionID: "evv_1"}}
}

// said is a step of the judgments.
func said(before, after *judgment.Decision) draft.Step {
	return draft.Step{Said: &draft.Said{Evaluator: "ev_1", Before: before, After: after}}
}

// TestJudgmentsSurviveAKill reads back what a process that was killed had decided: nothing is
// closed or synced.
func TestJudgmentsSurviveAKill(t *testing.T) {
	t.Parallel()
	good, bad := verdict("log_a", `"good"`), verdict("log_b", `"bad"`)
	edit := step("output", `"At nine."`, nil, value(`"At ten."`))
	for name, c := range map[string]struct {
		events []draft.Event
		want   *judgment.Decision
		done   int
	}{
		"decided":           {[]draft.Event{said(nil, good)}, good, 1},
		"decided again":     {[]draft.Event{said(nil, good), edit, said(good, bad)}, bad, 3},
		"undone":            {[]draft.Event{said(nil, good), said(good, bad), draft.Undo{}}, good, 1},
		"undone and redone": {[]draft.Event{said(nil, good), said(good, bad), draft.Undo{}, draft.Redo{}}, bad, 2},
		"being typed":       {[]draft.Event{said(nil, good), draft.Say{Evaluator: "ev_1", Decision: bad}}, bad, 1},
		"typed":             {[]draft.Event{edit, draft.Say{Evaluator: "ev_1", Decision: bad}, said(nil, bad)}, bad, 2},
		"carried out":       {[]draft.Event{edit, said(nil, good), draft.Judged{Evaluator: "ev_1"}}, nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			d, _ := take(t, b.Store)
			add(t, d, c.events...)
			content, err := os.ReadFile(theFile(t, b.dir))
			if err != nil {
				t.Fatal(err)
			}
			s := planted(t, content)
			if got := draft.Decided(s.Said, "ev_1"); !got.SameAs(c.want) {
				t.Errorf("the draft has decided %+v, not %+v", got, c.want)
			}
			if len(s.Done) != c.done {
				t.Errorf("there are %d steps to undo, not %d", len(s.Done), c.done)
			}
		})
	}
}
