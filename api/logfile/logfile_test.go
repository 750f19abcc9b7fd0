package logfile

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

	"errata/model/charset"
	"errata/model/jsonraw"
)

// collector keeps what it is given, and refuses logs that hold the word refuse.
type collector struct {
	logs     []string
	copies   []string
	versions []string // with " deployed" behind the default one
	problems []Problem
	kept     []string // the raw texts of the problems
	after    func(int)
}

func (c *collector) Files(_ context.Context, files []File) ([]error, error) {
	refused := make([]error, len(files))
	for i, f := range files {
		text := string(f.Raw)
		if f.Kind != "prompt" {
			text = f.Kind + " " + text
		}
		if f.Deployed {
			text += " deployed"
		}
		if strings.Contains(text, "refuse") {
			refused[i] = errors.New("refused by the store")
			continue
		}
		c.versions = append(c.versions, text)
	}
	return refused, nil
}

func (c *collector) Prepare(raw []byte) (string, error) {
	if members, err := jsonraw.Members(raw); err != nil {
		return "", err
	} else if _, ok := jsonraw.Find(members, "id"); !ok {
		return "", errors.New("it has no id")
	}
	return string(raw), nil
}

func (c *collector) Logs(ctx context.Context, logs []Log[string]) ([]error, error) {
	refused := make([]error, len(logs))
	for i, log := range logs {
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case log.Ready != string(log.Raw):
			refused[i] = errors.New("not what was prepared")
		case strings.Contains(log.Ready, "refuse"):
			refused[i] = errors.New("refused by the store")
		case log.Copy:
			c.copies = append(c.copies, log.Ready)
		default:
			c.logs = append(c.logs, log.Ready)
		}
	}
	if c.after != nil {
		c.after(len(c.logs))
	}
	return refused, nil
}

func (c *collector) Refused(p Problem, raw []byte) {
	c.problems = append(c.problems, p)
	c.kept = append(c.kept, string(raw))
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
	if report.Logs != len(c.logs)+len(c.copies) || report.Refused != len(c.problems) {
		t.Errorf("%d logs and %d problems reported, %d and %d handed on", report.Logs, report.Refused, len(c.logs)+len(c.copies), len(c.problems))
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
		dir + "pr_1/evaluations/evr_1/evaluation.json": `{"id": "evr_1"}`,
		dir + "pr_1/evaluations/evr_1/stats.json":      `{"id": "x", "prompt": {"id": "pr_1"}}`,
		dir + "pr_1/evaluations/evr_1/logs/1.jsonl": `{"run_id": "rn_1", "datapoint": null, "log": ` + one("a") + `, "evaluator_logs": [` + judge("j") + "]}\n" +
			`{"run_id": "rn_1"}` + "\n",
		dir + "pr_2/file.json":                `{"id": "pr_2", "version_id": "prv_c"}`,
		dir + "pr_2/README.md":                "words",
		dir + "ev_1/file.json":                `{"type": "evaluator", "id": "ev_1", "version_id": "evv_1"}`,
		dir + "ev_1/logs/1.jsonl":             judge("y") + "\n",
		dir + "ev_1/.done":                    "",
		dir + "ds_1/file.json":                `{"type": "dataset", "id": "ds_1", "version_id": "dsv_1"}`,
		dir + "ds_1/datapoints/dsv_1/1.jsonl": one("z") + "\n",
		dir + "ds_1/.done":                    "",
		dir + "xx_1/file.json":                `{"type": "poem", "id": "xx_1"}`,
		dir + "xx_1/logs/1.jsonl":             one("z") + "\n",
	})
}

// judge is a log of an evaluator.
func judge(id string) string { return `{"id": "` + id + `", "evaluator": {"id": "ev_1"}}` }

