//go:build unix

package cli_test

import (
	"fmt"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"errata/model"
	"errata/model/judgment"
	"errata/ui/term/termtest"
)

// rating is an evaluator that people judge with.
const rating = `{"path":"rating","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"select","options":[{"name":"good","valence":"positive"},{"name":"bad","valence":"negative"}]}}`

// TestAKilledQueueLosesNoJudgment judges a hundred logs by keys alone. The program is killed when
// the 63rd is completed, and while the judgment of the 64th is typed but not sent.
func TestAKilledQueueLosesNoJudgment(t *testing.T) {
	t.Parallel()
	const logs, killed = 100, 63
	srv, ids := toJudge(t, logs)
	h := newHome(t)
	r := h.at(srv, append([]string{"annotate"}, ids...)...)
	for i := range killed {
		r.Shows(ids[i])
		r.Send(judgedAs[i%2].key + keyNextLog)
	}
	r.Shows("63 of 100")
	r.Send(judgedAs[killed%2].key)
	r.Shows("[bad]")
	r.Signal(syscall.SIGKILL)
	r.Ends()

	r = h.at(srv, "annotate", "--resume")
	r.Shows("63 of 100")
	r.Shows(ids[killed])
	r.Shows("[bad]")
	r.Send(keyNextLog)
	for i := killed + 1; i < logs; i++ {
		r.Shows(ids[i])
		r.Send(judgedAs[i%2].key + keyNextLog)
	}
	r.Shows("100 of 100")
	r.Send("q")
	r.Ends()
	areJudged(t, srv, ids)
	if got := strings.Join(srv.sent(), " "); got != "" {
		t.Errorf("beside the judgments it sent %s", got)
	}
}

// TestWhatWasBeingSentAtAKillComesBackFirst kills the program while a judgment is on its way, which
// is lost or arrives. Its log comes right after the one that was shown, and is judged once.
func TestWhatWasBeingSentAtAKillComesBackFirst(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]bool{"lost": true, "arrived": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv, ids := toJudge(t, 3)
			h := newHome(t)
			var r *termtest.Remote
			killed := false
			srv.answer(func(w http.ResponseWriter, req *http.Request, _ int) bool {
				if killed || req.Method != http.MethodPost {
					return false
				}
				killed = true
				r.Signal(syscall.SIGKILL)
				if lost {
					hangUp(w)
				}
				return lost
			})
			r = h.at(srv, append([]string{"annotate"}, ids...)...)
			r.Shows(ids[0])
			r.Send("1" + keyNextLog)
			r.Ends()

			r = h.at(srv, "annotate", "--resume")
			r.Shows(ids[1])
			r.Send("2" + keyNextLog)
			r.Shows(ids[0])
			r.Shows("[good]")
			r.Send(keyNextLog)
			r.Shows(ids[2])
			r.Send("1" + keyNextLog)
			r.Shows("3 of 3")
			r.Send("q")
			r.Ends()
			areJudged(t, srv, ids)
		})
	}
}

// TestALeftQueueGoesOn leaves a queue for the list, and begins one of the same logs there.
func TestALeftQueueGoesOn(t *testing.T) {
	t.Parallel()
	srv, _ := toJudge(t, 3)
	r := newHome(t).at(srv)
	r.Shows("answer 1")
	r.Send("A")
	r.Shows("0 of 3")
	r.Send("1" + keyNextLog)
	r.Shows("1 of 3")
	r.Send("q")
	r.Shows("space mark")
	r.Send("A")
	r.Shows("the queue of these logs goes on where it was left: 1 of 3 logs done")
	r.Send("q")
	r.Shows("space mark")
	r.Send("q")
	r.Ends()
}

// toJudge is a server with logs, and an evaluator that finds them good or bad.
func toJudge(t *testing.T, logs int) (srv *remote, ids []string) {
	t.Helper()
	var docs []string
	for i := range logs {
		ids = append(ids, fmt.Sprintf("log_q%03d", i+1))
		docs = append(docs, fmt.Sprintf(`{"id":"%s","prompt":{"id":"pr_1","path":"almanac/tides"},"output":"answer %d"}`, ids[i], i+1))
	}
	srv = newRemote(t, docs...)
	if _, err := srv.store.UpsertEvaluator(t.Context(), []byte(rating)); err != nil {
		t.Fatal(err)
	}
	return srv, ids
}

// judgedAs are the keys with which logs are judged in turn, and what they say.
var judgedAs = []struct{ key, says string }{{"1", "good"}, {"2", "bad"}}

// areJudged checks that each log has one judgment, which is that of its turn.
func areJudged(t *testing.T, srv *remote, ids []string) {
	t.Helper()
	for i, id := range ids {
		log, err := model.ParseLog([]byte(srv.get(t, id)))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, j := range judgment.Of(log) {
			got = append(got, fmt.Sprint(judgment.Words(j.Value), ", completed ", j.Completed))
		}
		if want := judgedAs[i%2].says + ", completed true"; len(got) != 1 || got[0] != want {
			t.Errorf("%s has the judgments %q, want %q alone", id, got, want)
		}
	}
}
