//go:build unix

package cli_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"errata/api/apitest"
	"errata/api/store"
	"errata/model"
	"errata/model/judgment"
	"errata/ui/term/termtest"
)

// TestFaultsOfAnnotating judges, tags and completes logs with a key each over a line on which
// requests are refused, delayed and lost and answers do not come back, while others write into the
// same logs, and errata is killed and continues with --resume. In the end each log has the judgment
// and the tag that were given it, each by one request, and what others wrote is there as well.
//
//	go test ./ui/cli -run TestFaultsOfAnnotating
//	ERRATA_FAULT_SEEDS=10000 go test ./ui/cli -run TestFaultsOfAnnotating -timeout 0
//	ERRATA_FAULT_SEED=n go test ./ui/cli -run TestFaultsOfAnnotating -v
//
// are 200 scripts, the long run, and one script.
func TestFaultsOfAnnotating(t *testing.T) {
	st := ratedStore(t)
	playSeeds(t, func(t *testing.T, seed uint64) scripted { return newAnnotateTrial(t, st, seed) })
}

// annotateTrial is a queue of logs behind a bad line, and what was said of them.
type annotateTrial struct {
	*testing.T
	rng    *rand.Rand
	home   home
	book   *bulkBook
	proxy  *apitest.Proxy
	r      *termtest.Remote
	ids    []string
	said   map[string]string // by log
	tagged map[string]bool
	sent   map[string]bool // completed by the program that runs now
	script []string
}

func newAnnotateTrial(t *testing.T, st *store.Store, seed uint64) *annotateTrial {
	t.Helper()
	s := &annotateTrial{T: t, rng: rand.New(rand.NewPCG(seed, 5)), home: newHome(t), said: map[string]string{}, tagged: map[string]bool{}}
	prompt := fmt.Sprintf("pr_a%d", seed)
	for n := range 3 {
		id := fmt.Sprintf("log_a%d_%d", seed, n)
		s.ids = append(s.ids, id)
		doc := fmt.Sprintf(`{"id":%q,"prompt":{"id":%q},"evaluator_logs":[],"output":"At nine.","error":"","metadata":{"n":%d}}`, id, prompt, n)
		if _, err := st.Import(t.Context(), []byte(doc)); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(s.home.dir, ".config", "errata")
	settings := "[[annotate]]\nevaluator = 'rating'\n[[annotate]]\nkey = '9'\nset = ['metadata.seen:=true']\n"
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "config.toml"), []byte(settings), 0o600)); err != nil {
		t.Fatal(err)
	}
	s.book = newBulkBook(t, st, prompt, s.rng.Uint64())
	s.proxy = apitest.NewProxy(t, s.book)
	return s
}

func (s *annotateTrial) steps() []string { return s.script }

func (s *annotateTrial) note(format string, args ...any) {
	s.script = append(s.script, fmt.Sprintf(format, args...))
}

// start starts errata, and waits until a log can be judged, or there is none left.
func (s *annotateTrial) start(args ...string) {
	cmd := s.home.command(append([]string{"annotate"}, args...)...)
	cmd.Env = append(cmd.Env, "ERRATA_BASE_URL="+s.proxy.URL()+"/v5", "ERRATA_API_KEY="+key)
	s.r = termtest.Start(s, cmd, deskWidth, surviveHeight)
	s.sent = map[string]bool{}
	s.look("a log, and what it is judged with", func(v desk) bool { return v.ended || v.id != "" && strings.Contains(v.strip, "rating:") })
}

// deskWidth has room for the digits beside the reason why a log comes back.
const deskWidth = 240

// desk is what the screen shows of the queue.
type desk struct {
	screen string
	ended  bool   // no queue is left to continue with
	id     string // of the log that is shown
	strip  string // what is on the digits
	says   string // its judgment
	tagged bool
	news   string
	done   int
}

// desk looks at the screen. The log that is shown is in the line below the head; the news may begin
// with the id of another one.
func (s *annotateTrial) desk() desk {
	v := desk{screen: s.r.Screen(), done: -1}
	v.ended = strings.HasPrefix(v.screen, "errata: there is no queue to go on with")
	lines := strings.Split(v.screen, "\n")
	if len(lines) < surviveHeight {
		return v
	}
	if id, _, _ := strings.Cut(lines[1], " "); slices.Contains(s.ids, id) {
		v.id = id
	}
	of := fmt.Sprintf(" of %d", len(s.ids))
	if at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(strings.TrimLeft(l, "0123456789"), of) }); at > 0 {
		v.strip = lines[at]
		done, _, _ := strings.Cut(v.strip, of)
		if n, err := strconv.Atoi(done); err == nil {
			v.done = n
		}
	}
	for _, as := range judgedAs {
		if strings.Contains(v.strip, "["+as.says+"]") {
			v.says = as.says
		}
	}
	v.tagged = strings.Contains(v.strip, "[metadata.seen:=true]")
	v.news = strings.TrimSpace(lines[surviveHeight-2])
	return v
}

// look waits until the screen shows something.
func (s *annotateTrial) look(what string, is func(desk) bool) (v desk) {
	s.r.Until(what, func() bool {
		v = s.desk()
		return is(v)
	})
	return v
}

