package batch_test

import (
	"context"
	"testing"

	"errata/api"
	"errata/api/apitest"
	"errata/api/batch"
	"errata/api/judge"
	"errata/model"
	"errata/model/judgment"
)

// What became of two judgments was never learned: one is there, and one never came to be. To take
// them back deletes the first one, and tells that there was nothing of the other.
func TestUndoOfAJudgmentThatNeverWas(t *testing.T) {
	t.Parallel()
	p, ctx := setUp(t, 2), context.Background()
	if _, err := p.UpsertEvaluator(ctx, []byte(`{"path": "helps", "spec": {"evaluator_type": "human", "arguments_type": "target_free", "return_type": "boolean"}}`)); err != nil {
		t.Fatal(err)
	}
	change := batch.Judge([]judge.Act{{Evaluator: judgment.Evaluator{Path: "helps"}, Value: model.Raw([]byte("true"))}})
	b := p.begin(t, change, ids(2)...)
	lost := &api.Error{Code: api.Failed, Msg: "the line is cut", Sent: api.MaybeSent}
	r := p.run(change)
	r.Service, r.Workers = &unseen{Fake: p.Fake, lost: lost}, 1
	p.FailAfter(apitest.CreateJudgment, lost)
	p.Fail(apitest.CreateJudgment, lost)
	send(t, b, r)
	wantCounts(t, b, "2 match, 0 to do, 0 saved, 0 same, 0 conflict, 2 unclear, 0 refused, 0 left out")
	_ = b.Close()

	p.undo(t, b.Head, "2 match, 0 to do, 1 saved, 1 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
	if n := p.Calls(apitest.DeleteLogs); n != 1 {
		t.Errorf("%d deletions for one judgment", n)
	}
}

// unseen is a server of which nothing can be read once something was judged.
type unseen struct {
	*apitest.Fake
	lost   error
	judged bool
}

func (u *unseen) CreateJudgment(ctx context.Context, q api.CreateQuery, body []byte) (api.Judged, error) {
	u.judged = true
	return u.Fake.CreateJudgment(ctx, q, body)
}

func (u *unseen) Log(ctx context.Context, id string) (api.Document, error) {
	if u.judged {
		u.judged = false // what comes next is about another log
		return api.Document{}, u.lost
	}
	return u.Fake.Log(ctx, id)
}
