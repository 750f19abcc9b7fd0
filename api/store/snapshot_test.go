package store_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
)

// TestSnapshot wants whatever is read in a snapshot to be of the state at its beginning, with
// another program that changes, adds and deletes logs of two files between what is read.
func TestSnapshot(t *testing.T) { onTwo(t, seesOneState) }

func seesOneState(t *testing.T, s, other *store.Store) {
	var all []*store.Entry
	for i := range 2000 {
		e, err := store.Prepare([]byte(logDoc(fmt.Sprintf("log_%d", i), fmt.Sprintf("pr_%d", i%2), `,"output":"before"`)))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	if _, err := s.ImportAll(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	before := seenIn(t, t.Context(), s, nil)
	writes := 0
	write := func() {
		if writes++; writes%1000 != 1 {
			return
		}
		for _, i := range []int{1, 1990 - writes/1000, 1999} {
			id := fmt.Sprintf("log_%d", i)
			if _, err := other.UpdateLog(t.Context(), fmt.Sprintf("pr_%d", i%2), id, fmt.Appendf(nil, `{"output":"after %d"}`, writes), ""); err != nil {
				t.Fatal(err)
			}
		}
		put(t, other, logDoc(fmt.Sprintf("log_new_%d", writes), "pr_1", ""))
		put(t, other, logDoc(fmt.Sprintf("log_other_%d", writes), fmt.Sprintf("pr_new_%d", writes), ""))
		if err := other.DeleteLogs(t.Context(), []string{fmt.Sprintf("log_%d", 100+writes/1000)}); err != nil {
			t.Fatal(err)
		}
	}
	err := s.Snapshot(t.Context(), func(ctx context.Context) error {
		for range 2 {
			if now := seenIn(t, ctx, s, write); !slices.Equal(now, before) {
				t.Errorf("%d logs, files and pages, where there were %d, or others", len(now), len(before))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if now := seenIn(t, t.Context(), s, nil); slices.Equal(now, before) {
		t.Error("what was written meanwhile is not seen afterwards")
	}
}

// seenIn reads what there is in all ways in which an export reads, and calls f with each log.
func seenIn(t *testing.T, ctx context.Context, s *store.Store, f func()) (all []string) {
	t.Helper()
	see := func(doc []byte) error {
		if all = append(all, string(doc)); f != nil {
			f()
		}
		return nil
	}
	for _, file := range []string{"pr_0", "pr_1"} {
		if err := s.Walk(ctx, file, see); err != nil {
			t.Fatal(err)
		}
	}
	files, err := s.Files(ctx, api.FileQuery{Page: 1, Size: 100})
	if err != nil {
		t.Fatal(err)
	}
	page, err := s.Logs(ctx, api.LogQuery{FileID: "pr_1", Page: 1, Size: 10, Search: "before"})
	if err != nil {
		t.Fatal(err)
	}
	found, err := s.Scan(ctx, api.ScanQuery{Search: "before", Oldest: true})
	if err != nil {
		t.Fatal(err)
	}
	for {
		docs, err := found.Next(ctx)
		if err != nil {
			break
		}
		for _, doc := range docs {
			_ = see(doc)
		}
	}
	return append(all, string(files), string(page))
}

// TestSnapshotWithinAnother wants a snapshot that is asked for in one to be the same.
func TestSnapshotWithinAnother(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	put(t, s, logDoc("log_1", "pr_1", ""))
	err := s.Snapshot(t.Context(), func(ctx context.Context) error {
		return s.Snapshot(ctx, func(ctx context.Context) error {
			_, err := s.Log(ctx, "log_1")
			return err
		})
	})
	if err != nil {
		t.Error(err)
	}
}

// TestSnapshotThatIsGivenUp wants reading to end with the context, and the connections to serve
// again.
func TestSnapshotThatIsGivenUp(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store) {
		put(t, s, logDoc("log_1", "pr_1", ""))
		ctx, cancel := context.WithCancel(t.Context())
		err := s.Snapshot(ctx, func(ctx context.Context) error {
			cancel()
			_, err := s.Log(ctx, "log_1")
			return err
		})
		if api.CodeOf(err) != api.Canceled {
			t.Errorf("it ended with %v", err)
		}
		failed := errors.New("no")
		for range 20 {
			if err := s.Snapshot(t.Context(), func(context.Context) error { return failed }); !errors.Is(err, failed) {
				t.Errorf("it ended with %v", err)
			}
		}
		if !strings.Contains(get(t, s, "log_1"), "log_1") {
			t.Error("the log is lost")
		}
	})
}

// TestSnapshotOfAServerThatEndsIt wants nothing of a later state to be read instead of the one that
// is lost with its connections.
func TestSnapshotOfAServerThatEndsIt(t *testing.T) {
	t.Parallel()
	address := onPostgres(t).database(t)
	s := open(t, address)
	put(t, s, logDoc("log_1", "pr_1", ""))
	err := s.Snapshot(t.Context(), func(ctx context.Context) error {
		if err := store.Execute(ctx, address, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
			t.Fatal(err)
		}
		_, err := s.Log(ctx, "log_1")
		return err
	})
	if api.CodeOf(err) != api.Failed || !strings.Contains(err.Error(), "begin again") {
		t.Errorf("it ended with %v", err)
	}
	if got := get(t, s, "log_1"); !strings.Contains(got, "log_1") {
		t.Errorf("then the log is %s", got)
	}
}