func TestExport(t *testing.T) {
	t.Parallel()
	for _, name := range []string{".", "exports", "exports/", "exports/20250102-030405", "exports/20250102-030405/files"} {
		c, report := read(t, export(), name)
		same(t, "logs of "+name, c.logs, []string{judge("y"), one("a"), one("b"), one("c"), one("d")})
		same(t, "copies of "+name, c.copies, []string{one("a"), judge("j")})
		same(t, "versions of "+name, c.versions, []string{
			`dataset {"type": "dataset", "id": "ds_1", "version_id": "dsv_1"}`,
			`evaluator {"type": "evaluator", "id": "ev_1", "version_id": "evv_1"}`,
			`{"type": "prompt", "id": "pr_1", "version_id": "prv_b"} deployed`,
			`{"id": "pr_1", "version_id": "prv_a"}`,
			`{"id": "pr_1", "version_id": "prv_b"} deployed`,
			`{"id": "pr_2", "version_id": "prv_c"}`,
		})
		const dir = "exports/20250102-030405/files/"
		same(t, "notes of "+name, told(report.Notes), []string{
			dir + "ds_1/datapoints:0: datapoints, which are not kept",
			dir + "pr_1/logs:0: 3.jsonl to 9.jsonl are missing",
			dir + "pr_1/evaluations/evr_1:0: an evaluation: its logs are taken where they stand nowhere else, its runs and results are not kept",
			dir + "pr_2:0: the export of this prompt did not come to its end: something may be missing",
			dir + "xx_1:0: of the type poem, which is not known",
		})
		same(t, "problems of "+name, told(c.problems), []string{dir + "pr_1/evaluations/evr_1/logs/1.jsonl:2: it has no id"})
		if report.Files != 4 {
			t.Errorf("%s: %d files", name, report.Files)
		}
	}
}

func TestPartsOfAnExport(t *testing.T) {
	t.Parallel()
	const dir = "exports/20250102-030405/files/pr_1"
	for name, want := range map[string][4]int{ // logs, copies, versions, notes
		dir:                                   {4, 2, 3, 2},
		dir + "/logs":                         {4, 0, 0, 0},
		dir + "/logs/2.jsonl":                 {2, 0, 0, 0},
		dir + "/evaluations":                  {0, 2, 0, 1},
		dir + "/evaluations/evr_1":            {0, 2, 0, 1},
		dir + "/evaluations/../logs/":         {4, 0, 0, 0},
		"exports/20250102-030405/files/ev_1/": {1, 0, 1, 0},
	} {
		c, report := read(t, export(), name)
		if got := [4]int{len(c.logs), len(c.copies), len(c.versions), len(report.Notes)}; got != want {
			t.Errorf("%s: logs, copies, versions, notes are %v, want %v; problems %v", name, got, want, c.problems)
		}
	}
}

func TestDamagedExport(t *testing.T) {
	t.Parallel()
	c, _ := read(t, tree(map[string]string{
		"pr_1/file.json":        `{"type": "prompt", "id"`,
		"pr_1/deployments.json": `{`,
		"pr_1/versions/prv_a":   `[]`,
		"pr_1/versions/prv_b":   "\xef\xbb\xbf" + `{"version_id": "prv_b"}`,
		"pr_1/versions/prv_c":   `{"version_id": "refuse"}`,
		"pr_1/logs/1.jsonl":     one("a") + "\n{\n",
	}), ".")
	same(t, "logs", c.logs, []string{one("a")})
	same(t, "versions", c.versions, []string{`{"version_id": "prv_b"}`})
	var places []string
	for _, p := range c.problems {
		places = append(places, fmt.Sprintf("%s:%d", p.File, p.Line))
		if p.Msg == "" {
			t.Errorf("%s has no message", p.File)
		}
	}
	same(t, "problems", places, []string{
		"pr_1/deployments.json:0", "pr_1/file.json:0", "pr_1/versions/prv_a:0", "pr_1/versions/prv_c:0", "pr_1/logs/1.jsonl:2",
	})
}

