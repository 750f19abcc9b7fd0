package batch_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"errata/api"
	"errata/api/apitest"
	"errata/api/batch"
	"errata/api/journal"
	"errata/api/save"
)

// shaky is a server on a bad line, whose logs others write into as well. It counts what it does.
type shaky struct {
	*apitest.Fake
	t *testing.T

	mu    sync.Mutex
	rng   *rand.Rand
	calm  bool           // nothing goes wrong any more
	dies  int            // calls until the process of the client dies; 0 for never
	died  func()         // takes down what is on the disk of the client at that moment
	dead  bool           // nothing that is asked by then is done
	wrote map[string]int // changes that were carried out, by log
	other map[string]int // what others have written
}

var errDead = &api.Error{Code: api.Canceled, Msg: "the process has died"}

// goes reports whether a call is carried out: not after the death of whoever makes it.
func (s *shaky) goes() bool {
	if s.dies > 0 {
		if s.dies--; s.dies == 0 {
			s.dead = true
			s.died()
		}
	}
	return !s.dead
}

func (s *shaky) Log(ctx context.Context, id string) (api.Document, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !s.goes():
		return api.Document{}, errDead
	case !s.calm && s.rng.IntN(40) == 0:
		return api.Document{}, &api.Error{Code: api.Unreachable, Msg: "nobody answers"}
	}
	return s.Fake.Log(ctx, id)
}

// UpdateLog carries a change out, or not, and tells so, or not.
func (s *shaky) UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.goes() {
		return api.Document{}, errDead
	}
	fault := 99
	if !s.calm {
		fault = s.rng.IntN(24)
	}
	switch fault {
	case 0:
		return api.Document{}, &api.Error{Code: api.Invalid, Status: 422, Msg: "refused"}
	case 1:
		return api.Document{}, &api.Error{Code: api.RateLimited, Status: 429, Msg: "slow down", RetryAfter: time.Second}
	case 2:
		return api.Document{}, &api.Error{Code: api.Unavailable, Status: 503, Msg: "busy", Sent: api.MaybeSent}
	case 3:
		return api.Document{}, &api.Error{Code: api.Timeout, Msg: "cut on the way there", Sent: api.MaybeSent}
	case 4:
		s.meanwhile(logID)
	}
	doc, err := s.Fake.UpdateLog(ctx, promptID, logID, patch, ifMatch)
	if err == nil {
		s.wrote[logID]++
	}
	switch {
	case err != nil:
		return doc, err
	case !s.goes():
		return api.Document{}, errDead
	case fault == 5:
		return api.Document{}, &api.Error{Code: api.Unreachable, Msg: "cut on the way back", Sent: api.MaybeSent}
	case fault == 6:
		return api.Document{}, &api.Error{Code: api.Unavailable, Status: 503, Msg: "busy", Sent: api.MaybeSent}
	}
	return doc, nil
}

// meanwhile has somebody else write into a log.
func (s *shaky) meanwhile(id string) {
	s.other[id]++
	doc, err := s.Fake.Log(context.Background(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	s.Put(s.t, []byte(strings.Replace(string(doc.Raw), `"prompt_tokens": `, fmt.Sprintf(`"prompt_tokens": %d`, s.other[id]), 1)))
}

// TestFaultsOverMany changes logs, takes that back, and is killed and goes on in between, while the
// line fails. After each script every log was changed once or is named with the reason why not, and
// nothing that somebody else wrote is lost.
//
//	ERRATA_FAULT_SEEDS=10000 go test ./api/batch -run TestFaultsOverMany
//	ERRATA_FAULT_SEED=n go test ./api/batch -run TestFaultsOverMany -v
//
// are the long run, and one script.
func TestFaultsOverMany(t *testing.T) {
	from, seeds := 1, faultSeeds
	if n, err := strconv.Atoi(os.Getenv("ERRATA_FAULT_SEEDS")); err == nil {
		seeds = n
	}
	if n, err := strconv.Atoi(os.Getenv("ERRATA_FAULT_SEED")); err == nil {
		from, seeds = n, 1
	}
	for seed := from; seed < from+seeds; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			playOverMany(t, uint64(seed)) //nolint:gosec // it is positive
		})
	}
}

func playOverMany(t *testing.T, seed uint64) {
	t.Helper()
	const logs = 8
	p := setUp(t, logs)
	s := &shaky{Fake: p.Fake, t: t, rng: rand.New(rand.NewPCG(seed, 0)), wrote: map[string]int{}, other: map[string]int{}}
	reviewed := s.rng.IntN(2) == 0
	change := set(t, `metadata.list+="x"`)
	done := p.play(t, s, reviewed, batch.Head{Recipe: change.Recipe}, change, batch.Logs(ids(logs)...))
	p.verdict(t, s, done, `"x"`, true)

	s.wrote = map[string]int{}
	s.calm = false
	undo, sent, err := batch.Undo(p.state, p.journal, batch.Head{ID: done}, save.Fail)
	if err != nil {
		t.Fatal(err)
	}
	back := p.play(t, s, reviewed, batch.Head{Recipe: undo.Recipe, Undoes: done}, undo, sent)
	p.verdict(t, s, back, `"x"`, false)
}

