package archive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// collector keeps what it is given, and refuses logs that hold the word refuse.
type collector struct {
	logs     []string
	versions []string // with " deployed" behind the default one
	after    func(int)
}

func (c *collector) Prompt(_ context.Context, raw []byte, deployed bool) error {
	text := string(raw)
	if deployed {
		text += " deployed"
	}
	c.versions = append(c.versions, text)
	return nil
}

func (c *collector) Log(_ context.Context, raw []byte) error {
	if bytes.Contains(raw, []byte("refuse")) {
		return errors.New("refused by the store")
	}
	c.logs = append(c.logs, string(raw))
	if c.after != nil {
		c.after(len(c.logs))
	}
	return nil
}

func tree(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

func read(t *testing.T, fsys fs.FS, name string) (*collector, Report) {
	t.Helper()
	c := &collector{}
	report, err := Read(t.Context(), fsys, name, c, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Logs != len(c.logs) {
		t.Errorf("%d logs reported, %d handed on", report.Logs, len(c.logs))
	}
	return c, report
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

func told(problems []Problem) []string {
	var list []string
	for _, p := range problems {
		list = append(list, fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Msg))
	}
	return list
}

// one is a log with the given id.
func one(id string) string { return `{"id": "` + id + `", "prompt": {"id": "pr_1"}}` }

func export() fstest.MapFS {
	const dir = "exports/20250102-030405/files/"
	return tree(map[string]string{
		"exports/20250102-030405/export.log":           "words",
		dir + "pr_1/.done":                             "Export completed successfully.\n",
		dir + "pr_1/file.json":                         `{"type": "prompt", "id": "pr_1", "version_id": "prv_b"}`,
		dir + "pr_1/deployments.json":                  `[{"version_id": "prv_a", "environment_tag": "other"}, {"version_id": "prv_b", "environment_tag": "default"}]`,
		dir + "pr_1/versions/prv_a":                    `{"id": "pr_1", "version_id": "prv_a"}`,
		dir + "pr_1/versions/prv_b":                    "\n" + `{"id": "pr_1", "version_id": "prv_b"}` + "\n",
		dir + "pr_1/versions/.hidden":                  `not JSON`,
		dir + "pr_1/logs/10.jsonl":                     one("d") + "\n",
		dir + "pr_1/logs/2.jsonl":                      one("b") + "\n" + one("c") + "\n",
		dir + "pr_1/logs/1.jsonl":                      one("a") + "\n",
		dir + "pr_1/logs/notes.txt":                    "words",
		dir + "pr_1/evaluations/evr_1/evaluation.json": `{}`,
		dir + "pr_1/evaluations/evr_1/logs/1.jsonl":    one("x") + "\n",
		dir + "pr_2/file.json":                         `{"id": "pr_2", "version_id": "prv_c"}`,
		dir + "pr_2/README.md":                         "words",
		dir + "ev_1/file.json":                         `{"type": "evaluator", "id": "ev_1"}`,
		dir + "ev_1/logs/1.jsonl":                      one("y") + "\n",
		dir + "ds_1/file.json":                         `{"type": "dataset", "id": "ds_1"}`,
		dir + "ds_1/datapoints/dsv_1/1.jsonl":          one("z") + "\n",
	})
}

func TestExport(t *testing.T) {
	t.Parallel()
	for _, name := range []string{".", "exports", "exports/", "exports/20250102-030405", "exports/20250102-030405/files"} {
		c, report := read(t, export(), name)
		same(t, "logs of "+name, c.logs, []string{one("a"), one("b"), one("c"), one("d")})
		same(t, "versions of "+name, c.versions, []string{
			`{"type": "prompt", "id": "pr_1", "version_id": "prv_b"} deployed`,
			`{"id": "pr_1", "version_id": "prv_a"}`,
			`{"id": "pr_1", "version_id": "prv_b"} deployed`,
			`{"id": "pr_2", "version_id": "prv_c"}`,
		})
		const dir = "exports/20250102-030405/files/"
		same(t, "passed over in "+name, told(report.Passed), []string{
			dir + "ds_1:0: of the type dataset, not a prompt",
			dir + "ev_1:0: of the type evaluator, not a prompt",
			dir + "pr_1/evaluations:0: evaluations, not logs of a prompt",
		})
		if report.Prompts != 2 || len(report.Problems) != 0 {
			t.Errorf("%s: %d prompts, problems %v", name, report.Prompts, report.Problems)
		}
	}
}

func TestPartsOfAnExport(t *testing.T) {
	t.Parallel()
	const dir = "exports/20250102-030405/files/pr_1"
	for name, want := range map[string][3]int{ // logs, versions, passed
		dir:                           {4, 3, 1},
		dir + "/logs":                 {4, 0, 0},
		dir + "/logs/2.jsonl":         {2, 0, 0},
		dir + "/evaluations":          {0, 0, 1},
		dir + "/evaluations/evr_1":    {0, 0, 1},
		dir + "/evaluations/../logs/": {4, 0, 0},
	} {
		c, report := read(t, export(), name)
		if got := [3]int{len(c.logs), len(c.versions), len(report.Passed)}; got != want || len(report.Problems) > 0 {
			t.Errorf("%s: logs, versions, passed are %v, want %v; problems %v", name, got, want, report.Problems)
		}
	}
}

func TestDamagedExport(t *testing.T) {
	t.Parallel()
	c, report := read(t, tree(map[string]string{
		"pr_1/file.json":        `{"type": "prompt", "id"`,
		"pr_1/deployments.json": `{`,
		"pr_1/versions/prv_a":   `[]`,
		"pr_1/versions/prv_b":   "\xef\xbb\xbf" + `{"version_id": "prv_b"}`,
		"pr_1/logs/1.jsonl":     one("a") + "\n{\n",
	}), ".")
	same(t, "logs", c.logs, []string{one("a")})
	same(t, "versions", c.versions, []string{`{"version_id": "prv_b"}`})
	var places []string
	for _, p := range report.Problems {
		places = append(places, fmt.Sprintf("%s:%d", p.File, p.Line))
		if p.Msg == "" {
			t.Errorf("%s has no message", p.File)
		}
	}
	same(t, "problems", places, []string{"pr_1/deployments.json:0", "pr_1/file.json:0", "pr_1/versions/prv_a:0", "pr_1/logs/1.jsonl:2"})
}

func TestFiles(t *testing.T) {
	t.Parallel()
	a, b := one("a"), one("b")
	pretty := "{\n  \"id\": \"a\",\n  \"prompt\": {\n    \"id\": \"pr_1\"\n  }\n}"
	odd := `{"id" : "a","n":[0.10,1e-07,9007199254740993],"s":"\ud800\u0000","prompt":{},"prompt":{"id":"x"}}`
	for name, tc := range map[string]struct {
		file, text string
		logs       []string
		problems   []string
	}{
		"lines":                {"x.jsonl", a + "\n" + b + "\n", []string{a, b}, nil},
		"no final newline":     {"x.jsonl", a + "\n" + b, []string{a, b}, nil},
		"carriage returns":     {"x.jsonl", a + "\r\n" + b + "\r\n", []string{a, b}, nil},
		"blank lines":          {"x.jsonl", "\n \t\r\n" + a + "\n\n\n" + b + "\n\n", []string{a, b}, nil},
		"space around":         {"x.jsonl", "  " + a + "\t\n", []string{a}, nil},
		"byte order mark":      {"x.jsonl", "\xef\xbb\xbf" + a + "\n", []string{a}, nil},
		"bytes as they stand":  {"x.jsonl", odd + "\n", []string{odd}, nil},
		"empty":                {"x.jsonl", "", nil, nil},
		"only blank":           {"x", "\n\n", nil, nil},
		"other name":           {"x.txt", a + "\n" + b + "\n", []string{a, b}, nil},
		"no name":              {"x", a + "\n" + b + "\n", []string{a, b}, nil},
		"bad line":             {"x.jsonl", a + "\n\nnope\n" + b + "\n", []string{a, b}, []string{"3"}},
		"cut off":              {"x.jsonl", a + "\n" + `{"id": "b", "pro`, []string{a}, []string{"2"}},
		"cut off at the start": {"x", `{"id": "b", "pro` + "\n" + a + "\n", []string{a}, []string{"1"}},
		"two on a line":        {"x.jsonl", a + b + "\n", nil, []string{"1"}},
		"number on a line":     {"x.jsonl", "12\n" + a + "\n", []string{a}, []string{"1"}},
		"refused":              {"x.jsonl", a + "\n" + one("refuse") + "\n" + b + "\n", []string{a, b}, []string{"2: refused by the store"}},
		"one document":         {"x.json", a, []string{a}, nil},
		"pretty":               {"x.json", pretty + "\n", []string{pretty}, nil},
		"pretty after blanks":  {"x", "\n\r\n" + pretty, []string{pretty}, nil},
		"pretty with a mark":   {"x.json", "\xef\xbb\xbf" + pretty, []string{pretty}, nil},
		"list":                 {"x.json", "[" + a + ", " + b + "]", []string{a, b}, nil},
		"empty list":           {"x.json", "[\n]", nil, nil},
		"list over lines":      {"x.json", "[\n" + a + ",\n" + b + "\n]\n", []string{a, b}, nil},
		"list of one":          {"x.json", "[\n" + a + "\n]\n", []string{a}, nil},
		"list with a refusal":  {"x.json", "\n[\n" + a + ",\n" + one("refuse") + ",\n\n3, " + b + "]\n", []string{a, b}, []string{"4: refused by the store", "6: a number where a log belongs"}},
		"page":                 {"x.json", `{"records": [` + a + "," + b + `], "page": 1, "size": 2, "total": 2}`, []string{a, b}, nil},
		"page over lines":      {"x.json", "{\n\"page\": 1,\n\"records\": [\n" + a + ",\n" + one("refuse") + "\n]\n}", []string{a}, []string{"5: refused by the store"}},
		"pages as lines":       {"x.jsonl", `{"records": [` + a + "]}\n" + `{"records": [` + b + "]}\n", []string{a, b}, nil},
		"log with records":     {"x.json", `{"id": "a", "records": [` + b + `]}`, []string{`{"id": "a", "records": [` + b + `]}`}, nil},
		"broken document":      {"x.json", "{\n  \"id\": \"a\",\n  \"prompt\" {}\n}", nil, []string{"3"}},
		"broken list":          {"x.json", "[\n" + a + "\n" + b + "\n]", nil, []string{"3"}},
		"words":                {"x.csv", "id,output\n1,2\n", nil, []string{"1: neither a JSON document nor lines of JSON"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, report := read(t, tree(map[string]string{tc.file: tc.text}), tc.file)
			same(t, "logs", c.logs, tc.logs)
			if len(report.Problems) != len(tc.problems) {
				t.Fatalf("problems %v, want %v", report.Problems, tc.problems)
			}
			for i, p := range report.Problems {
				got := fmt.Sprintf("%d: %s", p.Line, p.Msg)
				if p.File != tc.file || !strings.HasPrefix(got, tc.problems[i]) || len(p.Msg) < 5 {
					t.Errorf("problem %v, want %s", p, tc.problems[i])
				}
			}
		})
	}
}

func TestSyntaxErrorTellsTheColumn(t *testing.T) {
	t.Parallel()
	_, report := read(t, tree(map[string]string{"x.jsonl": one("a") + "\n" + `{"id" "b"}` + "\n"}), "x.jsonl")
	if len(report.Problems) != 1 || report.Problems[0].Line != 2 || !strings.HasPrefix(report.Problems[0].Msg, "column 7: ") {
		t.Errorf("problems %v", report.Problems)
	}
}

func TestTree(t *testing.T) {
	t.Parallel()
	c, report := read(t, tree(map[string]string{
		"README.md":        "words",
		"table.csv":        "a,b\n",
		"package.json":     `{"name": "x", "version": "1"}`,
		"numbers.json":     `[1, 2, {"id": "x"}]`,
		"deep/er/2.jsonl":  one("b") + "\n",
		"deep/er/10.jsonl": one("c") + "\n",
		"deep/log.json":    "[\n" + one("d") + "\n]",
		"a.ndjson":         one("a") + "\n" + `{"no": "log, refuse"}` + "\n",
	}), ".")
	same(t, "logs", c.logs, []string{one("a"), one("b"), one("c"), one("d")})
	same(t, "problems", told(report.Problems), []string{"a.ndjson:2: refused by the store"})
}

func TestLinksAreNotFollowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"out/x.jsonl": one("x"), "in/a.jsonl": one("a"), "in/pr_1/file.json": `{"type":"prompt"}`, "in/pr_1/logs/1.jsonl": one("b")} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"in/file.jsonl", "in/directory", "in/pr_1/logs/2.jsonl"} {
		target := filepath.Join(dir, "out")
		if strings.HasSuffix(name, "l") {
			target = filepath.Join(target, "x.jsonl")
		}
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	c, report := read(t, os.DirFS(dir), "in")
	same(t, "logs", c.logs, []string{one("a"), one("b")})
	same(t, "passed", told(report.Passed), []string{
		"in/directory:0: a symbolic link, which is not followed",
		"in/file.jsonl:0: a symbolic link, which is not followed",
		"in/pr_1/logs/2.jsonl:0: a symbolic link, which is not followed",
	})
	c, _ = read(t, os.DirFS(dir), "in/file.jsonl")
	same(t, "a link that was named", c.logs, []string{one("x")})
}

