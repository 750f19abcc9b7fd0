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

// TestImport imports documents as odd as they come: each is kept byte for byte, and importing it
// again changes nothing.
func TestImport(t *testing.T) { onEach(t, testImport) }

func testImport(t *testing.T, s *store.Store) {
	docs := []string{
		logDoc("log_1", "pr_1", ""),
		"  " + logDoc("log_spaces", "pr_1", ` , "output" : "a\r\n\t\u0000\ud800" `) + "\r\n",
		logDoc("log_numbers", "pr_1", `,"prompt_cost":0.10,"output_cost":1E+400,"prompt_tokens":123456789012345678901234567890`),
		logDoc("log_twice", "pr_1", `,"output":"first","output":"second","inputs":{"a":1,"a":2}`),
		logDoc("log_wrong", "pr_1", `,"output":{},"messages":"none","created_at":[],"metadata":17`),
		logDoc("log_escapes", "pr_1", `,"output":"\ud800\ufffd\u0000"`),
		logDoc("log_time", "pr_1", `,"created_at":"2024-02-30T00:00:00Z"`),
		`{"prompt":{"id":"pr_bare"},"id":"log_b\u0061re"}`,
		`{"id":"a/b?c#d %\u0000\ud800😀","prompt":{"id":"pr\u0000"}}`,
		logDoc("log_large", "pr_1", `,"output":"`+strings.Repeat(`\u00e9`, 1<<17)+`"`),
	}
	for _, want := range []store.Imported{store.Added, store.Unchanged} {
		for _, doc := range docs {
			if did := put(t, s, doc); did != want {
				t.Errorf("import did %d, want %d: %.80s", did, want, doc)
			}
		}
	}
	for id, doc := range map[string]string{"log_spaces": docs[1], "log_escapes": docs[5], "log_bare": docs[7], "a/b?c#d %\x00\xed\xa0\x80😀": docs[8], "log_large": docs[9]} {
		if got := get(t, s, id); got != doc {
			t.Errorf("log %q is not as it was imported: %.120q", id, got)
		}
	}
	if list, total := ids(t, s, logsOf("pr_bare")); total != 1 || !slices.Equal(list, []string{"log_bare"}) {
		t.Errorf("logs %v", list)
	}
}

func TestImportReplaces(t *testing.T) { onEach(t, testImportReplaces) }

func testImportReplaces(t *testing.T, s *store.Store) {
	for _, id := range []string{"log_1", "log_2"} {
		put(t, s, logDoc(id, "pr_1", ""))
	}
	moved := logDoc("log_1", "pr_2", `,"output":"more"`)
	if did := put(t, s, moved); did != store.Replaced {
		t.Errorf("import did %d", did)
	}
	if got := get(t, s, "log_1"); got != moved {
		t.Errorf("log %s", got)
	}
	for prompt, want := range map[string][]string{"pr_1": {"log_2"}, "pr_2": {"log_1"}} {
		if got, _ := ids(t, s, logsOf(prompt)); !slices.Equal(got, want) {
			t.Errorf("%s has %v, want %v", prompt, got, want)
		}
	}
	put(t, s, logDoc("log_1", "pr_1", ""))
	if got, _ := ids(t, s, logsOf("pr_1")); !slices.Equal(got, []string{"log_2", "log_1"}) {
		t.Errorf("a log that was replaced lost its place: %v", got)
	}
}

func TestImportRefuses(t *testing.T) { onEach(t, testImportRefuses) }

func testImportRefuses(t *testing.T, s *store.Store) {
	for doc, want := range map[string]string{
		``:                                       "not one JSON object",
		`[]`:                                     "not one JSON object",
		logDoc("a", "b", ",\"output\":\"\xff\""): "it is not UTF-8: byte 96 is 0xFF",
		`{"id":"log_1"`:                          "line 1",
		logDoc("a", "b", "") + "{}":              "not one JSON object",
		"\ufeff" + logDoc("a", "b", ""):          "not one JSON object",
		`{"prompt":{"id":"pr_1"}}`:               `"id"`,
		`{"id":7,"prompt":{"id":"p"}}`:           `"id"`,
		`{"id":"","prompt":{"id":"p"}}`:          `"id"`,
		`{"id":"log_1"}`:                         `"prompt"`,
		`{"id":"log_1","prompt":"p"}`:            `"prompt"`,
		`{"id":"log_1","prompt":{}}`:             `"prompt"`,
		`{"id":"log_1","log":{"id":"tl_1"}}`:     `"prompt"`,
		`{"id":"log_1","dataset":{"id":"d"}}`:    `"prompt"`,
	} {
		_, err := s.Import(t.Context(), []byte(doc))
		if api.CodeOf(err) != api.Invalid || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("import of %q: %v, want %q", doc, err, want)
		}
	}
	if page, err := s.Prompts(t.Context(), api.PromptQuery{Size: 9}); err != nil || string(page) != `{"records":[],"page":1,"size":9,"total":0}` {
		t.Errorf("refused logs left prompts: %s, %v", page, err)
	}
}