// play carries a batch out, whatever happens on the way, until nothing of it is left to do.
func (p *place) play(t *testing.T, s *shaky, reviewed bool, head batch.Head, change batch.Change, source batch.Source) (id string) {
	t.Helper()
	head.Server = "http://far"
	b, err := batch.New(p.state, head)
	if err == nil {
		err = b.Gather(source)
	}
	if err != nil {
		t.Fatal(err)
	}
	if id = b.ID; reviewed {
		s.calm = true
		if err := b.Plan(context.Background(), p.shakyRun(s, change)); err != nil {
			t.Fatal(err)
		}
		s.calm = false
		if s.rng.IntN(2) == 0 {
			s.meanwhile(fmt.Sprintf("log_%d", s.rng.IntN(4)))
		}
	}
	for round := 0; ; round++ {
		last := round == 8
		s.calm = last
		if !last && s.rng.IntN(2) == 0 {
			b = p.killed(t, s, b, change)
			continue
		}
		err := b.Send(context.Background(), p.shakyRun(s, change))
		if last {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		if err == nil && s.rng.IntN(3) == 0 {
			break
		}
		if _, _, err := b.Again(); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return id
}

func (p *place) shakyRun(s *shaky, change batch.Change) batch.Run {
	r := p.run(change)
	r.Service, r.Workers = s, 3
	if change.Kind == batch.UndoKind {
		r.Change = batch.ReadUndo(change.Recipe, p.journal, save.Fail)
	}
	return r
}

// killed sends until the process dies, and opens the batch as the next process finds it.
func (p *place) killed(t *testing.T, s *shaky, b *batch.Batch, change batch.Change) *batch.Batch {
	t.Helper()
	if err := b.Agree(); err != nil {
		t.Fatal(err)
	}
	left := t.TempDir()
	s.mu.Lock()
	s.dies, s.dead = 1+s.rng.IntN(30), false
	s.died = func() {
		if err := snapshot(p.state, left); err != nil {
			t.Error(err)
		}
	}
	s.mu.Unlock()
	_ = b.Send(context.Background(), p.shakyRun(s, change))
	s.mu.Lock()
	died := s.dead
	s.dies, s.dead = 0, false
	s.mu.Unlock()
	if !died {
		return b
	}
	_ = b.Close()
	p.state = left
	var err error
	if p.journal, err = journal.Open(left, journal.Options{}); err == nil {
		b, err = batch.Open(left, b.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// snapshot copies a folder as a process leaves it that dies now. A file that others take away
// meanwhile is not there any more.
func snapshot(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		copied := filepath.Join(to, strings.TrimPrefix(path, from))
		var data []byte
		switch {
		case err != nil:
		case d.IsDir():
			err = os.MkdirAll(copied, 0o700)
		default:
			if data, err = os.ReadFile(path); err == nil {
				err = os.WriteFile(copied, data, 0o600)
			}
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	})
}

// verdict looks whether each log is as the batch says that it is.
func (p *place) verdict(t *testing.T, s *shaky, id, mark string, there bool) {
	t.Helper()
	tried := map[string]bool{}
	for e, err := range p.journal.Entries(journal.Filter{Batch: id}) {
		if err != nil || e.Outcome == journal.Pending {
			t.Errorf("the journal has %v, %v", e, err)
		}
		if e.Outcome != journal.Refused && e.Outcome != journal.NotSaved {
			tried[e.LogID] = true
		}
	}
	err := batch.Rows(p.state, id, func(r batch.Row) error {
		marks := strings.Count(p.stored(t, r.LogID), mark)
		changed := marks == map[bool]int{true: 1, false: 0}[there]
		switch {
		case s.wrote[r.LogID] > 1:
			t.Errorf("%s was changed %d times", r.LogID, s.wrote[r.LogID])
		case r.Outcome == batch.Todo:
			t.Errorf("%s is left to do", r.LogID)
		case r.Outcome == batch.Saved && (!changed || !tried[r.LogID]):
			t.Errorf("%s is %s, and the journal knows of it: %v", r.LogID, p.stored(t, r.LogID), tried[r.LogID])
		case r.Outcome != batch.Saved && r.Outcome != batch.Unclear && s.wrote[r.LogID] > 0:
			t.Errorf("%s was changed, and is told to be %s: %s", r.LogID, r.Outcome, r.Why)
		case r.Outcome != batch.Saved && r.Outcome != batch.Same && r.Why == "":
			t.Errorf("%s is %s, and nobody knows why", r.LogID, r.Outcome)
		}
		if want := fmt.Sprint(`"prompt_tokens": `, others(s.other[r.LogID])); !strings.Contains(p.stored(t, r.LogID), want+"12") {
			t.Errorf("what others wrote into %s is lost: %s", r.LogID, p.stored(t, r.LogID))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// others is what somebody else has put in front of the tokens by then.
func others(n int) (digits string) {
	for i := n; i > 0; i-- {
		digits += fmt.Sprint(i)
	}
	return digits
}
