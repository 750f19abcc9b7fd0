package judge_test

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/journal"
	"errata/api/judge"
	"errata/api/save"
	"errata/api/server"
	"errata/api/store"
	"errata/model"
	"errata/model/judgment"
)

const (
	doc     = `{"id": "log_1", "prompt": {"id": "pr_1", "version_id": "prv_1", "path": "tides"}, "output": "high at nine"}`
	helpful = `{"path": "team/helpful", "spec": {"evaluator_type": "human", "arguments_type": "target_free", "return_type": "select", "options": [{"name": "good", "valence": "positive"}, {"name": "bad"}]}}`
	score   = `{"path": "team/score", "spec": {"evaluator_type": "human", "arguments_type": "target_free", "return_type": "number", "number_limits": {"min": 0, "max": 5}}}`
)

// bench is a client that reaches a store through a server and a proxy that does harm.
type bench struct {
	t       *testing.T
	store   *store.Store
	proxy   *apitest.Proxy
	svc     api.Backend
	journal *journal.Journal
	of      judgment.Evaluator
}

func newBench(t *testing.T, patience time.Duration) *bench {
	t.Helper()
	s, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Import(t.Context(), []byte(doc)); err != nil {
		t.Fatal(err)
	}
	made, err := s.UpsertEvaluator(t.Context(), []byte(helpful))
	if err != nil {
		t.Fatal(err)
	}
	proxy := apitest.NewProxy(t, server.New(s, server.Options{Allow: server.Only("key", "")}))
	base, err := url.Parse(proxy.URL() + "/v5")
	if err != nil {
		t.Fatal(err)
	}
	client, err := api.New(api.Options{BaseURL: base, Key: "key", Timeout: patience, Sleep: atOnce})
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(t.TempDir(), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &bench{t, s, proxy, client, j, judgment.ReadEvaluator(made)}
}

// atOnce is a Sleep that takes no time.
func atOnce(<-chan struct{}, time.Duration) bool { return true }

// says is the decision to say something.
func (b *bench) says(literal string) judge.Act {
	return judge.Act{ID: judge.NewID(), LogID: "log_1", FileID: "pr_1", Evaluator: b.of, Value: model.Raw([]byte(literal)), User: "ann"}
}

func (b *bench) do(a judge.Act) judge.Result {
	return judge.Do(b.t.Context(), b.svc, a, judge.Options{Journal: b.journal.Recorder("here")})
}

// stored lists the judgments that the store holds.
func (b *bench) stored() (ids []string) {
	b.t.Helper()
	d, err := b.store.Log(b.t.Context(), "log_1")
	if err != nil {
		b.t.Fatal(err)
	}
	log, err := d.Log()
	if err != nil {
		b.t.Fatal(err)
	}
	for _, j := range judgment.Of(log) {
		ids = append(ids, j.ID)
	}
	return ids
}

// entry is the newest entry of the journal.
func (b *bench) entry() journal.Entry {
	b.t.Helper()
	for e, err := range b.journal.Entries(journal.Filter{}) {
		if err != nil {
			b.t.Fatal(err)
		}
		return e
	}
	b.t.Fatal("the journal is empty")
	return journal.Entry{}
}

func TestAJudgmentIsSentReadBackAndTakenBack(t *testing.T) {
	t.Parallel()
	b := newBench(t, 0)
	act := b.says(`"good"`)
	r := b.do(act)
	if r.Outcome != save.Verified || r.Err != nil || r.ID != act.ID || r.Log == nil || len(judgment.Of(r.Log)) != 1 {
		t.Fatalf("judged: %+v", r)
	}
	e := b.entry()
	if e.ID != r.Entry || e.Outcome != journal.Verified || e.LogID != "log_1" || e.PromptID != "pr_1" || e.Judgment == nil || string(e.Judgment.Value.Bytes()) != `"good"` {
		t.Errorf("the entry is %+v of %+v", e, e.Judgment)
	}
	back, err := journal.TakeBack(e)
	if err != nil {
		t.Fatal(err)
	}
	if r := b.do(back); r.Outcome != save.Verified || len(b.stored()) != 0 {
		t.Errorf("taken back: %+v, and there are %v", r, b.stored())
	}
	again, err := journal.TakeBack(b.entry())
	if err != nil {
		t.Fatal(err)
	}
	if r := b.do(again); r.Outcome != save.Verified || !slices.Equal(b.stored(), []string{act.ID}) {
		t.Errorf("made again: %+v, and there are %v", r, b.stored())
	}
}

// faults are what may happen to a request on its way.
func faults(method string) []apitest.Fault {
	list := []apitest.Fault{
		{Method: method, Harm: apitest.CutRequest, At: 0}, {Method: method, Harm: apitest.CutRequest, At: 40}, {Method: method, Harm: apitest.CutRequest, At: 400},
		{Method: method, Harm: apitest.CutAnswer, At: 0}, {Method: method, Harm: apitest.CutAnswer, At: 9}, {Method: method, Harm: apitest.CutAnswer, At: 160},
		{Method: method, Harm: apitest.Twice}, {Method: method, Harm: apitest.SlowDown}, {Method: method, Harm: apitest.Mute}, {Method: method, Harm: apitest.Swallow},
	}
	for _, status := range []int{408, 429, 500, 502, 503, 504, 302} {
		list = append(list, apitest.Fault{Method: method, Harm: apitest.Disguise, Status: status}, apitest.Fault{Method: method, Harm: apitest.Instead, Status: status})
	}
	return list
}

// TestNothingIsJudgedTwiceOrLost harms the request in every way: what is said of it holds, and the
// same decision, sent once more, leads to one judgment.
func TestNothingIsJudgedTwiceOrLost(t *testing.T) {
	t.Parallel()
	for _, f := range faults("POST") {
		t.Run(f.String(), func(t *testing.T) {
			t.Parallel()
			b := newBench(t, time.Second)
			act := b.says(`"good"`)
			b.proxy.Harm(f)
			r := b.do(act)
			there := slices.Contains(b.stored(), act.ID)
			if (r.Outcome == save.Verified) != there && r.Outcome != save.Unknown || r.Outcome == save.Failed && r.Err == nil {
				t.Errorf("outcome %v, %v, and it is there: %v", r.Outcome, r.Err, there)
			}
			if (r.Outcome == save.Unknown) && f.Harm != apitest.Mute && f.Harm != apitest.Swallow && f.Status != 408 {
				t.Errorf("nobody knows: %v", r.Err)
			}
			if e := b.entry(); e.Judgment == nil || (e.Outcome == journal.Verified) != (r.Outcome == save.Verified) {
				t.Errorf("the entry says %s", e.Outcome)
			}
			b.proxy.Heal()
			if r := b.do(act); r.Outcome != save.Verified || !slices.Equal(b.stored(), []string{act.ID}) {
				t.Errorf("sent once more: %v, %v, and there are %v", r.Outcome, r.Err, b.stored())
			}
		})
	}
}

// TestNothingIsTakenBackInSilence does the same to a removal.
func TestNothingIsTakenBackInSilence(t *testing.T) {
	t.Parallel()
	for _, f := range faults("DELETE") {
		t.Run(f.String(), func(t *testing.T) {
			t.Parallel()
			b := newBench(t, time.Second)
			act := b.says(`"good"`)
			b.do(act)
			b.proxy.Harm(f)
			r := b.do(act.Inverse())
			gone := len(b.stored()) == 0
			if (r.Outcome == save.Verified) != gone && r.Outcome != save.Unknown {
				t.Errorf("outcome %v, %v, and it is gone: %v", r.Outcome, r.Err, gone)
			}
			b.proxy.Heal()
			if r := b.do(act.Inverse()); r.Outcome != save.Verified || len(b.stored()) != 0 {
				t.Errorf("sent once more: %v, %v, and there are %v", r.Outcome, r.Err, b.stored())
			}
		})
	}
}

// TestAJudgmentThatIsSaidToBeGone: that a judgment is not there is believed where its log does not
// show it either. Whoever takes it back counts that as done.
func TestAJudgmentThatIsSaidToBeGone(t *testing.T) {
	t.Parallel()
	for _, gone := range []bool{false, true} {
		b := newBench(t, time.Second)
		act := b.says(`"good"`)
		b.do(act)
		if gone {
			b.do(act.Inverse())
		}
		b.proxy.Harm(apitest.Fault{Method: "DELETE", Harm: apitest.Instead, Status: 404})
		r := b.do(act.Inverse())
		if believed := api.CodeOf(r.Err) == api.NotFound; r.Outcome != save.Failed || believed != gone {
			t.Errorf("gone %v: outcome %v, %v", gone, r.Outcome, r.Err)
		}
	}
}

// TestAServerThatSlowsDownAfterTheFact has carried out what it answers with 429, and goes on to
// refuse: that is found before it is sent again or given up.
func TestAServerThatSlowsDownAfterTheFact(t *testing.T) {
	t.Parallel()
	for _, next := range []int{0, 403, 409, 429, 500} {
		for _, method := range []string{"POST", "DELETE"} {
			t.Run(method+" "+strconv.Itoa(next), func(t *testing.T) {
				t.Parallel()
				b := newBench(t, 0)
				act := b.says(`"good"`)
				if method == "DELETE" {
					b.do(act)
					act = act.Inverse()
				}
				b.proxy.Harm(apitest.Fault{Method: method, Harm: apitest.Disguise, Status: 429})
				for range 9 {
					b.proxy.Harm(apitest.Fault{Method: method, Harm: apitest.Instead, Status: next})
				}
				if r := b.do(act); r.Outcome != save.Verified || r.Err != nil || !r.Recovered {
					t.Errorf("outcome %v, %v, recovered %v", r.Outcome, r.Err, r.Recovered)
				}
				if e := b.entry(); e.Outcome != journal.Verified {
					t.Errorf("the entry says %s", e.Outcome)
				}
				sent := slices.DeleteFunc(b.proxy.Exchanges(), func(x apitest.Exchange) bool { return x.Method != method })
				if len(sent) != 1 {
					t.Errorf("it was sent %d times", len(sent))
				}
			})
		}
	}
}

// TestAServerThatSlowsDownToTheEnd does nothing, and a judgment that it never took has failed.
func TestAServerThatSlowsDownToTheEnd(t *testing.T) {
	t.Parallel()
	b := newBench(t, 0)
	for range 9 {
		b.proxy.Harm(apitest.Fault{Method: "POST", Harm: apitest.SlowDown})
	}
	r := b.do(b.says(`"good"`))
	if r.Outcome != save.Failed || api.CodeOf(r.Err) != api.RateLimited || len(b.stored()) != 0 {
		t.Errorf("outcome %v, %v, and there are %v", r.Outcome, r.Err, b.stored())
	}
	if e := b.entry(); e.Outcome != journal.Refused {
		t.Errorf("the entry says %s", e.Outcome)
	}
}

// TestAJudgmentThatComesLateIsFound holds the request until nobody waits for it any more.
func TestAJudgmentThatComesLateIsFound(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Second)
	gate := apitest.NewGate()
	b.proxy.Harm(apitest.Fault{Method: "POST", Harm: apitest.Hold, Gate: gate})
	act := b.says(`"good"`)
	r := b.do(act)
	if r.Outcome != save.Unknown || r.Err == nil {
		t.Errorf("outcome %v, %v", r.Outcome, r.Err)
	}
	gate.Open()
	b.proxy.Settle()
	left, err := b.journal.Pending("here")
	if err != nil || len(left) != 1 {
		t.Fatalf("unsettled are %v, %v", left, err)
	}
	e, err := b.journal.Settle(t.Context(), b.svc, left[0])
	if err != nil || e.Outcome != journal.Saved {
		t.Errorf("settled as %s, %v", e.Outcome, err)
	}
	if r := b.do(act); r.Outcome != save.Verified || !slices.Equal(b.stored(), []string{act.ID}) {
		t.Errorf("sent once more: %v, and there are %v", r.Outcome, b.stored())
	}
}