// promptDoc is a version of a prompt.
func promptDoc(id, version, created, rest string) string {
	return fmt.Sprintf(`{"id": %q, "version_id": %q, "path": "team/%[1]s", "name": %[1]q, "created_at": %[3]q, "updated_at": %[3]q%[4]s}`, id, version, created, rest)
}

func TestImportPrompt(t *testing.T) { onEach(t, testImportPrompt) }

func testImportPrompt(t *testing.T, s *store.Store) {
	first := promptDoc("pr_1", "prv_1", "2024-01-01T00:00:00", "")
	second := promptDoc("pr_1", "prv_2", "2024-02-01T00:00:00", `, "environments": [{"id": "env_1", "name": "staging", "tag": "other"}], "n": 0.10`)
	third := promptDoc("pr_1", "prv_3", "2024-03-01T00:00:00", "")
	for _, doc := range []string{third, first, second, second} {
		if err := s.ImportPrompt(t.Context(), []byte(doc), false); err != nil {
			t.Fatal(err)
		}
	}
	check := func(q api.CreateQuery, want string) {
		t.Helper()
		got, err := s.Prompt(t.Context(), "pr_1", q)
		if err != nil || string(got) != want {
			t.Errorf("%+v: prompt %s, %v\nwant %s", q, got, err, want)
		}
	}
	check(api.CreateQuery{}, third) // none is deployed: the newest
	check(api.CreateQuery{VersionID: "prv_1"}, first)
	check(api.CreateQuery{Environment: "staging"}, second)
	if err := s.ImportPrompt(t.Context(), []byte(first), true); err != nil {
		t.Fatal(err)
	}
	check(api.CreateQuery{}, first)
	if err := s.ImportPrompt(t.Context(), []byte(third), false); err != nil {
		t.Fatal(err)
	}
	check(api.CreateQuery{}, first)
	if _, err := s.Prompt(t.Context(), "pr_1", api.CreateQuery{Environment: "moon"}); api.CodeOf(err) != api.NotFound {
		t.Errorf("error %v", err)
	}
	for _, bare := range []string{`{"id":"pr_1"}`, `{"id":"pr_1","version_id":null}`} {
		if err := s.ImportPrompt(t.Context(), []byte(bare), false); err != nil {
			t.Errorf("prompt %s: %v", bare, err)
		}
	}
	check(api.CreateQuery{}, first)
	for _, bad := range []string{``, `[]`, `{}`, `{"version_id":"prv_1"}`} {
		if err := s.ImportPrompt(t.Context(), []byte(bad), false); api.CodeOf(err) != api.Invalid {
			t.Errorf("prompt %s: %v", bad, err)
		}
	}
}

// TestPromptsOfLogsAreKnown wants the prompts that logs bring along to be known, without overruling
// what was imported as a prompt.
func TestPromptsOfLogsAreKnown(t *testing.T) { onEach(t, testLearnPrompt) }

func testLearnPrompt(t *testing.T, s *store.Store) {
	imported := promptDoc("pr_1", "prv_1", "2024-01-01T00:00:00", `, "from": "file"`)
	if err := s.ImportPrompt(t.Context(), []byte(imported), false); err != nil {
		t.Fatal(err)
	}
	embedded := promptDoc("pr_1", "prv_2", "2023-01-01T00:00:00", `, "environments": [{"name": "production", "tag": "default"}]`)
	put(t, s, `{"id":"log_1","prompt":`+promptDoc("pr_1", "prv_1", "2024-01-01T00:00:00", `, "from": "log"`)+`}`)
	put(t, s, `{"id":"log_2","prompt":`+embedded+`}`)
	put(t, s, `{"id":"log_3","prompt":{"id":"pr_2"}}`)
	put(t, s, `{"id":"log_4","prompt":{"id":"pr_2","more":1}}`)
	for _, c := range []struct {
		prompt, version, want string
	}{
		{"pr_1", "prv_1", imported},
		{"pr_1", "", embedded}, // the log says that it is deployed by default
		{"pr_2", "", `{"id":"pr_2"}`},
	} {
		got, err := s.Prompt(t.Context(), c.prompt, api.CreateQuery{VersionID: c.version})
		if err != nil || string(got) != c.want {
			t.Errorf("prompt %s: %s, %v\nwant %s", c.prompt, got, err, c.want)
		}
	}
}

