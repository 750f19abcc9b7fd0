//go:build unix

package cli_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/api/apitest"
	"errata/api/batch"
	"errata/api/store"
	"errata/model"
	"errata/model/judgment"
	"errata/ui/cli"
)

// TestFaultsOfBulk changes many logs over a line that refuses, delays, cuts and answers in the
// server's name, while errata is killed and others write into the same logs: a value set, a word
// replaced, judgments, and all of that taken back. After each batch every log was changed once, or
// the batch and the words on the terminal name it, and nothing that others wrote is gone.
//
//	go test ./ui/cli -run TestFaultsOfBulk
//	ERRATA_FAULT_FROM=1 ERRATA_FAULT_SEEDS=1000 go test ./ui/cli -run TestFaultsOfBulk -timeout 0
//	ERRATA_FAULT_SEED=n go test ./ui/cli -run TestFaultsOfBulk -v
//
// are 200 scripts, a thousand of the long run, and one script. A process keeps the tree of each
// command that ran in it, as cobra does, so ten thousand scripts take ten processes.
func TestFaultsOfBulk(t *testing.T) {
	st := ratedStore(t)
	playSeeds(t, func(t *testing.T, seed uint64) scripted { return newBulkTrial(t, st, seed) })
}

// ratedStore is a store in memory that knows an evaluator.
func ratedStore(t *testing.T) *store.Store {
	t.Helper()
	st, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	if _, err := st.UpsertEvaluator(t.Context(), []byte(rating)); err != nil {
		t.Fatal(err)
	}
	return st
}

// bulkTrial is some logs behind a bad line, and what is known of them.
type bulkTrial struct {
	*testing.T
	rng    *rand.Rand
	home   home
	proxy  *apitest.Proxy
	book   *bulkBook
	ids    []string
	tide   int // how often the word in all outputs was replaced
	jobs   []*bulkJob
	script []string
	hasty  bool // errata soon gives up waiting, and answers do not come
}

// bulkJob is a batch, and what it makes of a log.
type bulkJob struct {
	args []string
	id   string // of the batch, once it has started
	of   *bulkJob

	// how much of what it makes is in a log: once as often, when it is done, as before it
	counts func(log string) int
	by     int // 1 for what is added, -1 for what is taken away

	said string // on stderr, so far
}

func newBulkTrial(t *testing.T, st *store.Store, seed uint64) *bulkTrial {
	t.Helper()
	s := &bulkTrial{T: t, rng: rand.New(rand.NewPCG(seed, 3)), home: newHome(t), hasty: seed%5 == 0}
	for n := range 5 {
		id := fmt.Sprintf("log_%d_%d", seed, n)
		s.ids = append(s.ids, id)
		doc := fmt.Sprintf(`{"id":%q,"prompt":{"id":"pr_bulk_%d","path":"bulk/%[2]d"},"evaluator_logs":[],"output":"tide0 at nine","error":"","metadata":{"n":%d}}`, id, seed, n)
		if _, err := st.Import(t.Context(), []byte(doc)); err != nil {
			t.Fatal(err)
		}
	}
	s.book = newBulkBook(t, st, fmt.Sprintf("pr_bulk_%d", seed), s.rng.Uint64())
	s.proxy = apitest.NewProxy(t, s.book)
	return s
}

func (s *bulkTrial) steps() []string { return s.script }

func (s *bulkTrial) note(format string, args ...any) {
	s.script = append(s.script, fmt.Sprintf(format, args...))
}

func (s *bulkTrial) play() {
	for range 2 + s.rng.IntN(3) {
		j := pick(s.rng, s.sets, s.sets, s.replaces, s.judges, s.takesBack, s.takesBack)()
		if s.carryOut(j); s.Failed() {
			return
		}
		s.jobs = append(s.jobs, j)
	}
}

// job is a command for some of the logs.
func (s *bulkTrial) job(counts func(string) int, args ...string) *bulkJob {
	some := slices.Clone(s.ids)
	if s.rng.IntN(3) == 0 {
		some = some[:2+s.rng.IntN(3)]
	}
	return &bulkJob{args: append(append(args, some...), "--yes"), counts: counts, by: 1}
}

func (s *bulkTrial) sets() *bulkJob {
	word := fmt.Sprintf(`"mark%d"`, len(s.jobs))
	return s.job(func(log string) int { return strings.Count(log, word) }, "set", "metadata.marks+="+word)
}

