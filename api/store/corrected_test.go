package store_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
)

// patch is a PATCH of log_1.
func patch(t *testing.T, s *store.Store, body string) {
	t.Helper()
	if _, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(body), ""); err != nil {
		t.Fatal(err)
	}
}

// replace stores a log over whatever is there.
func replace(t *testing.T, s *store.Store, doc string) store.Imported {
	t.Helper()
	e, err := store.Prepare([]byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	did, err := s.Replace(t.Context(), e, "")
	if err != nil {
		t.Fatal(err)
	}
	return did
}

// TestImportKeepsCorrections imports over a log to which something was done.
func TestImportKeepsCorrections(t *testing.T) {
	first := logDoc("log_1", "pr_1", `, "output": "teh", "prompt_cost": 0.10`)
	other := logDoc("log_1", "pr_1", `, "output": "ten", "prompt_cost": 0.10`)
	fixed := logDoc("log_1", "pr_1", `, "prompt_cost": 0.1, "output": "the", "environment": "live"`)
	for name, c := range map[string]struct {
		before   func(t *testing.T, s *store.Store)
		incoming string
		did      store.Imported
		ends     string
	}{
		"nothing":                    {func(*testing.T, *store.Store) {}, other, store.Replaced, "ten"},
		"a correction, the first":    {corrected, first, store.Kept, "the"},
		"a correction, another":      {corrected, other, store.Kept, "the"},
		"a correction, the same":     {corrected, fixed, store.Replaced, "the"},
		"a correction taken back":    {takenBack, other, store.Replaced, "ten"},
		"two, both taken back":       {func(t *testing.T, s *store.Store) { corrected(t, s); patch(t, s, `{"output":"tea"}`); takenBack(t, s) }, other, store.Replaced, "ten"},
		"another spelling":           {func(t *testing.T, s *store.Store) { patch(t, s, `{"prompt_cost":0.1}`) }, other, store.Replaced, "ten"},
		"nothing new":                {func(t *testing.T, s *store.Store) { patch(t, s, `{"output":"teh"}`) }, other, store.Replaced, "ten"},
		"a correction to null":       {func(t *testing.T, s *store.Store) { patch(t, s, `{"output":null}`) }, first, store.Kept, "null"},
		"a correction of a new one":  {func(t *testing.T, s *store.Store) { corrected(t, s); replace(t, s, other) }, first, store.Replaced, "teh"},
		"the same, corrected":        {func(t *testing.T, s *store.Store) { corrected(t, s); replace(t, s, other); corrected(t, s) }, first, store.Kept, "the"},
		"a correction that came too": {func(t *testing.T, s *store.Store) { corrected(t, s); put(t, s, fixed) }, first, store.Kept, "the"},
	} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, s *store.Store) {
				put(t, s, first)
				c.before(t, s)
				if did := put(t, s, c.incoming); did != c.did {
					t.Errorf("the import did %d, want %d", did, c.did)
				}
				if doc := get(t, s, "log_1"); !strings.Contains(doc, c.ends) {
					t.Errorf("no %q in %s", c.ends, doc)
				}
			})
		})
	}
}

func corrected(t *testing.T, s *store.Store) {
	t.Helper()
	patch(t, s, `{"output":"the"}`)
}

func takenBack(t *testing.T, s *store.Store) {
	t.Helper()
	corrected(t, s)
	patch(t, s, `{"output":"teh"}`)
}

// TestImportOfManyKeepsCorrections has corrected logs among others, as many as a server is sent in
// one statement.
func TestImportOfManyKeepsCorrections(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store) {
		const n = 1500
		importMany := func(word string) []store.Imported {
			entries := make([]*store.Entry, n)
			for i := range entries {
				var err error
				entries[i], err = store.Prepare([]byte(logDoc(fmt.Sprintf("log_%d", i), "pr_1", fmt.Sprintf(`, "output": %q`, word))))
				if err != nil {
					t.Fatal(err)
				}
			}
			did, err := s.ImportAll(t.Context(), entries)
			if err != nil {
				t.Fatal(err)
			}
			return did
		}
		importMany("first")
		patch(t, s, `{"output":"mine"}`)
		for i, did := range importMany("second") {
			if (did == store.Kept) != (i == 1) {
				t.Fatalf("log_%d: %d", i, did)
			}
		}
		if doc := get(t, s, "log_1"); !strings.Contains(doc, "mine") {
			t.Errorf("the correction is gone: %s", doc)
		}
	})
}

// TestReplaceOnlyWhatWasRead has a log change after it was read and before it is replaced.
func TestReplaceOnlyWhatWasRead(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store) {
		put(t, s, logDoc("log_1", "pr_1", `, "output": "teh"`))
		doc, err := s.Log(t.Context(), "log_1")
		if err != nil {
			t.Fatal(err)
		}
		corrected(t, s)
		e, err := store.Prepare([]byte(logDoc("log_1", "pr_1", `, "output": "ten"`)))
		if err != nil {
			t.Fatal(err)
		}
		var failed *api.Error
		if _, err := s.Replace(t.Context(), e, doc.ETag); !errors.As(err, &failed) || failed.Code != api.Precondition || failed.Sent != api.NotSent {
			t.Errorf("replaced another one than was read: %v", err)
		}
		if doc := get(t, s, "log_1"); !strings.Contains(doc, `"the"`) {
			t.Errorf("it is %s", doc)
		}
	})
}

// TestCopyKeepsCorrections copies a store, corrects logs in both, and copies it again.
func TestCopyKeepsCorrections(t *testing.T) {
	t.Parallel()
	from, to := open(t, filepath.Join(t.TempDir(), "from.db")), open(t, filepath.Join(t.TempDir(), "to.db"))
	first := logDoc("log_1", "pr_1", `, "output": "teh"`)
	put(t, from, first)
	put(t, from, logDoc("log_2", "pr_1", ""))
	corrected(t, from)
	copying := func(o store.CopyOptions) store.Copied {
		t.Helper()
		did, err := store.Copy(t.Context(), from, to, o)
		if err != nil {
			t.Fatal(err)
		}
		return did
	}
	copying(store.CopyOptions{})
	if did := put(t, to, first); did != store.Kept {
		t.Errorf("an import over a copied correction did %d", did)
	}
	patch(t, to, `{"output":"then"}`)
	if did := copying(store.CopyOptions{}); !slices.Equal(did.Kept, []string{"log_1"}) {
		t.Errorf("kept %q", did.Kept)
	}
	if doc := get(t, to, "log_1"); !strings.Contains(doc, "then") {
		t.Errorf("the correction is gone: %s", doc)
	}
	taking := func(ctx context.Context, _ *store.Entry, put store.Put) (store.Imported, error) { return put(ctx, "") }
	if did := copying(store.CopyOptions{Replace: taking}); len(did.Kept) > 0 || did.Written != 1 {
		t.Errorf("did %+v", did)
	}
	if got, want := get(t, to, "log_1"), get(t, from, "log_1"); got != want {
		t.Errorf("copied %s, want %s", got, want)
	}
}

// TestBackupKeepsCorrections imports over a correction in a backup.
func TestBackupKeepsCorrections(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "errata.db"))
	first := logDoc("log_1", "pr_1", `, "output": "teh"`)
	put(t, s, first)
	corrected(t, s)
	if err := s.Backup(t.Context(), filepath.Join(dir, "backup.db")); err != nil {
		t.Fatal(err)
	}
	if did := put(t, open(t, filepath.Join(dir, "backup.db")), first); did != store.Kept {
		t.Errorf("the import did %d", did)
	}
}
