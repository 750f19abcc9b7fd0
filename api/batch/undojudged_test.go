package batch_test

import (
	"context"
	"slices"
	"testing"

	"errata/api"
	"errata/api/apitest"
	"errata/api/batch"
	"errata/api/judge"
	"errata/api/save"
	"errata/model"
	"errata/model/judgment"
)

// What became of two judgments was never learned: one is there, and one never came to be. To take
// them back deletes the first one, and says that there was nothing of the other.
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

	undo, sent, err := batch.Undo(p.state, p.journal, b.Head, save.Fail)
	if err != nil {
		t.Fatal(err)
	}
	back, err := batch.New(p.state, batch.Head{Server: "http://far", Recipe: undo.Recipe, Undoes: b.ID})
	if err == nil {
		err = back.Gather(sent)
	}
	if err != nil {
		t.Fatal(err)
	}
	// While it cannot be told whether a judgment is there, none is removed, and none counts as
	// that.
	r = p.run(undo)
	r.Service, r.Workers = &mute{p.Fake}, 1
	if err := back.Send(t.Context(), r); err == nil {
		t.Error("a server that shows no judgment by itself ends no run")
	}
	_ = back.Close()
	if back, err = batch.Open(p.state, back.ID); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = back.Close() }()
	send(t, back, p.run(undo))
	wantCounts(t, back, "2 match, 0 to do, 1 saved, 1 same, 0 conflict, 0 unclear, 0 refused, 0 left out")
	if n := p.Calls(apitest.DeleteLogs); n != 1 {
		t.Errorf("%d deletions for one judgment", n)
	}
}

// mute is a server that cannot be reached for what is not a log of its list.
type mute struct{ *apitest.Fake }

func (m *mute) Log(ctx context.Context, id string) (api.Document, error) {
	if !slices.Contains(ids(2), id) {
		return api.Document{}, &api.Error{Code: api.Unreachable, Msg: "connection refused", Sent: api.NotSent}
	}
	return m.Fake.Log(ctx, id)
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
