package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"errata/api"
	"errata/api/group"
)

func patched(t *testing.T, s *Store, id, output, tag string) error {
	t.Helper()
	_, err := s.UpdateLog(context.Background(), "pr_1", id, fmt.Appendf(nil, `{"output":%q}`, output), tag)
	return err
}

// holding keeps the writing connection until release is called, so that changes queue up.
func holding(t *testing.T, s *Store) (release func()) {
	t.Helper()
	ses, err := s.writer.take(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return func() { s.writer.give(ses) }
}

func storeOfTides(t *testing.T, logs int) *Store {
	t.Helper()
	s, err := Open(context.Background(), t.TempDir()+"/tides.db", Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for n := range logs {
		if _, err := s.Import(context.Background(), fmt.Appendf(nil, `{"id":"log_%d","prompt":{"id":"pr_1"},"output":"high"}`, n)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// queueing makes the function that waits until the first change is under way, and so many wait for
// it.
func queueing(s *Store) (queuedUp func(n int)) {
	g := s.grouped
	begun := make(chan struct{}, 100)
	g.waiting = group.New(func(list []*queued) {
		begun <- struct{}{}
		g.carryOut(list)
	})
	return func(n int) {
		if n == 0 {
			<-begun
		}
		for g.waiting.Waiting() < n {
			runtime.Gosched()
		}
	}
}

// Changes that wait share a transaction; each fails by itself, and one that was given up is not
// made.
func TestChangesThatWaitAreCommittedTogether(t *testing.T) {
	t.Parallel()
	s := storeOfTides(t, 10)
	before := s.writes.Load()
	release, queuedUp := holding(t, s), queueing(s)
	var all sync.WaitGroup
	errs := make([]error, 10)
	given, giveUp := context.WithCancel(context.Background())
	gone := make(chan struct{})
	for n := range 10 {
		all.Go(func() {
			id, tag := fmt.Sprintf("log_%d", n), ""
			switch n {
			case 3:
				id = "log_none"
			case 4:
				tag = `"other"`
			case 5:
				defer close(gone)
				_, errs[n] = s.UpdateLog(given, "pr_1", id, []byte(`{"output":"low"}`), "")
				return
			case 6:
				defer func() { errs[n] = fmt.Errorf("%v", recover()) }()
				_ = s.change(context.Background(), saving, func(c *conn) error {
					if err := c.exec(context.Background(), `UPDATE logs SET doc = ? WHERE id = ?`, []byte(`{}`), id); err != nil {
						return err
					}
					panic("spill")
				})
				return
			}
			errs[n] = patched(t, s, id, "low", tag)
		})
		queuedUp(n)
	}
	giveUp()
	<-gone
	release()
	all.Wait()
	for n, err := range errs {
		wrong := map[int]api.Code{3: api.NotFound, 4: api.Precondition, 5: api.Canceled}[n]
		switch {
		case n == 6 && (err == nil || err.Error() != "spill"), n != 6 && wrong == 0 && err != nil, wrong != 0 && api.CodeOf(err) != wrong:
			t.Errorf("log_%d: %v", n, err)
		}
		doc, err := s.Log(context.Background(), fmt.Sprintf("log_%d", n))
		if want := wrong == 0 && n != 6; err != nil || strings.Contains(string(doc.Raw), "low") != want {
			t.Errorf("log_%d is %s, %v", n, doc.Raw, err)
		}
	}
	if got := s.writes.Load() - before; got > 2 {
		t.Errorf("%d transactions", got)
	}
}

// Whoever waits behind a transaction that fails as a whole hears of it.
func TestACommitThatFailsIsToldToAll(t *testing.T) {
	t.Parallel()
	s := storeOfTides(t, 2)
	release, queuedUp := holding(t, s), queueing(s)
	var all sync.WaitGroup
	errs := make([]error, 2)
	for n := range 2 {
		all.Go(func() {
			errs[n] = s.change(context.Background(), saving, func(c *conn) error {
				if n == 1 {
					return c.exec(context.Background(), "ROLLBACK") // as SQLite does on a full disk
				}
				return c.exec(context.Background(), `UPDATE logs SET doc = ? WHERE id = ?`, []byte(`{}`), "log_0")
			})
		})
		queuedUp(n)
	}
	release()
	all.Wait()
	if errs[0] == nil && errs[1] == nil || errors.Is(errs[0], errFault) {
		t.Errorf("%v, %v", errs[0], errs[1])
	}
	doc, err := s.Log(context.Background(), "log_0")
	if err != nil || string(doc.Raw) == "{}" && errs[0] != nil {
		t.Errorf("%s, %v", doc.Raw, err)
	}
}

// Changes that check before they write are no steps of their own. One that fails while it writes
// leaves nothing behind all the same, hears why, and the others are made.
func TestAChangeThatFailsHalfwayLeavesTheOthers(t *testing.T) {
	t.Parallel()
	s := storeOfTides(t, 10)
	release, queuedUp := holding(t, s), queueing(s)
	spill := errors.New("spill")
	halfway := func(id string, fail func() error) error {
		return s.checked(context.Background(), saving, func(*conn) error { return nil }, func(c *conn) error {
			if err := c.exec(context.Background(), `UPDATE logs SET doc = ? WHERE id = ?`, []byte(`{}`), id); err != nil {
				return err
			}
			return fail()
		})
	}
	var all sync.WaitGroup
	errs := make([]error, 6)
	for n := range errs {
		all.Go(func() {
			id := fmt.Sprintf("log_%d", n)
			switch n {
			case 2:
				errs[n] = halfway("log_7", func() error { return spill })
			case 3:
				defer func() { errs[n] = fmt.Errorf("%v", recover()) }()
				_ = halfway("log_8", func() error { panic("spill") })
			case 4:
				errs[n] = patched(t, s, id, "low", `"other"`)
			default:
				errs[n] = patched(t, s, id, "low", "")
			}
		})
		queuedUp(n)
	}
	release()
	all.Wait()
	if !errors.Is(errs[2], spill) || errs[3] == nil || errs[3].Error() != "spill" || api.CodeOf(errs[4]) != api.Precondition {
		t.Errorf("what fails hears %v, %v and %v", errs[2], errs[3], errs[4])
	}
	for n := range 10 {
		made := n < 2 || n == 5
		doc, err := s.Log(context.Background(), fmt.Sprintf("log_%d", n))
		if err != nil || strings.Contains(string(doc.Raw), "low") != made || !made && !strings.Contains(string(doc.Raw), "high") {
			t.Errorf("log_%d is %s, %v", n, doc.Raw, err)
		}
		if made && errs[n] != nil {
			t.Errorf("log_%d: %v", n, errs[n])
		}
	}
	if r, err := s.Check(context.Background(), nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("%v, %v", r.Problems, err)
	}
}

// A read that fails may end the transaction: SQLite undoes it where the file cannot be read. The
// changes before and behind it are made all the same, with all that is kept beside the logs.
func TestAReadThatEndsTheTransactionLeavesTheOthers(t *testing.T) {
	t.Parallel()
	s := storeOfTides(t, 4)
	release, queuedUp := holding(t, s), queueing(s)
	var all sync.WaitGroup
	errs := make([]error, 4)
	for n := range errs {
		all.Go(func() {
			if n != 2 {
				errs[n] = patched(t, s, fmt.Sprintf("log_%d", n), "low", "")
				return
			}
			errs[n] = s.checked(context.Background(), saving, func(c *conn) error {
				err := c.exec(context.Background(), `SELECT 1 FROM nowhere`)
				return errors.Join(err, c.exec(context.Background(), "ROLLBACK"))
			}, func(*conn) error { return nil })
		})
		queuedUp(n)
	}
	release()
	all.Wait()
	for n, err := range errs {
		doc, readErr := s.Log(context.Background(), fmt.Sprintf("log_%d", n))
		if made := n != 2; (err == nil) != made || readErr != nil || strings.Contains(string(doc.Raw), "low") != made {
			t.Errorf("log_%d is %s, %v; its change was answered with %v", n, doc.Raw, readErr, err)
		}
	}
	if r, err := s.Check(context.Background(), nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("%v, %v", r.Problems, err)
	}
}

// What the changes of a group ask once is asked again after one that may have changed it: a
// judgment is shown in the answer to a PATCH that follows it in the same transaction, and not in
// one before.
func TestAPatchShowsAJudgmentOfItsGroup(t *testing.T) {
	t.Parallel()
	s := storeOfTides(t, 3)
	before := s.writes.Load()
	release, queuedUp := holding(t, s), queueing(s)
	var all sync.WaitGroup
	errs, docs := make([]error, 5), make([]api.Document, 5)
	for n := range errs {
		all.Go(func() {
			if n == 3 {
				_, errs[n] = s.CreateJudgment(context.Background(), api.CreateQuery{},
					[]byte(`{"path":"note","parent_id":"log_1","judgment":"rising","spec":{"evaluator_type":"human","arguments_type":"target_free","return_type":"text"}}`))
				return
			}
			docs[n], errs[n] = s.UpdateLog(context.Background(), "pr_1", []string{"log_0", "log_1", "log_2", "", "log_1"}[n], fmt.Appendf(nil, `{"output":"low %d"}`, n), "")
		})
		queuedUp(n)
	}
	release()
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(docs[1].Raw), "rising") || !strings.Contains(string(docs[4].Raw), "rising") {
		t.Errorf("before the judgment %s, after it %s", docs[1].Raw, docs[4].Raw)
	}
	if now, err := s.Log(context.Background(), "log_1"); err != nil || now.ETag != docs[4].ETag {
		t.Errorf("the log is %s, its PATCH was answered with %s, %v", now.ETag, docs[4].ETag, err)
	}
	if got := s.writes.Load() - before; got != 2 {
		t.Errorf("%d transactions", got)
	}
}