func TestGaps(t *testing.T) {
	t.Parallel()
	for names, want := range map[string]string{
		"1 2 3":   "",
		"2":       "1.jsonl is missing",
		"1 3 4 9": "2.jsonl is missing; 5.jsonl to 8.jsonl are missing",
		"all 1":   "",
	} {
		files := map[string]string{"pr_1/file.json": `{"version_id": "v"}`, "pr_1/.done": ""}
		for _, name := range strings.Fields(names) {
			files["pr_1/logs/"+name+".jsonl"] = one(name) + "\n"
		}
		c, report := read(t, tree(files), ".")
		var notes []string
		for _, n := range report.Notes {
			notes = append(notes, n.Msg)
		}
		if got := strings.Join(notes, "; "); got != want || len(c.logs) != len(strings.Fields(names)) {
			t.Errorf("%s: %q, %d logs", names, got, len(c.logs))
		}
	}
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
		"lines":                 {"x.jsonl", a + "\n" + b + "\n", []string{a, b}, nil},
		"no final newline":      {"x.jsonl", a + "\n" + b, []string{a, b}, nil},
		"carriage returns":      {"x.jsonl", a + "\r\n" + b + "\r\n", []string{a, b}, nil},
		"blank lines":           {"x.jsonl", "\n \t\r\n" + a + "\n\n\n" + b + "\n\n", []string{a, b}, nil},
		"space around":          {"x.jsonl", "  " + a + "\t\n", []string{a}, nil},
		"byte order mark":       {"x.jsonl", "\xef\xbb\xbf" + a + "\n", []string{a}, nil},
		"bytes as they stand":   {"x.jsonl", odd + "\n", []string{odd}, nil},
		"empty":                 {"x.jsonl", "", nil, nil},
		"only blank":            {"x", "\n\n", nil, nil},
		"other name":            {"x.txt", a + "\n" + b + "\n", []string{a, b}, nil},
		"no name":               {"x", a + "\n" + b + "\n", []string{a, b}, nil},
		"bad line":              {"x.jsonl", a + "\n\nnope\n" + b + "\n", []string{a, b}, []string{"3"}},
		"cut off":               {"x.jsonl", a + "\n" + `{"id": "b", "pro`, []string{a}, []string{"2"}},
		"cut off at the start":  {"x", `{"id": "b", "pro` + "\n" + a + "\n", []string{a}, []string{"1"}},
		"two on a line":         {"x.jsonl", a + b + "\n", []string{a, b}, nil},
		"more behind a log":     {"x.jsonl", a + " and more\n" + b + "\n", []string{b}, []string{"1: column "}},
		"a brace too many":      {"x.jsonl", a + "}\n" + b + "\n", []string{b}, []string{"1: column "}},
		"separated by RS":       {"x.jsonl", "\x1e" + a + "\n\x1e" + b + "\n", []string{a, b}, nil},
		"RS and no line break":  {"x", "\x1e" + a + "\x1e" + b, []string{a, b}, nil},
		"cut off before RS":     {"x", "\x1e{\"id\":\n\x1e" + b, []string{b}, []string{"1: column "}},
		"separated by commas":   {"x.jsonl", a + ",\n" + b + ",\n", []string{a, b}, nil},
		"commas on one line":    {"x.json", a + "," + b, []string{a, b}, nil},
		"joined with marks":     {"x.jsonl", "\xef\xbb\xbf" + a + "\n\xef\xbb\xbf" + b + "\n", []string{a, b}, nil},
		"a mark in a text":      {"x.jsonl", one("\ufeffa") + "\n", []string{one("\ufeffa")}, nil},
		"pretty as lines":       {"x.jsonl", pretty + "\n", []string{pretty}, nil},
		"pretty, several":       {"x.jsonl", pretty + "\n" + pretty + "\r\n\n" + pretty, []string{pretty, pretty, pretty}, nil},
		"pretty, no line break": {"x.json", pretty + pretty, []string{pretty, pretty}, nil},
		"pretty with commas":    {"x.json", pretty + ",\n" + pretty, []string{pretty, pretty}, nil},
		"pretty with RS":        {"x.json", "\x1e" + pretty + "\n\x1e" + pretty + "\n", []string{pretty, pretty}, nil},
		"pretty after lines":    {"x.jsonl", a + "\n" + pretty + "\n" + b + "\n", []string{a, pretty, b}, nil},
		"pretty, no indent":     {"x.json", strings.ReplaceAll(pretty, "  ", "") + "\n" + a, []string{strings.ReplaceAll(pretty, "  ", ""), a}, nil},
		"pretty, one refused":   {"x.json", pretty + "\n{\n  \"no\": \"log\"\n}\n" + pretty, []string{pretty, pretty}, []string{"7: it has no id"}},
		"pretty, one cut off":   {"x.json", pretty + "\n{\n  \"id\": \"b\",\n" + pretty, []string{pretty, pretty}, []string{"8: column 13: "}},
		"pretty, quote missing": {"x.json", pretty + "\n{\n  \"id\": \"b,\n  \"prompt\": {\n    \"id\": \"pr_1\"\n  }\n}\n" + pretty, []string{pretty, pretty}, []string{"8: column 12: "}},
		"two lists":             {"x.json", "[\n" + a + "\n]\n[\n" + b + "\n]\n", []string{a, b}, nil},
		"comma too many":        {"x.json", "[\n" + a + ",\n" + b + ",\n]\n", []string{a, b}, nil},
		"list cut off":          {"x.json", "[\n" + a + ",\n" + `{"id": "b", "pro`, []string{a}, []string{"3: column "}},
		"list cut off cleanly":  {"x.json", "[\n" + a + ",\n", []string{a}, []string{"2: the list is cut off"}},
		"a page of others":      {"x.json", `{"object": "list", "data": [` + a + `]}`, []string{a}, nil},
		"number on a line":      {"x.jsonl", "12\n" + a + "\n", []string{a}, []string{"1"}},
		"refused":               {"x.jsonl", a + "\n" + one("refuse") + "\n" + b + "\n", []string{a, b}, []string{"2: refused by the store"}},
		"one document":          {"x.json", a, []string{a}, nil},
		"pretty":                {"x.json", pretty + "\n", []string{pretty}, nil},
		"pretty after blanks":   {"x", "\n\r\n" + pretty, []string{pretty}, nil},
		"pretty with a mark":    {"x.json", "\xef\xbb\xbf" + pretty, []string{pretty}, nil},
		"list":                  {"x.json", "[" + a + ", " + b + "]", []string{a, b}, nil},
		"empty list":            {"x.json", "[\n]", nil, nil},
		"list over lines":       {"x.json", "[\n" + a + ",\n" + b + "\n]\n", []string{a, b}, nil},
		"list of one":           {"x.json", "[\n" + a + "\n]\n", []string{a}, nil},
		"list with a refusal":   {"x.json", "\n[\n" + a + ",\n" + one("refuse") + ",\n\n3, " + b + "]\n", []string{a, b}, []string{"4: refused by the store", "6: a number where a log belongs"}},
		"page":                  {"x.json", `{"records": [` + a + "," + b + `], "page": 1, "size": 2, "total": 2}`, []string{a, b}, nil},
		"page over lines":       {"x.json", "{\n\"page\": 1,\n\"records\": [\n" + a + ",\n" + one("refuse") + "\n]\n}", []string{a}, []string{"5: refused by the store"}},
		"pages as lines":        {"x.jsonl", `{"records": [` + a + "]}\n" + `{"records": [` + b + "]}\n", []string{a, b}, nil},
		"log with records":      {"x.json", `{"id": "a", "records": [` + b + `]}`, []string{`{"id": "a", "records": [` + b + `]}`}, nil},
		"broken document":       {"x.json", "{\n  \"id\": \"a\",\n  \"prompt\" {}\n}", nil, []string{"3"}},
		"list without commas":   {"x.json", "[\n" + a + "\n" + b + "\n]", []string{a, b}, nil},
		"a byte in a line":      {"x.jsonl", a + "\n" + ` {"id": "caf` + "\xe9" + `"}` + "\n" + b + "\n", []string{a, b}, []string{"2: byte 13 of the line is 0xE9, which is not UTF-8"}},
		"a byte in a list":      {"x.json", "[" + a + `, {"id": "` + "\xff" + `"}, ` + b + "]", []string{a, b}, []string{fmt.Sprintf("1: byte %d of the line is 0xFF", len(a)+12)}},
		"a byte over lines":     {"x.json", "{\n \"id\": \"a\",\n \"output\": \"\xc3\"\n}", nil, []string{"3: byte 13 of the line is 0xC3"}},
		"a byte in a page":      {"x.json", `{"records": [` + a + `, {"id": "` + "\xed\xa0\x80" + `"}]}`, []string{a}, []string{fmt.Sprintf("1: byte %d of the line is 0xED", len(a)+24)}},
		"words":                 {"x.csv", "id,output\n1,2\n", nil, []string{"1: neither a JSON document nor lines of JSON"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := read(t, tree(map[string]string{tc.file: tc.text}), tc.file)
			same(t, "logs", c.logs, tc.logs)
			if len(c.problems) != len(tc.problems) {
				t.Fatalf("problems %v, want %v", c.problems, tc.problems)
			}
			for i, p := range c.problems {
				got := fmt.Sprintf("%d: %s", p.Line, p.Msg)
				if p.File != tc.file || !strings.HasPrefix(got, tc.problems[i]) || len(p.Msg) < 5 {
					t.Errorf("problem %v, want %s", p, tc.problems[i])
				}
			}
		})
	}
}