func TestMissing(t *testing.T) {
	t.Parallel()
	if _, err := Read(t.Context(), fstest.MapFS{}, "nowhere", &collector{}, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

// failing is a file system whose files break in the middle.
type failing struct{ fstest.MapFS }

type failingFile struct {
	fs.File
	text io.Reader
}

func (f failing) Open(name string) (fs.File, error) {
	file, err := f.MapFS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".jsonl") {
		return file, err
	}
	return failingFile{file, io.MultiReader(strings.NewReader(one("a")+"\n{\"id"), brokenReader{})}, nil
}

func (f failingFile) Read(p []byte) (int, error) { return f.text.Read(p) }

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: "x", Err: errors.New("the disk is gone")}
}

func TestReadError(t *testing.T) {
	t.Parallel()
	c, report := read(t, failing{tree(map[string]string{"a.jsonl": "", "b.json": one("b")})}, ".")
	same(t, "logs", c.logs, []string{one("a"), one("b")})
	if len(report.Problems) == 0 || report.Problems[len(report.Problems)-1] != (Problem{"a.jsonl", 2, "the disk is gone"}) {
		t.Errorf("problems %v", report.Problems)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := &collector{after: func(n int) {
		if n == 2 {
			cancel()
		}
	}}
	report, err := Read(ctx, export(), ".", c, nil)
	if !errors.Is(err, context.Canceled) || report.Logs != 2 || len(report.Problems) != 0 {
		t.Errorf("%d logs, problems %v, error %v", report.Logs, report.Problems, err)
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	var all, last int64
	calls := 0
	big := strings.Repeat(one(strings.Repeat("a", 1000))+"\n", 5000)
	_, err := Read(t.Context(), tree(map[string]string{"1.jsonl": big, "2.jsonl": big}), ".", &collector{}, func(done, total int64) {
		calls++
		if done < last || done > total || all != 0 && total != all {
			t.Errorf("%d of %d after %d of %d", done, total, last, all)
		}
		last, all = done, total
	})
	if err != nil || all != int64(2*len(big)) || last != all || calls < 3 || calls > 20 {
		t.Errorf("%d of %d bytes in %d calls, %v", last, all, calls, err)
	}
}

func TestLongLine(t *testing.T) {
	t.Parallel()
	long := `{"id": "a", "prompt": {"id": "pr_1"}, "output": "` + strings.Repeat("tide ", 2<<20) + `"}`
	c, report := read(t, tree(map[string]string{"x.jsonl": long + "\n" + one("b") + "\n"}), "x.jsonl")
	if len(c.logs) != 2 || c.logs[0] != long || c.logs[1] != one("b") {
		t.Errorf("%d logs, problems %v", len(c.logs), report.Problems)
	}
}

func TestNatural(t *testing.T) {
	t.Parallel()
	sorted := []string{"", "1", "01", "1.jsonl", "2.jsonl", "9.jsonl", "010.jsonl", "11.jsonl", "99999999999999999999.jsonl", "100000000000000000000.jsonl", "a", "a2b3", "a2b10", "a10b1", "b"}
	for i, a := range sorted {
		for j, b := range sorted {
			got := natural(a, b)
			if a == "01" && b == "1" || a == "1" && b == "01" {
				if got == 0 || got != -natural(b, a) {
					t.Errorf("natural(%q, %q) = %d", a, b, got)
				}
				continue
			}
			if got != compare(i, j) {
				t.Errorf("natural(%q, %q) = %d", a, b, got)
			}
		}
	}
}

func compare(i, j int) int {
	switch {
	case i < j:
		return -1
	case i > j:
		return 1
	}
	return 0
}

func FuzzFile(f *testing.F) {
	for _, seed := range []string{
		one("a") + "\n" + one("b") + "\r\n", "\xef\xbb\xbf[" + one("a") + "]", "{\n\"records\": [\n" + one("a") + "\n]}", "{\n", "[\n", "[1\n2]", "{}\n{", "\n\n{\"a\":\n1}", "x",
	} {
		f.Add([]byte(seed), "x.json")
		f.Add([]byte(seed), "x.jsonl")
	}
	f.Fuzz(func(t *testing.T, text []byte, name string) {
		if !fs.ValidPath(name) || strings.Contains(name, "/") || name == "." {
			name = "x"
		}
		c := &collector{}
		report, err := Read(t.Context(), fstest.MapFS{name: {Data: text}}, name, c, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, log := range c.logs {
			if !bytes.Contains(text, []byte(log)) {
				t.Errorf("%q does not stand in %q", log, text)
			}
			if log != strings.TrimSpace(log) || log[0] != '{' {
				t.Errorf("not the bytes of a log: %q", log)
			}
		}
		lines := 1 + bytes.Count(text, []byte("\n"))
		for _, p := range report.Problems {
			if p.File != name || p.Line < 0 || p.Line > lines || p.Msg == "" {
				t.Errorf("problem %+v in %d lines", p, lines)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	log := `{"id": "a", "prompt": {"id": "pr_1"}, "output": "` + strings.Repeat("tide ", 800) + `"}` + "\n"
	fsys := tree(map[string]string{"x.jsonl": strings.Repeat(log, 5000)})
	b.SetBytes(int64(5000 * len(log)))
	for b.Loop() {
		if _, err := Read(b.Context(), fsys, "x.jsonl", &collector{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
