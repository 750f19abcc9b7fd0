package logfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)

func begin(t *testing.T, dir string) *Tree {
	t.Helper()
	tree, err := Begin(dir, "here", noon)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// fill writes a file of the service with so many logs.
func fill(t *testing.T, tree *Tree, id string, logs int) *TreeFile {
	t.Helper()
	f, err := tree.File(id, []byte(`{"id": "`+id+`", "type": "prompt", "version_id": "prv_b"}`))
	if err == nil {
		err = f.Versions([][]byte{
			[]byte(`{"id": "x", "version_id": "prv_b", "environments": [{"id": "env_1", "created_at": "2025-01-01", "name": "prod\u0075ction", "tag": "default"}]}`),
			[]byte(`{"id": "x", "version_id": "prv_a", "environments": [{"id": "env_2", "name": "staging", "tag": "other"}, {"id": "env_3"}]}`),
			[]byte(`{"id": "x", "version_id": ""}`),
		})
	}
	for i := range logs {
		if err == nil {
			err = f.Log([]byte(one(fmt.Sprintf("log_%d", i))))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func done(t *testing.T, f *TreeFile) {
	t.Helper()
	if err := f.Done(); err != nil {
		t.Fatal(err)
	}
}

// names lists the files below dir.
func names(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, name)
			list = append(list, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func content(t *testing.T, parts ...string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestTreeHasTheOfficialLayout(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "exports", "one")
	tree := begin(t, dir)
	done(t, fill(t, tree, "pr_1", 2002))
	done(t, fill(t, tree, "pr_2", 0))
	if _, err := os.Stat(dir); err == nil {
		t.Error("the directory is there before it is complete")
	}
	if err := tree.Finish("all is written"); err != nil {
		t.Fatal(err)
	}
	same(t, "files", names(t, dir), []string{
		"export.log",
		"files/pr_1/.done", "files/pr_1/deployments.json", "files/pr_1/file.json",
		"files/pr_1/logs/1.jsonl", "files/pr_1/logs/2.jsonl", "files/pr_1/logs/3.jsonl",
		"files/pr_1/versions/prv_a", "files/pr_1/versions/prv_b",
		"files/pr_2/.done", "files/pr_2/deployments.json", "files/pr_2/file.json", "files/pr_2/versions/prv_a", "files/pr_2/versions/prv_b",
	})
	for name, want := range map[string]string{
		"export.log":                  "all is written\n",
		"files/pr_1/.done":            "Export completed successfully.\n",
		"files/pr_1/file.json":        `{"id": "pr_1", "type": "prompt", "version_id": "prv_b"}`,
		"files/pr_1/logs/3.jsonl":     one("log_2001") + "\n",
		"files/pr_1/deployments.json": `[{"version_id": "prv_b", "environment_id": "env_1", "environment_name": "prod\u0075ction", "environment_tag": "default"}, {"version_id": "prv_a", "environment_id": "env_2", "environment_name": "staging", "environment_tag": "other"}, {"version_id": "prv_a", "environment_id": "env_3", "environment_name": null, "environment_tag": null}]`,
	} {
		if got := content(t, dir, name); got != want {
			t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
		}
	}
	for number, lines := range map[string]int{"1": 1001, "2": 1000} {
		if n := strings.Count(content(t, dir, "files/pr_1/logs", number+".jsonl"), "\n"); n != lines {
			t.Errorf("%s.jsonl has %d lines", number, n)
		}
	}
	if _, err := os.Stat(tree.Partial()); err == nil {
		t.Error("the incomplete directory is there still")
	}
}

// What one tree holds, reading it gives.
func TestTreeIsReadBack(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	tree := begin(t, dir)
	f := fill(t, tree, "pr_1", 0)
	odd := []string{`{"id" : "a","n":[0.10,1e-07,9007199254740993],"s":"\ud800\u0000","prompt":{},"prompt":{"id":"x"}}`, one("b"), one("caf\u00e9")}
	for _, log := range odd {
		if err := f.Log([]byte(log)); err != nil {
			t.Fatal(err)
		}
	}
	done(t, f)
	if err := tree.Finish(""); err != nil {
		t.Fatal(err)
	}
	c, report := read(t, os.DirFS(dir), ".")
	same(t, "logs", c.logs, odd)
	same(t, "notes", told(report.Notes), nil)
	if len(c.versions) != 3 || !strings.HasSuffix(c.versions[0], " deployed") {
		t.Errorf("versions %q", c.versions)
	}
}

func TestTreeGoesOn(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "out")
	first := begin(t, dir)
	if _, resumed := first.Resumed(); resumed {
		t.Error("a new export is no old one")
	}
	done(t, fill(t, first, "pr_1", 3))
	fill(t, first, "pr_2", 5).Abandon()
	if _, err := Begin(dir, "here", noon); !errors.Is(err, ErrBusy) {
		t.Errorf("beside another: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(dir, "elsewhere", noon); !errors.Is(err, ErrForeign) {
		t.Errorf("of something else: %v", err)
	}
	second, err := Begin(dir, "here", noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if begun, resumed := second.Resumed(); !resumed || !begun.Equal(noon) {
		t.Errorf("begun %v, resumed %v", begun, resumed)
	}
	if !second.Has("pr_1") || second.Has("pr_2") || second.Has("pr_3") {
		t.Error("what is complete is mistaken")
	}
	done(t, fill(t, second, "pr_2", 1))
	if err := second.Finish(""); err != nil {
		t.Fatal(err)
	}
	if got := content(t, dir, "files/pr_2/logs/1.jsonl"); got != one("log_0")+"\n" {
		t.Errorf("pr_2 has %q", got)
	}
}

func TestTreeOverwritesNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		make string // a file that is there
		err  error
	}{
		"something in it":     {"out/x", ErrNotEmpty},
		"a foreign directory": {"out.partial/x", ErrForeign},
		"a foreign label":     {"out.partial/" + labelName, ErrForeign},
	} {
		dir := t.TempDir()
		made := filepath.Join(dir, c.make)
		if err := os.MkdirAll(filepath.Dir(made), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(made, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Begin(filepath.Join(dir, "out"), "here", noon); !errors.Is(err, c.err) {
			t.Errorf("%s: %v", name, err)
		}
		if got := content(t, made); got != "mine" {
			t.Errorf("%s: %q", name, got)
		}
	}
	empty := t.TempDir()
	tree := begin(t, empty)
	if err := tree.Finish("x"); err != nil {
		t.Errorf("an empty directory: %v", err)
	}
	same(t, "files", names(t, empty), []string{"export.log"})
}

// No id leads out of the directory, and no two ids share a name.
func TestHostileIDs(t *testing.T) {
	t.Parallel()
	ids := []string{
		"pr_1", "..", ".", "", "../../up", "/etc/x", `C:\x`, "a/b", "a%2Fb", "nul", "NUL.txt", "com1", "a\x00b", "a\nb", "ü", "-rf", ".hidden", "end.", "%",
		strings.Repeat("x", 300), strings.Repeat("x", 301), strings.Repeat("/", 80),
	}
	dir := filepath.Join(t.TempDir(), "out")
	tree := begin(t, dir)
	for _, id := range ids {
		f, err := tree.File(id, []byte("{}"))
		if err == nil {
			err = f.Versions([][]byte{[]byte(`{"version_id": "../../../up"}`)})
		}
		if err != nil {
			t.Fatalf("%q: %v", id, err)
		}
		done(t, f)
		if !tree.Has(id) {
			t.Errorf("%q is not there", id)
		}
	}
	if err := tree.Finish(""); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); len(got) != 1+4*len(ids) {
		t.Errorf("%d files: %q", len(got), got)
	}
	if entries, _ := os.ReadDir(filepath.Dir(dir)); len(entries) != 1 {
		t.Errorf("beside it stand %v", entries)
	}
}

// TestIDsThatDifferInCase gives such ids names that differ on every system, and others their own.
func TestIDsThatDifferInCase(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("X", 150)
	ids := []string{"pr_Ab", "pr_aB", "pr_ab", "pr_Other", "A/b", "a/B", long, strings.ToLower(long), "nul", "NUL", "pr_Ab"}
	names := safeNames(ids)
	if names["pr_Other"] != "pr_Other" || names["pr_ab"] != "pr_ab" || names["pr_Ab"] != "pr_%41b" {
		t.Errorf("names %q", names)
	}
	seen := map[string]string{}
	for id, name := range names {
		if other, ok := seen[strings.ToLower(name)]; ok {
			t.Errorf("%q and %q are both called %q", id, other, name)
		}
		seen[strings.ToLower(name)] = id
		if len(name) > 255 || strings.ContainsAny(name, `/\:`) {
			t.Errorf("%q is called %q", id, name)
		}
	}
	dir := filepath.Join(t.TempDir(), "out")
	tree := begin(t, dir)
	tree.Expect([]string{"pr_A", "pr_a"})
	for _, id := range []string{"pr_A", "pr_a"} {
		f, err := tree.File(id, []byte(`{"id": "`+id+`", "version_id": "v"}`))
		if err == nil {
			err = f.Versions([][]byte{[]byte(`{"id": "` + id + `", "version_id": "v"}`), []byte(`{"id": "` + id + `", "version_id": "V"}`)})
		}
		if err != nil {
			t.Fatal(err)
		}
		done(t, f)
	}
	if err := tree.Finish(""); err != nil {
		t.Fatal(err)
	}
	c, report := read(t, os.DirFS(dir), ".")
	if report.Files != 2 || len(c.problems) > 0 || len(c.versions) < 4 {
		t.Errorf("read again: %+v, %v, %q", report, c.problems, c.versions)
	}
}

func FuzzSafeName(f *testing.F) {
	for _, id := range []string{"pr_1", "..", "a/b", "a%2Fb", "nul", "ü", strings.Repeat("x", 300)} {
		f.Add(id, id+"x")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		name := safeName(a)
		if name == "" || len(name) > 255 || !fs.ValidPath(name) || strings.ContainsAny(name, `/\:`) || name == "." || strings.HasSuffix(name, ".") || reserved(name) {
			t.Errorf("%q is called %q", a, name)
		}
		if a != b && name == safeName(b) {
			t.Errorf("%q and %q are both called %q", a, b, name)
		}
	})
}

func TestTreeThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		file := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Begin(filepath.Join(file, "out"), "here", noon); err == nil {
			t.Error("an export below a file")
		}
		return
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(filepath.Join(dir, "out"), "here", noon); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error %v", err)
	}
	if entries, _ := os.ReadDir(dir); slices.ContainsFunc(entries, func(fs.DirEntry) bool { return true }) {
		t.Error("something was left behind")
	}
}