// TestASenderThatWasKilled leaves a record behind that says what to look for.
func TestASenderThatWasKilled(t *testing.T) {
	t.Parallel()
	for name, sent := range map[string]bool{"before it was sent": false, "after it was sent": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			b := newBench(t, 0)
			var err error
			if b.journal, err = journal.Open(dir, journal.Options{}); err != nil {
				t.Fatal(err)
			}
			act := b.says(`"good"`)
			ctx, kill := context.WithCancelCause(t.Context())
			svc := dying{b.svc, sent, kill}
			func() {
				defer func() { _ = recover() }()
				judge.Do(ctx, svc, act, judge.Options{Journal: b.journal.Recorder("here")})
			}()
			e := b.entry()
			if e.Outcome != journal.Pending || e.Judgment.ID != act.ID {
				t.Fatalf("the entry says %s of %s", e.Outcome, e.Judgment.ID)
			}
			if got := slices.Contains(b.stored(), e.Judgment.ID); got != sent {
				t.Errorf("it is there: %v", got)
			}
		})
	}
}

var errKilled = errors.New("killed")

// dying is a service whose caller does not live to see the answer.
type dying struct {
	api.Backend
	sends bool
	kill  context.CancelCauseFunc
}

func (d dying) CreateJudgment(ctx context.Context, q api.CreateQuery, body []byte) (api.Judged, error) {
	if d.sends {
		_, _ = d.Backend.CreateJudgment(ctx, q, body)
	}
	d.kill(errKilled)
	panic(errKilled)
}

