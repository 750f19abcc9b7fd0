package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCheckpoints writes until what was written has come into the database beside the writing, and
// wants the write-ahead log to stay small all the while.
func TestCheckpoints(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	s := open(t, path)
	put(t, s, logDoc("log_first", "pr_1", ""))
	size := func(name string) int64 {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	const most = 120 << 20 // below what makes commits do it themselves
	text := strings.Repeat("x", 1<<20)
	before := size(path)
	for i := 0; size(path) < before+16<<20; i++ {
		put(t, s, logDoc(fmt.Sprint("log_", i), "pr_1", `, "stdout": "`+text+`"`))
		if got := size(path + "-wal"); got > most {
			t.Fatalf("the log has %d bytes after %d logs, and the database %d", got, i, size(path))
		}
	}
	sound(t, s)
}

// TestLogStartsAgain writes without a pause, and wants the write-ahead log to be written from its
// beginning again long before it is large: to make the file longer takes each commit more time.
func TestLogStartsAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	s := open(t, path)
	put(t, s, logDoc("log_first", "pr_1", ""))
	header := func() (head [32]byte) { // it has a number that is another one after each start
		f, err := os.Open(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		if _, err := f.ReadAt(head[:], 0); err != nil {
			t.Fatal(err)
		}
		return head
	}
	const most = 48 << 20
	text := strings.Repeat("x", 30<<10)
	for i, begun := 0, header(); header() == begun; i++ {
		put(t, s, logDoc(fmt.Sprint("log_", i), "pr_1", `, "stdout": "`+text+`"`))
		if info, err := os.Stat(path + "-wal"); err != nil || info.Size() > most {
			t.Fatalf("after %d logs: %v, or the log is larger than %d bytes", i, err, most)
		}
	}
}
