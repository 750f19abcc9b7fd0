package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
)

// TestMissing makes no file where there has to be one.
func TestMissing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "none", "errata.db")
	s, err := store.Open(t.Context(), path, store.Options{Existing: true})
	if s != nil || !errors.Is(err, store.ErrMissing) || !strings.Contains(err.Error(), "there is no store "+path) {
		t.Errorf("opened: %v, %v", s, err)
	}
	if _, err := os.Stat(filepath.Dir(path)); err == nil {
		t.Error("a directory was made")
	}
	made := open(t, path)
	if !made.Made() {
		t.Error("it says that it made none")
	}
	again, err := store.Open(t.Context(), path, store.Options{Existing: true})
	if err != nil || again.Made() {
		t.Fatalf("opened again: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}

// closedStore is a store with a log that nobody has open.
func closedStore(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "errata.db")
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, logDoc("log_1", "pr_1", `, "output": "here"`))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// blocked makes a directory where SQLite would make a file, which is as good as a disk that takes
// none, also for the superuser.
func blocked(t *testing.T, name string) {
	t.Helper()
	if err := os.Mkdir(name, 0o700); err != nil {
		t.Fatal(err)
	}
}

// TestReadWhereNothingCanBeWritten opens a store beside which SQLite cannot make the log that it
// writes ahead, nor its index.
func TestReadWhereNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	for name, suffixes := range map[string][]string{"no log": {"-wal"}, "neither": {"-shm", "-wal"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := closedStore(t)
			for _, suffix := range suffixes {
				blocked(t, path+suffix)
			}
			s := open(t, path)
			if notes := strings.Join(s.Notes(), "\n"); !strings.Contains(notes, "open for reading only") {
				t.Errorf("said %q", notes)
			}
			if doc := get(t, s, "log_1"); !strings.Contains(doc, "here") {
				t.Errorf("read %s", doc)
			}
			if list, total := ids(t, s, api.LogQuery{FileID: "pr_1", Search: "here", Size: 10}); total != 1 || len(list) != 1 {
				t.Errorf("found %v", list)
			}
			sound(t, s)
			_, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"there"}`), "")
			if err == nil || !strings.Contains(err.Error(), "open for reading only") {
				t.Errorf("changed: %v", err)
			}
			if err := s.Batch(t.Context(), func(context.Context) error { return nil }); err == nil {
				t.Error("a batch was begun")
			}
			if err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "copy.db")); err != nil {
				t.Errorf("backup: %v", err)
			}
		})
	}
}

// TestReadLastChanges reads what is only in the log beside a store, where the index of that log
// cannot be made.
func TestReadLastChanges(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	s := open(t, path)
	put(t, s, logDoc("log_1", "pr_1", ""))
	wal := read(t, path+"-wal")
	copied := filepath.Join(t.TempDir(), "copy.db")
	for name, data := range map[string][]byte{copied: read(t, path), copied + "-wal": wal} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	blocked(t, copied+"-shm")
	again := open(t, copied)
	if doc := get(t, again, "log_1"); !strings.Contains(doc, "log_1") {
		t.Errorf("read %s", doc)
	}
}
