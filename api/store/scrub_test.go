package store_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
)

// After a Scrub no file of the store holds what a PATCH replaced, or what was deleted.
func TestScrubLeavesNothingOfOldValues(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	st, err := store.Open(t.Context(), filepath.Join(dir, "errata.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	const word = "Mondsteinfalke"
	importLog := func(id, text string) {
		doc := `{"id":"` + id + `","prompt":{"id":"pr_1","path":"tides","version_id":"v","name":"tides"},"created_at":"2024-07-19T08:30:00Z","output":"` + text + `"}`
		if _, err := st.Import(t.Context(), []byte(doc)); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []string{"a", "b", "c", "d"} {
		importLog(id, strings.Repeat(word+" sings. ", 900))
		if _, err := st.UpdateLog(t.Context(), "pr_1", id, []byte(`{"output":"nobody sings"}`), ""); err != nil {
			t.Fatal(err)
		}
	}
	importLog("e", word)
	if err := st.DeleteLogs(t.Context(), []string{"e"}); err != nil {
		t.Fatal(err)
	}
	if !holds(t, dir, word) {
		t.Fatal("nothing of the old values was left before, so nothing is tested")
	}
	if left, err := st.Scrub(t.Context()); err != nil || left != "" {
		t.Fatal(left, err)
	}
	if holds(t, dir, word) {
		t.Error("an old value is left in a file of the store")
	}
	if doc, err := st.Log(context.Background(), "a"); err != nil || !bytes.Contains(doc.Raw, []byte("nobody sings")) {
		t.Errorf("%s, %v", doc.Raw, err)
	}
}

// A Scrub changes no log, wherever the store is, and says what a server keeps.
func TestScrubKeepsTheLogs(t *testing.T) { onEach(t, testScrubKeepsTheLogs) }

func testScrubKeepsTheLogs(t *testing.T, s *store.Store) {
	for _, doc := range []string{
		`{"id":"log_1","prompt":{"id":"pr_1"},"output":"the lark sings"}`, `{"id":"log_2","prompt":{"id":"pr_1"},"output":"the falcon sings"}`,
	} {
		if _, err := s.Import(t.Context(), []byte(doc)); err != nil {
			t.Fatal(err)
		}
	}
	for _, patch := range []string{`{"output":"the falcon sings"}`, `{"output":"nobody sings"}`} {
		if _, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(patch), ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.DeleteLogs(t.Context(), []string{"log_2"}); err != nil {
		t.Fatal(err)
	}
	changed := get(t, s, "log_1")
	left, err := s.Scrub(t.Context())
	if err != nil || strings.Contains(left, "PostgreSQL") != strings.Contains(t.Name(), "postgres") {
		t.Fatalf("it leaves %q, %v", left, err)
	}
	if now := get(t, s, "log_1"); now != changed {
		t.Errorf("the log is %s, and was %s", now, changed)
	}
	for word, want := range map[string]int{"falcon": 0, "nobody": 1} {
		page, err := s.Logs(t.Context(), api.LogQuery{FileID: "pr_1", Page: 1, Size: 10, Search: word})
		if found := bytes.Count(page, []byte(`"nobody sings"`)); err != nil || found != want {
			t.Errorf("%q is found %d times, want %d: %v", word, found, want, err)
		}
	}
}

// holds reports whether a file below a directory holds a word.
func holds(t *testing.T, dir, word string) (found bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		found = found || bytes.Contains(data, []byte(word))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
