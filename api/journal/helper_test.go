package journal_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"errata/api/apitest"
	"errata/api/journal"
	"errata/api/save"
	"errata/model"
)

const doc = `{"id": "log_1", "prompt": {"id": "pr_1", "path": "tides"}, "output": "high at nine", "error": null,` +
	` "prompt_tokens": 12, "metadata": {"a": 1}, "created_at": "2025-03-01T10:00:00", "kept": 0.10}`

const server = "https://logs.example/v5"

func open(t testing.TB, dir string, o journal.Options) *journal.Journal {
	t.Helper()
	j, err := journal.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func field(t testing.TB, name string) *model.Field {
	t.Helper()
	f, ok := model.Lookup(name)
	if !ok {
		t.Fatalf("no field %q", name)
	}
	return f
}

func parse(t testing.TB, text string) *model.Log {
	t.Helper()
	log, err := model.ParseLog([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// edited is a change set on a log, with literals by field name.
func edited(t testing.TB, text string, edits map[string]string) *model.ChangeSet {
	t.Helper()
	c := model.NewChangeSet(parse(t, text))
	for name, literal := range edits {
		c.Set(field(t, name), model.Raw([]byte(literal)))
	}
	return c
}

// ten is the edit of most tests.
func ten(t testing.TB) *model.ChangeSet {
	return edited(t, doc, map[string]string{"output": `"high at ten"`})
}

func fake(t testing.TB, text string) *apitest.Fake {
	return apitest.NewFake(t, apitest.Seed{Logs: [][]byte{[]byte(text)}})
}

func begin(t testing.TB, j *journal.Journal, c *model.ChangeSet) save.Record {
	t.Helper()
	r, err := j.Recorder(server).Begin(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// put records a whole PATCH and gives its id.
func put(t testing.TB, j *journal.Journal, c *model.ChangeSet) string {
	t.Helper()
	r := begin(t, j, c)
	if err := r.End(t.Context(), save.Result{Outcome: save.Verified}); err != nil {
		t.Fatal(err)
	}
	return r.ID()
}

// list reads the journal, which must be whole.
func list(t testing.TB, j *journal.Journal, f journal.Filter) []journal.Entry {
	t.Helper()
	var entries []journal.Entry
	for e, err := range j.Entries(f) {
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	return entries
}

// show is an entry without what differs from run to run.
func show(e journal.Entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s %s", e.Server, e.LogID, e.PromptID, e.Outcome)
	for _, c := range e.Changes {
		fmt.Fprintf(&b, " | %s %q -> %q", c.Field.Name, c.Old.Bytes(), c.New.Bytes())
	}
	return b.String()
}

func names(fields []*model.Field) string {
	var list []string
	for _, f := range fields {
		list = append(list, f.Name)
	}
	return strings.Join(list, ",")
}

// files reads everything below dir.
func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	content := map[string][]byte{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content[filepath.Base(name)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// holding names the files that a text is in.
func holding(t testing.TB, dir, text string) (list []string) {
	for name, content := range files(t, dir) {
		if bytes.Contains(content, []byte(text)) {
			list = append(list, name)
		}
	}
	return list
}

const first = "00000001.jsonl"

func segment(dir string) string { return filepath.Join(dir, "journal", first) }

// ticking is a clock that moves on by a second with each look.
func ticking() func() time.Time {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}
