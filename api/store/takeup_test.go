package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"errata/api"
	"errata/api/store"
)

// Several servers write to one database while signatures are taken up all the time: each finds
// every word as soon as it is acknowledged, and nowhere else.
func TestTakingUpIsNotSeen(t *testing.T) {
	t.Parallel()
	address := onPostgres(t).database(t)
	stores := []*store.Store{open(t, address), open(t, address)}
	const writers, logs, rounds = 4, 3, 12
	for i := range writers * logs {
		put(t, stores[0], logDoc(fmt.Sprint("log_", i), "pr_1", `, "output": "nothing yet"`))
	}
	ctx, end := context.WithCancel(t.Context())
	var takers, all sync.WaitGroup
	for _, s := range stores {
		takers.Go(func() {
			for ctx.Err() == nil {
				if err := s.TakeUp(ctx); err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for w := range writers {
		all.Go(func() {
			for i := range rounds {
				s, id := stores[(w+i)%2], fmt.Sprint("log_", w*logs+i%logs)
				old, word := fmt.Sprintf("writer%dround%dx", w, i-logs), fmt.Sprintf("writer%dround%dx", w, i)
				if err := write(s, id, word, i); err != nil {
					t.Error(err)
					return
				}
				for _, s := range stores {
					if got, _ := ids(t, s, api.LogQuery{FileID: "pr_1", Size: 9, Search: word}); len(got) != 1 || got[0] != id {
						t.Errorf("%s is found in %v, want %s", word, got, id)
					}
					if got, _ := ids(t, s, api.LogQuery{FileID: "pr_1", Size: 9, Search: old}); len(got) != 0 {
						t.Errorf("%s is found in %v, and is no more", old, got)
					}
				}
			}
		})
	}
	all.Wait()
	end()
	takers.Wait()
	sound(t, stores[1])
}

// write puts a word into a log, in one of the ways in which it may come there.
func write(s *store.Store, id, word string, i int) error {
	ctx := context.Background()
	doc := logDoc(id, "pr_1", fmt.Sprintf(`, "output": %q`, word))
	patch := func(ctx context.Context) error {
		_, err := s.UpdateLog(ctx, "pr_1", id, fmt.Appendf(nil, `{"output":%q}`, word), "")
		return err
	}
	switch i % 4 {
	case 0:
		if err := s.DeleteLogs(ctx, []string{id}); err != nil {
			return err
		}
		_, err := s.Import(ctx, []byte(doc))
		return err
	case 1:
		e, err := store.Prepare([]byte(doc))
		if err == nil {
			_, err = s.Replace(ctx, e, "")
		}
		return err
	case 2:
		return s.Batch(ctx, func(ctx context.Context) error {
			if err := patch(ctx); err != nil {
				return err
			}
			page, err := s.Logs(ctx, api.LogQuery{FileID: "pr_1", Size: 9, Search: word})
			if err == nil && len(page) < len(doc) {
				err = fmt.Errorf("a transaction does not find %s, which it has written", word)
			}
			return err
		})
	}
	return patch(ctx)
}

// A change does not wait for what is taken up, also where it is a change of a log whose signature
// is; and when both are there the log is found by what it holds last.
func TestNobodyWaitsForTakingUp(t *testing.T) {
	t.Parallel()
	address := onPostgres(t).database(t)
	s := open(t, address)
	put(t, s, logDoc("log_1", "pr_1", `, "output": "ebb and slack"`))
	err := s.TakeUpBeside(t.Context(), func() {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second) // it would wait for ever
		defer cancel()
		if _, err := s.UpdateLog(ctx, "pr_1", "log_1", []byte(`{"output":"flood"}`), ""); err != nil {
			t.Error(err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for word, n := range map[string]int{"flood": 1, "slack": 0} {
			if _, total := ids(t, s, api.LogQuery{FileID: "pr_1", Size: 9, Search: word}); total != n {
				t.Errorf("%q is found %d times, want %d", word, total, n)
			}
		}
		sound(t, s)
		if err := s.TakeUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