func TestWhatDoesNotFitIsNotSent(t *testing.T) {
	t.Parallel()
	b := newBench(t, 0)
	r := b.do(b.says(`"fine"`))
	if r.Outcome != save.Failed || api.CodeOf(r.Err) != api.Invalid || r.Err.Error() != `helpful wants good or bad, not fine` {
		t.Errorf("outcome %v: %v", r.Outcome, r.Err)
	}
	if sent := b.proxy.Exchanges(); len(sent) != 0 {
		t.Errorf("it was sent: %+v", sent)
	}
	for range b.journal.Entries(journal.Filter{}) {
		t.Error("the journal has an entry of it")
	}
}

// TestAWholeNumberIsSentWithAFraction keeps one of the official clients from reading it as text.
func TestAWholeNumberIsSentWithAFraction(t *testing.T) {
	t.Parallel()
	b := newBench(t, 0)
	made, err := b.store.UpsertEvaluator(t.Context(), []byte(score))
	if err != nil {
		t.Fatal(err)
	}
	b.of = judgment.ReadEvaluator(made)
	for said, want := range map[string]string{"4": "4.0", "-0": "-0.0", "4.50": "4.50", "4e0": "4e0"} {
		act := b.says(said)
		if r := b.do(act); r.Outcome != save.Verified {
			t.Fatalf("%s: %v, %v", said, r.Outcome, r.Err)
		}
		d, err := b.store.Log(t.Context(), act.ID)
		if err != nil || !strings.Contains(string(d.Raw), `"judgment":`+want+`,`) {
			t.Errorf("%s came as %s, %v", said, d.Raw, err)
		}
	}
}