func (s *annotateTrial) play() {
	s.start(s.ids...)
	for step := 0; ; step++ {
		v := s.look("a log that is not being sent", func(v desk) bool { return s.over(v) || v.ready() })
		if s.over(v) {
			break
		}
		if step > 60 {
			s.Fatalf("it does not come to an end:\n%s", v.screen)
		}
		s.judge(v, step < 8)
	}
	if !s.desk().ended {
		s.r.Send("q")
	}
	s.r.Ends()
	s.proxy.Settle()
	s.verdict()
}

// over reports whether all logs are completed.
func (s *annotateTrial) over(v desk) bool { return v.ended || v.done == len(s.ids) }

// ready reports whether something can be said of the log that is shown.
func (v desk) ready() bool {
	return v.id != "" && !strings.HasPrefix(v.news, "reading ") && !strings.Contains(v.news, "being sent")
}

// reasoned reports whether the reason why the log comes back is ahead of the digits, where it stays
// when the news has gone.
func (v desk) reasoned() bool {
	_, rest, failed := strings.Cut(v.strip, " failed  ")
	return failed && !strings.HasPrefix(rest, "rating:")
}

// judge says something of the log that is shown, and goes on.
func (s *annotateTrial) judge(v desk, faulty bool) {
	if s.sent[v.id] && v.news == "" && !v.reasoned() {
		s.Errorf("%s came back without a word:\n%s", v.id, v.screen)
	}
	if !v.tagged && s.said[v.id] == "" && s.rng.IntN(3) == 0 {
		s.note("tag %s", v.id)
		s.r.Send("9")
		s.look("the tag", func(now desk) bool { return now.id == v.id && now.tagged })
		s.tagged[v.id] = true
	}
	if v.says == "" {
		as := pick(s.rng, judgedAs...)
		s.note("judge %s: %s", v.id, as.says)
		s.r.Send(as.key)
		s.look("the judgment", func(now desk) bool { return now.id == v.id && now.says == as.says })
		v.says = as.says
	}
	if was := s.said[v.id]; was != "" && was != v.says {
		s.Errorf("%s came back with %s, and was judged %s", v.id, v.says, was)
	}
	s.said[v.id] = v.says
	if s.proxy.Heal(); faulty {
		s.harm()
	}
	s.on(s.desk(), faulty && s.rng.IntN(6) == 0)
}

// on completes the log that is shown, and waits until another one is, or kills errata. Where all
// are judged it may be the last, and whatever the screen shows then will do: no key can complete a
// log that nobody has judged any more.
func (s *annotateTrial) on(was desk, kill bool) {
	s.note("on from %s: %s, tagged %v; %s", was.id, was.says, was.tagged, was.news)
	s.sent[was.id] = true
	written := s.r.Written()
	s.r.Send(keyNextLog)
	follows := func(now desk) bool {
		last := len(s.said) == len(s.ids) && s.r.Written() > written
		return now.id != "" && now.id != was.id || s.over(now) || last
	}
	if !kill || s.rng.IntN(2) == 0 {
		s.look("what follows", follows)
	}
	if kill {
		s.note("killed")
		s.r.Signal(syscall.SIGKILL)
		s.r.Ends()
		s.book.calm()
		s.proxy.Heal()
		s.proxy.Settle()
		s.start("--resume")
	}
}

// harm draws what happens to the requests to come.
func (s *annotateTrial) harm() {
	s.book.meet(s.rng.IntN(2) == 0)
	for range s.rng.IntN(3) {
		f := apitest.Fault{Method: pick(s.rng, http.MethodPost, http.MethodPost, http.MethodPatch, http.MethodGet)}
		f.Harm = pick(s.rng, apitest.CutRequest, apitest.CutAnswer, apitest.Twice, apitest.Instead, apitest.Disguise, apitest.Hold)
		switch f.Harm {
		case apitest.CutRequest, apitest.CutAnswer:
			f.At = s.rng.IntN(700)
		case apitest.Instead:
			f.Status = pick(s.rng, 400, 401, 403, 408, 409, 412, 422, 429, 500, 502, 503, 504)
		case apitest.Disguise: // see the scripts of batches
			f.Status = pick(s.rng, 408, 429, 500, 502, 503, 504)
		case apitest.Hold:
			f.Gate = apitest.NewGate()
			time.AfterFunc(time.Duration(s.rng.IntN(50))*time.Millisecond, f.Gate.Open)
		}
		if f.Method == http.MethodGet && (f.Status != 0 || f.Harm == apitest.CutAnswer) {
			// asked again: where the next log cannot be read this one stays, which is not played
			f.Harm, f.Status, f.At = apitest.Instead, 503, 0
		}
		s.note("  fault: %v", f)
		s.proxy.Harm(f)
	}
}

// verdict looks at the logs.
func (s *annotateTrial) verdict() {
	for _, id := range s.ids {
		doc := s.book.doc(id)
		log, err := model.ParseLog([]byte(doc))
		if err != nil {
			s.Fatal(err)
		}
		var got []string
		for _, j := range judgment.Of(log) {
			got = append(got, judgment.Words(j.Value))
		}
		if !slices.Equal(got, []string{s.said[id]}) || s.book.judged(id) != 1 {
			s.Errorf("%s has the judgments %q by %d requests, want %q alone", id, got, s.book.judged(id), s.said[id])
		}
		if tagged := strings.Contains(doc, `"seen"`); tagged != s.tagged[id] {
			s.Errorf("%s is tagged: %v, want %v", id, tagged, s.tagged[id])
		}
		if n := s.book.sent(id); n > 1 {
			s.Errorf("%s got its tag by %d requests", id, n)
		}
	}
	s.book.verdict(s.ids)
}
