package store_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

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

// holds tells whether a file below a directory holds a word.
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
