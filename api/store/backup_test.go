package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/api"
	"errata/api/store"
)

// mixed fills a store with some of everything.
func mixed(t *testing.T, s *store.Store) (secret string) {
	t.Helper()
	if err := s.ImportPrompt(t.Context(), []byte(promptDoc("pr_1", "prv_0", "2024-01-01T00:00:00Z", `,"n": 0.10`)), true); err != nil {
		t.Fatal(err)
	}
	for i := range 30 {
		put(t, s, logDoc(fmt.Sprintf("log_%d", i), "pr_1", fmt.Sprintf(`, "created_at": "2024-01-01T00:00:%02dZ", "output": "word %d \u0000\ud800"`, i*7%60, i)))
	}
	put(t, s, `{"id":"odd\u0000\ud800","tool":{"id":"tl_1","path":"a/tool"},"parent_id":"log_1"}`)
	create(t, s, api.CreateQuery{}, `{"path":"made/here","log_id":"log_made","prompt":{"model":"m"},"output":"x"}`)
	if err := s.DeleteLogs(t.Context(), []string{"log_3"}); err != nil {
		t.Fatal(err)
	}
	return addKey(t, s, "laptop")
}

// everything is what a store shows of its content.
func everything(t *testing.T, s *store.Store) string {
	t.Helper()
	var b strings.Builder
	files, err := s.Files(t.Context(), api.FileQuery{Size: 100})
	if err != nil {
		t.Fatal(err)
	}
	b.Write(files)
	for _, id := range memberTexts(t, files, "id") {
		page, err := s.Logs(t.Context(), api.LogQuery{FileID: id, Size: 1000})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(page)
		err = s.Walk(t.Context(), id, func(doc []byte) error {
			fmt.Fprintf(&b, "%q\n", doc)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	keys, err := s.Keys(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&b, "%+v", keys)
	return b.String()
}

func sound(t *testing.T, s *store.Store) store.Report {
	t.Helper()
	r, err := s.Check(t.Context(), nil)
	if err != nil || len(r.Problems) > 0 {
		t.Errorf("check: %v, %q", err, r.Problems)
	}
	return r
}

func TestBackup(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, path := range []string{filepath.Join(dir, "errata.db"), ":memory:"} {
		s := open(t, path)
		secret := mixed(t, s)
		file := filepath.Join(dir, "copy of "+filepath.Base(path))
		if err := s.Backup(t.Context(), file); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("backup %v, %v", info, err)
		}
		c := open(t, file)
		if got, want := everything(t, c), everything(t, s); got != want {
			t.Errorf("the backup holds\n%s\nwant\n%s", got, want)
		}
		if grant, err := c.Allows(t.Context(), secret); grant.Scope != api.WriteScope || err != nil {
			t.Errorf("the key may %q, %v", grant.Scope, err)
		}
		sound(t, c)
		err := s.Backup(t.Context(), file)
		if err == nil || !strings.Contains(err.Error(), "already") {
			t.Errorf("a second backup to the same name: %v", err)
		}
		if err := s.Backup(t.Context(), filepath.Join(dir, "none", "b.db")); err == nil {
			t.Error("a backup into no directory")
		}
	}
	if rest, _ := filepath.Glob(filepath.Join(dir, ".errata*")); len(rest) > 0 {
		t.Errorf("left behind: %v", rest)
	}
}

// TestCheck damages what a store keeps, one thing at a time, and wants each to be told.
func TestCheck(t *testing.T) {
	t.Parallel()
	for statement, want := range map[string]string{
		`SELECT 1`: "",
		`UPDATE logs SET doc = replace(doc, 'word 5 ', 'ward 5 ') WHERE id = 'log_5'`: `log "log_5" is not as it was stored`,
		`UPDATE logs SET doc = x'7b', hash = x'00' WHERE id = 'log_5'`:                `log "log_5" is not a JSON object`,
		`UPDATE logs SET id = 'log_x' WHERE id = 'log_5'`:                             `log "log_x" calls itself "log_5"`,
		`UPDATE logs SET created = 5 WHERE id = 'log_5'`:                              `another time`,
		`DELETE FROM signatures WHERE seq = 5`:                                        `may be missed by searches`,
		`UPDATE signatures SET bits = zeroblob(512) WHERE seq = 5`:                    `may be missed by searches`,
		`UPDATE marks SET n = n + 1 WHERE file = 1 AND version = 0`:                   `counted as`,
		`DELETE FROM logs WHERE id = 'log_6'`:                                         `counted as`,
	} {
		path := filepath.Join(t.TempDir(), "errata.db")
		s, err := store.Open(t.Context(), path, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		mixed(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		execute(t, path, statement)
		var seen []int
		r, err := open(t, path).Check(t.Context(), func(done, total int) { seen = append(seen, done, total) })
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(r.Problems, "\n"); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: problems %q, want %q", statement, got, want)
		}
		if len(seen) < 2 || seen[len(seen)-2] != seen[len(seen)-1] || r.Logs != seen[len(seen)-1] || r.Files != 3 {
			t.Errorf("%s: progress %v, report %+v", statement, seen, r)
		}
	}
}

func TestCopy(t *testing.T) {
	t.Parallel()
	from, to := open(t, ":memory:"), open(t, filepath.Join(t.TempDir(), "new.db"))
	secret := mixed(t, from)
	var seen []int
	did, err := store.Copy(t.Context(), from, to, store.CopyOptions{Progress: func(done, total int) { seen = append(seen, done, total) }})
	if err != nil || did.Logs != 31 || did.Written != 31 || did.Files != 3 || did.Keys != 1 {
		t.Fatalf("copied %+v, %v", did, err)
	}
	if !slices.Equal(seen, []int{31, 62, 62, 62}) {
		t.Errorf("progress %v", seen)
	}
	if got, want := everything(t, to), everything(t, from); got != want {
		t.Errorf("copied\n%s\nwant\n%s", got, want)
	}
	if grant, err := to.Allows(t.Context(), secret); grant.Scope != api.WriteScope || err != nil {
		t.Errorf("the key may %q, %v", grant.Scope, err)
	}
	sound(t, to)

	if did, err = store.Copy(t.Context(), from, to, store.CopyOptions{}); err != nil || did.Written != 0 {
		t.Errorf("copied again: %+v, %v", did, err)
	}
	if _, err := from.UpdateLog(t.Context(), "pr_1", "log_7", []byte(`{"output":"later"}`), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := from.RevokeKey(t.Context(), "laptop"); err != nil {
		t.Fatal(err)
	}
	if did, err = store.Copy(t.Context(), from, to, store.CopyOptions{}); err != nil || did.Written != 1 {
		t.Errorf("copied after a change: %+v, %v", did, err)
	}
	if got, want := everything(t, to), everything(t, from); got != want {
		t.Errorf("copied\n%s\nwant\n%s", got, want)
	}
	sound(t, to)
}

func TestKeyScopes(t *testing.T) {
	t.Parallel()
	now := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	s, err := store.Open(t.Context(), ":memory:", store.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	reader, err := s.AddKey(t.Context(), "reader", api.ReadScope, now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []struct {
		scope   api.Scope
		expires time.Time
	}{{"", time.Time{}}, {"admin", time.Time{}}, {api.ReadScope, now}, {api.ReadScope, now.Add(-time.Hour)}} {
		if _, err := s.AddKey(t.Context(), "bad", bad.scope, bad.expires); err == nil {
			t.Errorf("a key was made with %+v", bad)
		}
	}
	check := func(want api.Scope) {
		t.Helper()
		if grant, err := s.Allows(t.Context(), reader); grant.Scope != want || err != nil {
			t.Errorf("the key may %q, %v, want %q", grant.Scope, err, want)
		}
	}
	check(api.ReadScope)
	keys, err := s.Keys(t.Context())
	if err != nil || len(keys) != 1 || keys[0].Scope != api.ReadScope || !keys[0].Expires.Equal(now.Add(time.Hour)) {
		t.Errorf("keys %+v, %v", keys, err)
	}
	now = now.Add(time.Hour)
	check("")
}

func TestDirectories(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	mixed(t, s)
	raw, err := s.Directories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := memberTexts(t, []byte(`{"records":`+string(raw)+`,"page":1,"size":9,"total":4}`), "path"); !slices.Equal(got, []string{"", "a", "made", "team"}) {
		t.Errorf("directories %q", got)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}
