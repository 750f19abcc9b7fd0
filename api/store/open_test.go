package store_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"modernc.org/sqlite"

	"errata/api"
	"errata/api/store"
)

func TestOpenCreates(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"errata.db", "a b%20c?d#e&f.db", "café 日本.db"} {
		if runtime.GOOS == "windows" && strings.ContainsAny(name, "?") {
			continue // no such name there
		}
		dir := filepath.Join(t.TempDir(), "data", "errata")
		path := filepath.Join(dir, name)
		s := open(t, path)
		put(t, s, logDoc("log_1", "pr_1", ""))
		for file, want := range map[string]os.FileMode{dir: 0o700, path: 0o600, path + "-wal": 0o600} {
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			if got := info.Mode().Perm(); runtime.GOOS != "windows" && got != want {
				t.Errorf("%s has mode %o, want %o", file, got, want)
			}
		}
		if rest, _ := filepath.Glob(filepath.Join(dir, "*.migrate")); len(rest) > 0 {
			t.Errorf("left behind: %v", rest)
		}
	}
}

// TestOpenAgain wants an up-to-date database to be opened without a write.
func TestOpenAgain(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, logDoc("log_1", "pr_1", ""))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := read(t, path)
	s = open(t, path)
	if got := get(t, s, "log_1"); got != logDoc("log_1", "pr_1", "") {
		t.Errorf("log %s", got)
	}
	if !bytes.Equal(read(t, path), before) {
		t.Error("opening and reading wrote to the file")
	}
}

// A commit to a file waits for what was written, and not for the time of the file as well.
func TestCommitsWaitForTheData(t *testing.T) {
	t.Parallel()
	open(t, filepath.Join(t.TempDir(), "errata.db"))
	apart := runtime.GOOS != "darwin" && runtime.GOOS != "windows" // those cannot tell the two waits apart
	if sqlite.FdatasyncEnabled() != apart {
		t.Errorf("on %s commits wait for the data alone: %t", runtime.GOOS, !apart)
	}
}

// TestOpenAtOnce opens one new file many times at the same time.
func TestOpenAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "errata.db")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			s, err := store.Open(t.Context(), path, store.Options{})
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := s.AddKey(t.Context(), "laptop", api.WriteScope, time.Time{}); err != nil && api.CodeOf(err) != api.Conflict {
				t.Error(err)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	keys, err := open(t, path).Keys(t.Context())
	if err != nil || len(keys) != 1 {
		t.Errorf("keys %v, %v", keys, err)
	}
}

// TestVersion1 opens a database of the first schema and uses all of it.
func TestVersion1(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	execute(t, path, string(read(t, "testdata/v1.sql")))
	s := open(t, path)
	doc, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"hello"}`), "*")
	want := `{"id": "log_1", "prompt": {"id": "pr_1", "version_id": "prv_1"}, "created_at": "2024-01-01T00:00:00Z", "prompt_cost": 0.10, "output": "hello"}`
	if err != nil || string(doc.Raw) != want {
		t.Errorf("log %s, %v", doc.Raw, err)
	}
	page, err := s.Logs(t.Context(), api.LogQuery{FileID: "pr_1", Size: 1, VersionID: "prv_1", EndDate: "2024-01-01"})
	if err != nil || string(page) != `{"records":[`+want+`],"page":1,"size":1,"total":1}` {
		t.Errorf("page %s, %v", page, err)
	}
	prompt, err := s.Prompt(t.Context(), "pr_1", api.CreateQuery{})
	if err != nil || string(prompt) != `{"id": "pr_1", "version_id": "prv_1", "path": "a/greet"}` {
		t.Errorf("prompt %s, %v", prompt, err)
	}
	if ok, err := s.HasKey(t.Context(), "errata_test-key"); !ok || err != nil {
		t.Errorf("key %v, %v", ok, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	good := filepath.Join(t.TempDir(), "good.db")
	s, err := store.Open(t.Context(), good, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	database := read(t, good)
	garbled := bytes.Clone(database)
	for i := 100; i < 4096; i++ {
		garbled[i] = 0xAA
	}
	for _, c := range []struct {
		name, want string
		content    []byte
		sql        string
	}{
		{name: "text", want: "it is not a database", content: []byte(strings.Repeat("these are notes\n", 500))},
		{name: "few bytes", want: "it is not a database", content: []byte("{}")},
		{name: "garbled", want: "damaged", content: garbled},
		{name: "newer", want: "newer errata", content: database, sql: "INSERT INTO errata_schema (version_id, is_applied) VALUES (99, 1)"},
		{name: "foreign", want: "another program", sql: "CREATE TABLE notes (text TEXT)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "errata.db")
			if c.content != nil {
				if err := os.WriteFile(path, c.content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if c.sql != "" {
				execute(t, path, c.sql)
			}
			before := read(t, path)
			checkRefused(t, path, c.want)
			if !bytes.Equal(read(t, path), before) {
				t.Error("the file was changed")
			}
		})
	}
	t.Run("directory", func(t *testing.T) { checkRefused(t, t.TempDir(), "it is a directory") })
	t.Run("file as directory", func(t *testing.T) { checkRefused(t, filepath.Join(good, "errata.db"), "not a directory") })
}

func checkRefused(t *testing.T, path, want string) {
	t.Helper()
	s, err := store.Open(t.Context(), path, store.Options{})
	if err == nil {
		_ = s.Close()
		t.Fatal("opened")
	}
	if msg := err.Error(); !strings.Contains(msg, want) || !strings.Contains(msg, path) || strings.Contains(msg, "\n") {
		t.Errorf("error %q, want the path and %q in one line", msg, want)
	}
}

// TestDamagedLater wants damage that shows only when a log is read to be told in a sentence.
func TestDamagedLater(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, s, logDoc("log_1", "pr_1", `,"output":"`+strings.Repeat("word ", 40000)+`"`))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, int64(len(read(t, path))/2)&^4095); err != nil {
		t.Fatal(err)
	}
	checkDamaged := func(err error) {
		t.Helper()
		if api.CodeOf(err) == 0 || !strings.Contains(err.Error(), "damaged") {
			t.Errorf("error %v, want damage", err)
		}
	}
	s, err = store.Open(t.Context(), path, store.Options{})
	if err != nil {
		checkDamaged(err)
		return
	}
	defer func() { _ = s.Close() }()
	_, err = s.Log(t.Context(), "log_1")
	checkDamaged(err)
}

// execute runs statements on a database file without the store.
func execute(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestCloseAgain wants a store to be closed as often as one likes.
func TestCloseAgain(t *testing.T) {
	t.Parallel()
	for _, path := range []string{":memory:", filepath.Join(t.TempDir(), "errata.db")} {
		s, err := store.Open(t.Context(), path, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		put(t, s, logDoc("log_1", "pr_1", ""))
		for range 3 {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}