// TestVersionWithABadByte refuses a version of a prompt, by its line and byte, and reads the rest.
func TestVersionWithABadByte(t *testing.T) {
	t.Parallel()
	c, _ := read(t, tree(map[string]string{
		"files/pr_1/file.json":       `{"id": "pr_1", "version_id": "v"}`,
		"files/pr_1/versions/v.json": "{\n\"id\": \"pr_1\", \"path\": \"caf\xe9\"}",
		"files/pr_1/logs/1.jsonl":    one("a") + "\n",
	}), "files/pr_1")
	if len(c.problems) != 1 || c.problems[0].Line != 2 || !strings.HasPrefix(c.problems[0].Msg, "byte 27 of the line is 0xE9") || len(c.logs) != 1 {
		t.Errorf("problems %v, logs %q", c.problems, c.logs)
	}
}

func TestSyntaxErrorTellsTheColumn(t *testing.T) {
	t.Parallel()
	c, _ := read(t, tree(map[string]string{"x.jsonl": one("a") + "\n" + `{"id" "b"}` + "\n"}), "x.jsonl")
	if len(c.problems) != 1 || c.problems[0].Line != 2 || !strings.HasPrefix(c.problems[0].Msg, "column 7: ") || c.kept[0] != `{"id" "b"}` {
		t.Errorf("problems %v, kept %q", c.problems, c.kept)
	}
}

