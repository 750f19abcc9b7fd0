package store

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"errata/api"
)

// TestTransactionsBegunTogetherSeeTheSame begins transactions together while somebody writes
// without a pause.
func TestTransactionsBegunTogetherSeeTheSame(t *testing.T) {
	t.Parallel()
	s, path := opened(t)
	other, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			_, _ = other.UpdateLog(ctx, "pr_1", "log_1", fmt.Appendf(nil, `{"output":"%d"}`, i), "")
		}
	})
	defer func() {
		cancel()
		writing.Wait()
		_ = other.Close()
	}()
	several := 0
	for range 300 {
		list, err := s.beginSame(t.Context(), readers-1)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) > 1 {
			several++
		}
		seen := map[string]bool{}
		for _, c := range list {
			var doc string
			if err := c.row(t.Context(), `SELECT CAST(doc AS TEXT) FROM logs`).Scan(&doc); err != nil {
				t.Fatal(err)
			}
			seen[doc] = true
		}
		rollback(t.Context(), list)
		if len(seen) != 1 {
			t.Fatalf("they see %d states", len(seen))
		}
	}
	if several == 0 {
		t.Error("one alone was begun each time")
	}
}

// TestSnapshotThatHoldsTooMuch wants a snapshot whose reader is slow to be let go of when others
// have written so much, and their pages to be moved into the file then though the reader has not
// come to its end.
func TestSnapshotThatHoldsTooMuch(t *testing.T) {
	t.Parallel()
	s, path := opened(t)
	other, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	moving, err := other.moving.open()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = moving.Close() }()
	s.heldMost = 1 << 20
	err = s.Snapshot(t.Context(), func(ctx context.Context) error {
		words := strings.Repeat("the tide comes and goes ", 1000)
		for i := 0; ; i++ {
			if _, err := s.Log(ctx, "log_1"); err != nil {
				in, moved, checked := other.moving.move(moving)
				if checked != nil || in != moved {
					t.Errorf("of %d pages %d were moved; %v", in, moved, checked)
				}
				return err
			}
			if _, err := other.UpdateLog(t.Context(), "pr_1", "log_1", fmt.Appendf(nil, `{"output":"%d %s"}`, i, words), ""); err != nil {
				t.Fatal(err)
			}
		}
	})
	if api.CodeOf(err) != api.Failed || !strings.Contains(err.Error(), "errata backup") {
		t.Errorf("it ended with %v", err)
	}
	if _, err := s.Log(t.Context(), "log_1"); err != nil {
		t.Error(err)
	}
}