func (s *bulkTrial) replaces() *bulkJob {
	was, now := fmt.Sprintf("tide%d", s.tide), fmt.Sprintf("tide%d", s.tide+1)
	s.tide++
	return s.job(func(log string) int { return strings.Count(log, now+" at") }, "replace", was, now)
}

func (s *bulkTrial) judges() *bulkJob {
	return s.job(func(log string) int {
		parsed, err := model.ParseLog([]byte(log))
		if err != nil {
			s.Error(err)
			return 0
		}
		return len(judgment.Of(parsed))
	}, "judge", pick(s.rng, "rating=good", "rating=bad"))
}

// takesBack takes one of the batches back that were not taken back yet.
func (s *bulkTrial) takesBack() *bulkJob {
	for _, i := range s.rng.Perm(len(s.jobs)) {
		was := s.jobs[i]
		again := slices.ContainsFunc(s.jobs, func(j *bulkJob) bool { return j.of == was })
		if was.of == nil && was.id != "" && !again {
			return &bulkJob{args: []string{"undo", was.id, "--yes"}, of: was, counts: was.counts, by: -1}
		}
	}
	return s.sets()
}

// carryOut gives the command, and continues with the batch after whatever happens, until nothing of
// it is left to do. In the end all is well.
func (s *bulkTrial) carryOut(j *bulkJob) {
	before := s.counted(j)
	s.book.begin()
	for round := 0; ; round++ {
		last := round == 4
		if !last {
			s.harm()
		}
		args := s.command(j)
		if s.hasty && !last {
			args = append([]string{"--timeout", "300ms"}, args...)
		}
		if !last && s.rng.IntN(3) == 0 {
			s.killed(j, args)
		} else {
			s.run(j, args)
		}
		s.book.calm() // first: what the killed one has sent may still come
		s.proxy.Refuse(false)
		s.proxy.Heal()
		s.proxy.Settle()
		if last || s.Failed() || j.id != "" && s.left(j) == 0 && s.rng.IntN(2) == 0 {
			break
		}
	}
	s.verdict(j, before)
}

// command is what begins a job, or continues with it.
func (s *bulkTrial) command(j *bulkJob) []string {
	if j.id == "" || s.left(j) > 0 && s.rng.IntN(2) == 0 {
		return j.args
	}
	return []string{"batch", "resume", j.id, "--yes"}
}

// harm draws what happens to the requests to come.
func (s *bulkTrial) harm() {
	if s.rng.IntN(6) == 0 {
		s.proxy.Refuse(true)
		s.note("  the server refuses connections")
		return
	}
	s.book.others = s.rng.IntN(2) == 0
	if at := s.rng.IntN(40); at < 20 {
		s.note("  at request %d the server goes away", at)
		s.book.at(at, func() { s.proxy.Refuse(true) })
	}
	for range s.rng.IntN(6) {
		f := apitest.Fault{Method: pick(s.rng, http.MethodPatch, http.MethodPatch, http.MethodGet, http.MethodPost, http.MethodDelete)}
		f.Harm = pick(s.rng, "", apitest.CutRequest, apitest.CutAnswer, apitest.Twice, apitest.Instead, apitest.Disguise, apitest.SlowDown, apitest.Hold)
		if s.hasty && s.rng.IntN(4) == 0 {
			f.Harm = pick(s.rng, apitest.Swallow, apitest.Mute)
		}
		switch f.Harm {
		case apitest.CutRequest, apitest.CutAnswer:
			f.At = s.rng.IntN(700)
		case apitest.Instead:
			f.Status = pick(s.rng, 400, 401, 403, 404, 408, 409, 412, 422, 429, 429, 500, 502, 503, 503, 504)
			if f.Method == http.MethodGet && f.Status == 404 {
				f.Status = 500 // one that says that a log is not there is believed
			}
		case apitest.Disguise:
			// No other 4xx: a server that says of a change that it was invalid, forbidden or of no
			// log, and has carried it out, is believed. To doubt each would be a reading more of
			// every log that is refused.
			f.Status = pick(s.rng, 408, 429, 429, 500, 502, 503, 504)
		case apitest.Hold:
			f.Gate = apitest.NewGate()
			time.AfterFunc(time.Duration(s.rng.IntN(20))*time.Millisecond, f.Gate.Open)
		}
		s.note("  fault: %v", f)
		s.proxy.Harm(f)
	}
}