func TestPromptList(t *testing.T) { onEach(t, testPromptList) }

func testPromptList(t *testing.T, s *store.Store) {
	for _, p := range []struct{ id, created, updated string }{
		{"Beta", "2024-01-02T00:00:00", "2024-01-09T00:00:00"},
		{"alpha", "2024-01-03T00:00:00Z", "2024-01-05T00:00:00"},
		{"gamma", "2024-01-02T01:00:00+02:00", "never"},
	} {
		doc := strings.Replace(promptDoc(p.id, "prv_1", p.created, ""), `"updated_at": "`+p.created, `"updated_at": "`+p.updated, 1)
		if err := s.ImportPrompt(t.Context(), []byte(doc), true); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		q    api.PromptQuery
		want string
	}{
		{api.PromptQuery{Size: 9}, "alpha Beta gamma"},
		{api.PromptQuery{Size: 9, Order: "asc"}, "gamma Beta alpha"},
		{api.PromptQuery{Size: 9, SortBy: "name"}, "gamma Beta alpha"},
		{api.PromptQuery{Size: 9, SortBy: "name", Order: "asc"}, "alpha Beta gamma"},
		{api.PromptQuery{Size: 9, SortBy: "updated_at"}, "Beta alpha gamma"},
		{api.PromptQuery{Size: 9, Name: "BET"}, "Beta"},
		{api.PromptQuery{Size: 9, Name: "A", SortBy: "name", Order: "asc"}, "alpha Beta gamma"},
		{api.PromptQuery{Size: 2, Page: 2}, "gamma"},
		{api.PromptQuery{Size: 2, Page: 3}, ""},
		{api.PromptQuery{Size: 0}, ""},
	} {
		raw, err := s.Prompts(t.Context(), c.q)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(memberTexts(t, raw, "id"), " "); got != c.want {
			t.Errorf("%+v: %q, want %q", c.q, got, c.want)
		}
	}
}

func TestImportMany(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store) { testImportMany(t, s, s.ImportAll) })
}

func TestImportInBulk(t *testing.T) {
	onEach(t, func(t *testing.T, s *store.Store) {
		testImportMany(t, s, func(ctx context.Context, entries []*store.Entry) (did []store.Imported, err error) {
			bulk := s.Bulk()
			for len(entries) > 0 && err == nil {
				var some []store.Imported
				some, err = bulk.Import(ctx, entries[:min(len(entries), 700)])
				did, entries = append(did, some...), entries[len(some):]
			}
			return did, errors.Join(err, bulk.Commit(ctx))
		})
	})
}

// TestBulkIsOneTransaction drops what was not committed, and has what was in the search index, also
// where that begins another block.
func TestBulkIsOneTransaction(t *testing.T) {
	t.Parallel()
	s := fixedAt(t, filepath.Join(t.TempDir(), "errata.db"))
	bulk := s.Bulk()
	var entries []*store.Entry
	for i := range 8100 {
		e, err := store.Prepare([]byte(logDoc(fmt.Sprint("log_", i), "pr_1", fmt.Sprintf(`,"output":"ferry%dx"`, i))))
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	if _, err := bulk.Import(t.Context(), entries[:40]); err != nil {
		t.Fatal(err)
	}
	bulk.Undo()
	if _, err := s.Log(t.Context(), "log_1"); api.CodeOf(err) != api.NotFound {
		t.Errorf("a log that was dropped: %v", err)
	}
	for left := entries; len(left) > 0; {
		did, err := bulk.Import(t.Context(), left)
		if err != nil {
			t.Fatal(err)
		}
		left = left[len(did):]
	}
	if _, err := s.Log(t.Context(), "log_1"); api.CodeOf(err) != api.NotFound {
		t.Errorf("a log that is not committed: %v", err)
	}
	if err := bulk.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 39, 7998, 7999, 8000, 8099} {
		if found, _ := ids(t, s, api.LogQuery{FileID: "pr_1", Search: fmt.Sprintf("ferry%dx", i), Size: 10}); !slices.Contains(found, fmt.Sprint("log_", i)) {
			t.Errorf("a search for log %d finds %v", i, found)
		}
	}
	if report, err := s.Check(t.Context(), nil); err != nil || len(report.Problems) > 0 || report.Logs != len(entries) {
		t.Errorf("%d logs, %v, %v", report.Logs, report.Problems, err)
	}
}

