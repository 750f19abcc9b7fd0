package store_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"errata/api"
	"errata/api/store"
	"errata/model"
)

// scanned goes through a scan to its end, and gives the ids of what it handed out.
func scanned(t *testing.T, s *store.Store, q api.ScanQuery) (list []string) {
	t.Helper()
	n, err := s.Scan(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for {
		docs, err := n.Next(t.Context())
		if errors.Is(err, io.EOF) {
			if looked, of := n.Looked(); looked != of {
				t.Errorf("looked at %d of %d at the end", looked, of)
			}
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range docs {
			log, err := model.ParseLog(doc)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, log.Head().ID)
		}
	}
}

// both runs a test on either database.
func both(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, ":memory:"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, open(t, onPostgres(t).database(t)))
	})
}

// meadow fills a store with logs of two prompts and of a tool: one a minute, in turn.
func meadow(t *testing.T, s *store.Store, n int) {
	t.Helper()
	err := s.Batch(t.Context(), func(ctx context.Context) error {
		for i := range n {
			rest := fmt.Sprintf(`, "created_at": "2025-03-01T%02d:%02d:00Z", "output": "clover %d", "error": null`, i/60, i%60, i%7)
			if _, err := s.Import(ctx, []byte(logDoc(fmt.Sprintf("log_%03d", i), fmt.Sprintf("pr_%d", i%2), rest))); err != nil {
				return err
			}
		}
		_, err := s.Import(ctx, []byte(`{"id":"log_tool","tool":{"id":"tl_1","version_id":"tv_1","path":"a/tool","name":"tool"}}`))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestScanSelectsWhatListsDo(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		meadow(t, s, 700)
		for name, q := range map[string]api.LogQuery{
			"all":    {},
			"search": {Search: "CLOVER 3"},
			"dates":  {StartDate: "2025-03-01T02:00:00Z", EndDate: "2025-03-01T03:30:00Z"},
			"mixed":  {Search: "clover 5", StartDate: "2025-03-01T02:00:00Z"},
			"none":   {Search: "thistle"},
		} {
			q.Size, q.FileID = 1000, "pr_1"
			want, _ := ids(t, s, q)
			of := api.ScanQuery{Files: []string{"pr_1"}, Search: q.Search, StartDate: q.StartDate, EndDate: q.EndDate}
			if got := scanned(t, s, of); !slices.Equal(got, want) {
				t.Errorf("%s: %d logs, the list has %d", name, len(got), len(want))
			}
			of.Oldest = true
			slices.Reverse(want)
			if got := scanned(t, s, of); !slices.Equal(got, want) {
				t.Errorf("%s, oldest first: %d logs, the list has %d", name, len(got), len(want))
			}
		}
		all := scanned(t, s, api.ScanQuery{})
		if len(all) != 700 || all[0] != "log_699" || all[699] != "log_000" {
			t.Errorf("%d logs of all prompts, from %s to %s", len(all), all[0], all[len(all)-1])
		}
	})
}

func TestScanKeeps(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		meadow(t, s, 300)
		put(t, s, logDoc("log_large", "pr_1", `, "output": "clover `+strings.Repeat("x", 5<<20)+`"`))
		var asked atomic.Int64
		got := scanned(t, s, api.ScanQuery{Search: "clover", Cut: 1000, Keep: func(_ context.Context, doc []byte) (bool, error) {
			asked.Add(1)
			return strings.Contains(string(doc), "log_29") || len(doc) > 5<<20, nil
		}})
		if want := 11; len(got) != want || got[0] != "log_299" || got[10] != "log_large" {
			t.Errorf("kept %v", got)
		}
		if asked.Load() != 301 {
			t.Errorf("%d logs were asked about", asked.Load())
		}
		n, err := s.Scan(t.Context(), api.ScanQuery{Keep: func(context.Context, []byte) (bool, error) { return false, errors.New("odd weather") }})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := n.Next(t.Context()); err == nil || !strings.Contains(err.Error(), "odd weather") {
			t.Errorf("the scan went on: %v", err)
		}
	})
}

// A hit is handed out soon: a round that takes long ends before it has looked at all of its logs,
// and the next one goes on behind them.
func TestScanHandsOutEarly(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:") // it has one connection: nothing is read beside the slow log
	meadow(t, s, 700)
	var slow sync.Once
	n, err := s.Scan(t.Context(), api.ScanQuery{Keep: func(context.Context, []byte) (bool, error) {
		slow.Do(func() { <-time.After(2 * store.ScanLong) })
		return true, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	first, err := n.Next(t.Context())
	if err != nil || len(first) == 0 || len(first) >= store.ScanFirst {
		t.Errorf("the first round handed out %d, %v", len(first), err)
	}
	if looked, of := n.Looked(); looked != len(first) || of != 700 {
		t.Errorf("looked at %d of %d", looked, of)
	}
	all := len(first)
	for {
		docs, err := n.Next(t.Context())
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		all += len(docs)
	}
	if all != 700 {
		t.Errorf("%d logs came", all)
	}
}

func TestScanCorrected(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		meadow(t, s, 20)
		if _, err := s.UpdateLog(t.Context(), "pr_1", "log_003", []byte(`{"output":"sorrel"}`), ""); err != nil {
			t.Fatal(err)
		}
		if got := scanned(t, s, api.ScanQuery{Corrected: true}); !slices.Equal(got, []string{"log_003"}) {
			t.Errorf("corrected are %v", got)
		}
		for id, want := range map[string]bool{"log_003": true, "log_004": false} {
			if got, err := s.Corrected(t.Context(), id); got != want || err != nil {
				t.Errorf("%s is corrected: %t, %v", id, got, err)
			}
		}
		if _, err := s.Corrected(t.Context(), "log_none"); api.CodeOf(err) != api.NotFound {
			t.Errorf("no log: %v", err)
		}
		if _, err := s.Scan(t.Context(), api.ScanQuery{Files: []string{"pr_none"}}); api.CodeOf(err) != api.NotFound {
			t.Errorf("no file: %v", err)
		}
	})
}

// What a scan that was interrupted did not look at is looked at when it goes on.
func TestScanGoesOn(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	meadow(t, s, 50)
	n, err := s.Scan(t.Context(), api.ScanQuery{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := n.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("the scan was not interrupted: %v", err)
	}
	if docs, err := n.Next(t.Context()); err != nil || len(docs) != 50 {
		t.Errorf("%d logs, %v", len(docs), err)
	}
}

// Judgments that were made here are in the logs that a scan looks at, as in those of a list.
func TestScanShowsJudgments(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		meadow(t, s, 80)
		for _, id := range []string{"log_007", "log_012"} {
			body := `{"path": "rubric/tone", "spec": {"arguments_type": "target_free", "return_type": "text", "evaluator_type": "human"}, "parent_id": "` + id + `", "judgment": "fine"}`
			if _, err := s.CreateJudgment(t.Context(), api.CreateQuery{}, []byte(body)); err != nil {
				t.Fatal(err)
			}
		}
		got := scanned(t, s, api.ScanQuery{Keep: func(_ context.Context, doc []byte) (bool, error) {
			return strings.Contains(string(doc), "rubric/tone"), nil
		}})
		if want := []string{"log_012", "log_007"}; !slices.Equal(got, want) {
			t.Errorf("judged are %v, want %v", got, want)
		}
	})
}