// run gives a command in this process, and wants it to tell what it leaves undone.
func (s *bulkTrial) run(j *bulkJob, args []string) {
	got := run(s.T, func(e *cli.Env) {
		living(s.home.dir)(e)
		at(s.proxy.URL())(e)
		e.Sleep = func(<-chan struct{}, time.Duration) bool { return true }
	}, args...)
	s.note("errata %s: %d %s", strings.Join(args, " "), got.code, strings.ReplaceAll(got.stderr, "\n", " | "))
	j.said += got.stderr
	s.find(j)
	switch {
	case got.code != 0 && got.stderr == "":
		s.Errorf("errata %q ended with %d without a word", args, got.code)
	case got.code == 0 && j.id != "":
		s.rows(j, func(r batch.Row) {
			if r.Outcome != batch.Saved && r.Outcome != batch.Same {
				s.Errorf("errata %q ended with 0, and %s is %s", args, r.LogID, r.Outcome)
			}
		})
	}
}

// killed gives a command, and kills it at one of its requests, if it comes to that.
func (s *bulkTrial) killed(j *bulkJob, args []string) {
	at := s.rng.IntN(25)
	cmd := s.home.command(append([]string{"--base-url", s.proxy.URL() + "/v5"}, args...)...)
	cmd.Env = append(cmd.Env, "ERRATA_API_KEY="+key)
	var words strings.Builder
	cmd.Stderr = &words
	if err := cmd.Start(); err != nil {
		s.Fatal(err)
	}
	s.book.at(at, func() { _ = cmd.Process.Kill() })
	// it waits for the server
	patience := time.AfterFunc(3*time.Second, func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	patience.Stop()
	s.note("errata %s, killed at request %d: %v %s", strings.Join(args, " "), at, err, strings.ReplaceAll(words.String(), "\n", " | "))
	j.said += words.String()
	s.find(j)
}

// find finds the batch that a job has started. One that found all as it was to be is forgotten.
func (s *bulkTrial) find(j *bulkJob) {
	list, unread := batch.List(stateOf(s.home.dir))
	if len(unread) > 0 {
		s.Errorf("batches that cannot be read: %v", unread)
	}
	if !slices.ContainsFunc(list, func(b batch.Summary) bool { return b.ID == j.id }) {
		j.id = ""
	}
	for _, b := range list {
		if !slices.ContainsFunc(append(s.jobs, j), func(j *bulkJob) bool { return j.id == b.ID }) {
			if j.id != "" {
				s.Errorf("beside %s it began %s", j.id, b.ID)
			}
			j.id = b.ID
		}
	}
}

func (s *bulkTrial) rows(j *bulkJob, do func(batch.Row)) {
	err := batch.Rows(stateOf(s.home.dir), j.id, func(r batch.Row) error {
		do(r)
		return nil
	})
	if err != nil {
		s.Error(err)
	}
}

func (s *bulkTrial) left(j *bulkJob) (n int) {
	s.rows(j, func(r batch.Row) {
		if r.Outcome == batch.Todo {
			n++
		}
	})
	return n
}

func (s *bulkTrial) counted(j *bulkJob) map[string]int {
	list := map[string]int{}
	for _, id := range s.ids {
		list[id] = j.counts(s.book.doc(id))
	}
	return list
}

// verdict compares the logs with what the batch says of them.
func (s *bulkTrial) verdict(j *bulkJob, before map[string]int) {
	outcomes := map[string]batch.Row{}
	if j.id != "" {
		s.rows(j, func(r batch.Row) { outcomes[r.LogID] = r })
	}
	now := s.counted(j)
	for _, id := range slices.Sorted(maps.Keys(now)) {
		done := (now[id] - before[id]) * j.by
		sent := s.book.sent(id)
		r, among := outcomes[id]
		switch {
		case done > 1 || done < 0 || sent > 1:
			s.Errorf("%s was changed %d times by %d requests", id, done, sent)
		case !among && (done != 0 || sent != 0):
			s.Errorf("%s was changed, and no batch has it", id)
		case !among:
		case r.Outcome == batch.Todo:
			s.Errorf("%s is left to do", id)
		case r.Outcome == batch.Saved && done != 1:
			s.Errorf("%s is saved, it says, and was changed %d times", id, done)
		case r.Outcome != batch.Saved && r.Outcome != batch.Unclear && done != 0:
			s.Errorf("%s was changed, and is told to be %s: %s", id, r.Outcome, r.Why)
		case r.Outcome != batch.Saved && r.Outcome != batch.Same && (r.Why == "" || !strings.Contains(j.said, id)):
			s.Errorf("%s is %s, and nobody was told: %q", id, r.Outcome, r.Why)
		}
	}
	s.book.verdict(s.ids)
}
