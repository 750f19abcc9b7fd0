package store_test

import (
	"database/sql"
	"os"
	"testing"

	"errata/api/store"
)

// logBytes is the size of the write-ahead log of a store, 0 if there is none.
func logBytes(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path + "-wal")
	if os.IsNotExist(err) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// TestReadyToWriteBeginsTheLog gets a store ready twice: its write-ahead log is there before the
// change is, is started once, and the change and what was there before are as ever.
func TestReadyToWriteBeginsTheLog(t *testing.T) {
	t.Parallel()
	path := closedStore(t)
	marked(t, path)
	s := open(t, path)
	before := get(t, s, "log_1")
	if n := logBytes(t, path); n != 0 {
		t.Fatalf("the log has %d bytes already", n)
	}
	s.ReadyToWrite(t.Context())
	begun := logBytes(t, path)
	if begun == 0 {
		t.Error("the log is not begun")
	}
	s.ReadyToWrite(t.Context())
	if n := logBytes(t, path); n != begun {
		t.Errorf("getting ready again made the log %d bytes long, from %d", n, begun)
	}
	if after := get(t, s, "log_1"); after != before {
		t.Errorf("the log reads %s, before %s", after, before)
	}
	if _, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"there"}`), ""); err != nil {
		t.Fatal(err)
	}
	sound(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if n := marked(t, path); n != 7 {
		t.Errorf("the number that another program keeps in the file is %d", n)
	}
}

// marked gives the number that any program may keep in the header of a file, and makes it 7.
func marked(t *testing.T, path string) (was int) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if err := db.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&was); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "PRAGMA user_version = 7"); err != nil {
		t.Fatal(err)
	}
	return was
}

// TestReadyToWriteWhereNothingCanBeWritten leaves such a store as it is.
func TestReadyToWriteWhereNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	path := closedStore(t)
	blocked(t, path+"-wal")
	s, err := store.Open(t.Context(), path, store.Options{Existing: true})
	if err != nil || !s.ReadOnly() {
		t.Fatalf("opened for writing: %v", err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.ReadyToWrite(t.Context())
	if got := get(t, s, "log_1"); got == "" {
		t.Error("the log cannot be read any more")
	}
	memory := open(t, ":memory:")
	memory.ReadyToWrite(t.Context())
}