// testImportMany imports more logs at once than go in one statement, some of them there already,
// some several times: it does what importing them one by one would.
func testImportMany(t *testing.T, s *store.Store, imports func(context.Context, []*store.Entry) ([]store.Imported, error)) {
	t.Helper()
	version := func(id string, n int) string { return logDoc(id, "pr_1", fmt.Sprintf(`, "prompt_tokens": %d`, n)) }
	put(t, s, version("log_same", 1))
	put(t, s, version("log_other", 1))
	put(t, s, version("log_back", 1))
	docs := []string{version("log_new", 1), version("log_twice", 1), version("log_twice", 1), version("log_new", 2), version("log_same", 1),
		version("log_other", 2), version("log_back", 2), version("log_back", 1), `{"id":"log_\u0000\ud800","prompt":{"id":"pr_2"},"parent_id":"log_new","trace_parent_id":"log_same"}`}
	want := []store.Imported{store.Added, store.Added, store.Unchanged, store.Replaced, store.Unchanged,
		store.Replaced, store.Replaced, store.Replaced, store.Added}
	last := map[string]string{"log_new": docs[3], "log_twice": docs[2], "log_same": docs[4], "log_other": docs[5], "log_back": docs[7]}
	order := []string{"log_same", "log_other", "log_back", "log_new", "log_twice"}
	for i := range 1100 {
		id := fmt.Sprint("log_", i)
		docs, want = append(docs, version(id, 1)), append(want, store.Added)
		order = append(order, id)
	}
	docs, want = append(docs, version("log_7", 2)), append(want, store.Replaced)
	last["log_7"] = version("log_7", 2)
	var entries []*store.Entry
	for _, doc := range docs {
		e, err := store.Prepare([]byte(doc))
		if err != nil {
			t.Fatalf("%v: %s", err, doc)
		}
		entries = append(entries, e)
	}
	did, err := imports(t.Context(), entries)
	if err != nil || !slices.Equal(did, want) {
		t.Fatalf("%v; the import did %v…, want %v…", err, did[:min(len(did), 9)], want[:9])
	}
	for id, doc := range last {
		if got := get(t, s, id); got != doc {
			t.Errorf("log %s, want %s", got, doc)
		}
	}
	slices.Reverse(order)
	if got, total := ids(t, s, api.LogQuery{FileID: "pr_1", Size: 2000}); total != len(order) || !slices.Equal(got, order) {
		t.Errorf("%d logs, %d are listed, or not in their order", total, len(got))
	}
	for page, from := range map[int]int{1: 0, 3: 200, 9: 800, 12: 1100} { // from both ends
		q := api.LogQuery{FileID: "pr_1", Page: page, Size: 100}
		if got, _ := ids(t, s, q); !slices.Equal(got, order[from:min(from+100, len(order))]) {
			t.Errorf("page %d has %d logs from %q", page, len(got), got[:min(len(got), 1)])
		}
	}
}

func TestImportAgain(t *testing.T) { onEach(t, testImportAgain) }

// testImportAgain imports logs that are there. Between those that are as they were it tells the few
// that are not, also where one comes several times among them.
func testImportAgain(t *testing.T, s *store.Store) {
	t.Helper()
	const many = 200
	version := func(i, n int) string {
		return logDoc(fmt.Sprint("log_", i), "pr_1", fmt.Sprintf(`, "output": "ferry%dx%dx"`, i, n))
	}
	var entries []*store.Entry
	add := func(docs ...string) {
		for _, doc := range docs {
			e, err := store.Prepare([]byte(doc))
			if err != nil {
				t.Fatal(err)
			}
			entries = append(entries, e)
		}
	}
	for i := range many {
		add(version(i, 1))
	}
	if _, err := s.ImportAll(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
	add(version(3, 2), version(3, 1), version(4, 1), version(5, 2), version(many, 1))
	want := slices.Repeat([]store.Imported{store.Unchanged}, many)
	want = append(want, store.Replaced, store.Replaced, store.Unchanged, store.Replaced, store.Added)
	if did, err := s.ImportAll(t.Context(), entries); err != nil || !slices.Equal(did, want) {
		t.Fatalf("%v; the import did %v, want %v", err, did[min(len(did), many):], want[many:])
	}
	for doc, stays := range map[string]bool{version(3, 1): true, version(5, 2): true, version(5, 1): false, version(many, 1): true} {
		word := doc[strings.Index(doc, "ferry"):strings.LastIndex(doc, `"`)]
		if found, _ := ids(t, s, api.LogQuery{FileID: "pr_1", Search: word, Size: 10}); (len(found) == 1) != stays {
			t.Errorf("a search for %s finds %v", word, found)
		}
	}
}
