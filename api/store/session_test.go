package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"errata/api"
)

// opened is a store with one log of a prompt.
func opened(t *testing.T) (s *Store, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "errata.db")
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Import(t.Context(), []byte(`{"id":"log_1","prompt":{"id":"pr_1","path":"a"},"output":"the tide"}`)); err != nil {
		t.Fatal(err)
	}
	return s, path
}

// TestOneConnectionServesOneAfterTheOther wants what is asked one after the other to be answered
// through one connection, so that the others take no memory, and as many as there are to be taken
// when they are needed.
func TestOneConnectionServesOneAfterTheOther(t *testing.T) {
	t.Parallel()
	s, _ := opened(t)
	for range 3 * readers {
		if _, err := s.Log(t.Context(), "log_1"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Logs(t.Context(), api.LogQuery{FileID: "pr_1", Size: 10, Search: "tide"}); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.read.Stats().OpenConnections; n != 1 {
		t.Errorf("%d connections are open", n)
	}
	taken := map[*session]bool{}
	for range readers {
		ses, err := s.readers.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer s.readers.give(ses)
		taken[ses] = true
	}
	if len(taken) != readers || s.readers.takeIdle() != nil {
		t.Errorf("%d connections were taken, want %d and no more", len(taken), readers)
	}
	ended, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := s.readers.take(ended); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a connection that nobody gives back: %v", err)
	}
}

// TestWaitForAnotherProgramIsGivenUp has another program write for as long as it likes: whoever
// waits for it and gives up is let go, and the store works when the other one is done.
func TestWaitForAnotherProgramIsGivenUp(t *testing.T) {
	t.Parallel()
	s, path := opened(t)
	other, err := pool(uri(path), 1, "_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	patch := func(ctx context.Context) error {
		_, err := s.UpdateLog(ctx, "pr_1", "log_1", []byte(`{"output":"the ebb"}`), "")
		return err
	}
	begun := time.Now()
	soon, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if err := patch(soon); api.CodeOf(err) != api.Timeout {
		t.Errorf("a wait that was given up: %v", err)
	}
	if took := time.Since(begun); took > lockWait/2 {
		t.Errorf("it was let go after %v", took)
	}
	waited := make(chan error)
	go func() { waited <- patch(t.Context()) }()
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-waited; err != nil {
		t.Errorf("when the other program was done: %v", err)
	}
}

// TestCorrectingAgainWritesLess wants the index of corrected logs to be written when a log becomes
// a corrected one, and not again when it is corrected once more.
func TestCorrectingAgainWritesLess(t *testing.T) {
	t.Parallel()
	s, path := opened(t)
	written := func(body string) int64 {
		before := walSize(t, path)
		if _, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(body), ""); err != nil {
			t.Fatal(err)
		}
		return walSize(t, path) - before
	}
	first := written(`{"prompt_tokens":1}`)
	if again := written(`{"prompt_tokens":2}`); again >= first {
		t.Errorf("%d bytes were written when it was corrected, and %d when once more", first, again)
	}
}

func walSize(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}