func TestAServerWithoutJudgmentsSaysSo(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{
		"405": &api.Error{Code: api.Failed, Status: 405, Msg: "the server refused the request with status 405"},
		"404": &api.Error{Code: api.NotFound, Status: 404, Msg: "no such log, evaluator or version on this server"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := apitest.NewFake(t, apitest.Seed{Logs: [][]byte{[]byte(doc)}})
			made, upsertErr := f.UpsertEvaluator(t.Context(), []byte(helpful))
			if upsertErr != nil {
				t.Fatal(upsertErr)
			}
			act := judge.Act{ID: judge.NewID(), LogID: "log_1", Evaluator: judgment.ReadEvaluator(made), Value: model.Raw([]byte(`"good"`))}
			if name == "405" { // as the client words it
				var status *api.Error
				if !errors.As(err, &status) {
					t.Fatal(err)
				}
				err = api.NoJudgments(status)
			}
			f.Fail(apitest.CreateJudgment, err)
			r := judge.Do(t.Context(), f, act, judge.Options{})
			if r.Outcome != save.Failed || !errors.Is(r.Err, api.ErrNoJudgments) || r.Err.Error() != "this server takes no judgments" {
				t.Errorf("outcome %v: %v", r.Outcome, r.Err)
			}
		})
	}
}

// TestAJournalThatCannotBeWritten keeps the judgment from being sent.
func TestAJournalThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	b := newBench(t, 0)
	r := judge.Do(t.Context(), b.svc, b.says(`"good"`), judge.Options{Journal: broken{}})
	if r.Outcome != save.Failed || len(b.stored()) != 0 || len(b.proxy.Exchanges()) != 0 {
		t.Errorf("outcome %v, %v", r.Outcome, r.Err)
	}
}

type broken struct{}

func (broken) BeginJudgment(context.Context, judge.Act) (judge.Record, error) {
	return nil, &api.Error{Code: api.Refused, Msg: "the disk is full; nothing was sent"}
}

// TestRedactedJudgments keep what they were about, and lose what was said.
func TestRedactedJudgments(t *testing.T) {
	t.Parallel()
	b := newBench(t, 0)
	b.do(b.says(`"bad"`))
	if err := b.journal.Redact(t.Context(), b.entry().ID); err != nil {
		t.Fatal(err)
	}
	e := b.entry()
	if !e.Redacted || !e.Judgment.Value.IsAbsent() || e.Judgment.Sum == nil || e.Body() != nil || e.Outcome != journal.Verified {
		t.Errorf("redacted, the entry is %+v of %+v", e, e.Judgment)
	}
	back, err := journal.TakeBack(e) // to delete it needs no value
	if err != nil {
		t.Fatal(err)
	}
	if r := b.do(back); r.Outcome != save.Verified || len(b.stored()) != 0 {
		t.Errorf("taken back: %v, %v", r.Outcome, r.Err)
	}
}

func TestAnEvaluatorThatIsMissingIsSaidWithWhatMakesOne(t *testing.T) {
	t.Parallel()
	_, err := judge.Find(nil, "rating")
	if want := "no evaluator is called rating; errata evaluators lists them, and errata evaluators add makes one"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