func TestTree(t *testing.T) {
	t.Parallel()
	c, _ := read(t, tree(map[string]string{
		"README.md":        "words",
		"table.csv":        "a,b\n",
		"package.json":     `{"name": "x", "version": "1"}`,
		"numbers.json":     `[1, 2, {"id": "x"}]`,
		"deep/er/2.jsonl":  one("b") + "\n",
		"deep/er/10.jsonl": one("c") + "\n",
		"deep/log.json":    "[\n" + one("d") + "\n]",
		"a.ndjson":         one("a") + "\n" + `{"no": "log"}` + "\n",
	}), ".")
	same(t, "logs", c.logs, []string{one("a"), one("b"), one("c"), one("d")})
	same(t, "problems", told(c.problems), []string{"a.ndjson:2: it has no id"})
}

func TestLinksAreNotFollowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"out/x.jsonl": one("x"), "in/a.jsonl": one("a"), "in/pr_1/file.json": `{"type":"prompt"}`, "in/pr_1/.done": "", "in/pr_1/logs/1.jsonl": one("b")} {
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
	same(t, "notes", told(report.Notes), []string{
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
	c, _ := read(t, failing{tree(map[string]string{"a.jsonl": "", "b.json": one("b")})}, ".")
	same(t, "logs", c.logs, []string{one("a"), one("b")})
	if len(c.problems) == 0 || c.problems[len(c.problems)-1] != (Problem{Position{"a.jsonl", 2}, "the disk is gone"}) {
		t.Errorf("problems %v", c.problems)
	}
}

// few is a collector that wants one log at a time.
type few struct{ *collector }

func (few) Most() int { return 1 }

func TestCancel(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := few{&collector{after: func(n int) {
		if n == 2 {
			cancel()
		}
	}}}
	report, err := Read(ctx, export(), "exports/20250102-030405/files/pr_1/logs", c, nil)
	if !errors.Is(err, context.Canceled) || report.Logs != 2 || len(c.problems) != 0 {
		t.Errorf("%d logs, problems %v, error %v", report.Logs, c.problems, err)
	}
}

func TestSinkFails(t *testing.T) {
	t.Parallel()
	full := errors.New("the disk is full")
	c := broken{collector: &collector{}, err: full}
	if _, err := Read(t.Context(), tree(map[string]string{"x.jsonl": strings.Repeat(one("a")+"\n", 50000)}), ".", c, nil); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}

// broken is a sink that cannot take anything.
type broken struct {
	*collector
	err error
}

func (b broken) Logs(context.Context, []Log[string]) ([]error, error) { return nil, b.err }

// A reader that never comes back must not keep an interrupted reading from ending.
func TestCancelOfAStreamThatHangs(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() })
	go func() {
		_, _ = io.WriteString(w, one("a")+"\n")
		cancel()
	}()
	if _, err := ReadStream(ctx, r, "-", &collector{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	var last Progress
	calls := 0
	big := strings.Repeat(one(strings.Repeat("a", 1000))+"\n", 5000)
	_, err := Read(t.Context(), tree(map[string]string{"1.jsonl": big, "2.jsonl": big}), ".", &collector{}, func(p Progress) {
		calls++
		if p.Done < last.Done || p.Done > p.All || p.Logs < last.Logs || last.All != 0 && p.All != last.All {
			t.Errorf("%v after %v", p, last)
		}
		last = p
	})
	if want := (Progress{int64(2 * len(big)), int64(2 * len(big)), 10000}); err != nil || last != want || calls < 3 || calls > 40 {
		t.Errorf("%v in %d calls, want %v; %v", last, calls, want, err)
	}
}

func TestLongLine(t *testing.T) {
	t.Parallel()
	long := `{"id": "a", "prompt": {"id": "pr_1"}, "output": "` + strings.Repeat("tide ", 2<<20) + `"}`
	c, _ := read(t, tree(map[string]string{"x.jsonl": long + "\n" + one("b") + "\n"}), "x.jsonl")
	if len(c.logs) != 2 || c.logs[0] != long || c.logs[1] != one("b") {
		t.Errorf("%d logs, problems %v", len(c.logs), c.problems)
	}
}

// Many logs of many sizes keep their order and their lines, however they are cut into pieces.
// paused is a stream of logs, and a sink that looks at each of them how far the stream was read.
type paused struct {
	collector
	in    io.Reader
	read  int
	ahead int // the most that was read beyond what was taken
	taken int
}

func (p *paused) Read(b []byte) (int, error) {
	n, err := p.in.Read(b)
	p.read += n
	return n, err
}

func (p *paused) Logs(_ context.Context, logs []Log[string]) ([]error, error) {
	p.ahead = max(p.ahead, p.read-p.taken)
	for _, log := range logs {
		p.taken += len(log.Raw) + 1
	}
	return make([]error, len(logs)), nil
}

// TestLargeLogsAreReadOneByOne wants the memory of an import to be that of one large log, not of as
// many as are read ahead when they are small.
func TestLargeLogsAreReadOneByOne(t *testing.T) {
	log := `{"id":"log_a","prompt":{"id":"pr_1"},"output":"` + strings.Repeat("x", room) + "\"}\n"
	var logs []io.Reader
	for range 4 {
		logs = append(logs, strings.NewReader(log))
	}
	p := &paused{in: io.MultiReader(logs...)}
	report, err := ReadStream(t.Context(), p, "-", p, nil)
	if err != nil || report.Logs != 4 {
		t.Fatal(report, err)
	}
	if most := 3 * room; p.ahead > most {
		t.Errorf("%d bytes were read ahead, want %d at most", p.ahead, most)
	}
}

func TestOrder(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	var want []string
	for i := range 20000 {
		log := fmt.Sprintf(`{"id": "log_%d", "pad": "%s"}`, i, strings.Repeat("x", i*i%997))
		if i%1000 == 999 {
			log = fmt.Sprintf("bad line %d", i+1)
		} else {
			want = append(want, log)
		}
		text.WriteString(log + "\n")
	}
	c, _ := read(t, tree(map[string]string{"x.jsonl": text.String()}), "x.jsonl")
	same(t, "logs", c.logs, want)
	for i, p := range c.problems {
		if want := fmt.Sprintf("bad line %d", p.Line); p.Line != 1000*(i+1) || c.kept[i] != want {
			t.Errorf("line %d: %q", p.Line, c.kept[i])
		}
	}
	if len(c.problems) != 20 {
		t.Errorf("%d problems", len(c.problems))
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
		"\x1e" + one("a") + "\n\x1e{\"id\n\x1e" + one("b"), one("a") + ",\n" + one("b") + one("c") + "]", "{\n \"id\": \"a\"\n}{\n \"id\n}\n{\n}\n",
	} {
		f.Add([]byte(seed), "x.json")
		f.Add([]byte(seed), "x.jsonl")
	}
	f.Fuzz(func(t *testing.T, text []byte, name string) {
		if !fs.ValidPath(name) || strings.Contains(name, "/") || name == "." {
			name = "x"
		}
		c := &collector{}
		_, err := Read(t.Context(), fstest.MapFS{name: {Data: text}}, name, c, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, log := range c.logs {
			if !charset.IsUTF16(text) && !bytes.Contains(text, []byte(log)) {
				t.Errorf("%q does not stand in %q", log, text)
			}
			if log != strings.TrimSpace(log) || log[0] != '{' {
				t.Errorf("not the bytes of a log: %q", log)
			}
		}
		lines := 1 + bytes.Count(decoded(text), []byte("\n"))
		for _, p := range c.problems {
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
