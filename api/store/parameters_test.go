package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
	"errata/model"
)

// paths lists the paths of the files of a page.
func paths(t *testing.T, raw []byte, err error) []string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, part := range strings.Split(string(raw), `"path":"`)[1:] {
		path, _, _ := strings.Cut(part, `"`)
		list = append(list, path)
	}
	return list
}

func TestFilesByWhatTheyTell(t *testing.T) { onEach(t, testFilesByWhatTheyTell) }

func testFilesByWhatTheyTell(t *testing.T, s *store.Store) {
	file := func(kind api.FileKind, id, version, path, rest string, deployed bool) {
		t.Helper()
		doc := fmt.Sprintf(`{"id":%q,"version_id":%q,"path":%q,"name":%q,"created_at":"2024-01-0%sT00:00:00Z"%s}`, id, version, path, path, version[len(version)-1:], rest)
		if err := s.ImportFile(t.Context(), kind, []byte(doc), deployed); err != nil {
			t.Fatal(err)
		}
	}
	live := `,"environments":[{"id":"env_1","name":"live","tag":"other"}]`
	file(api.PromptFile, "pr_1", "v_1", "a", `,"created_by":{"id":"usr_1","email_address":"ann@example.com","full_name":"Ann Éa"}`+live, true)
	file(api.PromptFile, "pr_2", "v_1", "b", `,"created_by":{"id":"usr_2","email_address":"bo@example.com","full_name":"Bo"}`, true)
	file(api.PromptFile, "pr_3", "v_1", "c", `,"created_by":{"id":"usr_1","email_address":"ann@example.com","full_name":"Ann Éa"}`+live, false)
	file(api.PromptFile, "pr_3", "v_2", "c", `,"created_by":null`, true)
	file(api.ToolFile, "tl_1", "v_1", "d", live, true)
	for user, want := range map[string][]string{"": {"a", "b", "c"}, "ANN É": {"a"}, "example.COM": {"a", "b"}, "bo@": {"b"}, "usr_1": nil} {
		raw, err := s.Prompts(t.Context(), api.PromptQuery{Size: 9, SortBy: "name", Order: "asc", User: user})
		if got := paths(t, raw, err); !slices.Equal(got, want) {
			t.Errorf("prompts of user %q: %q, want %q", user, got, want)
		}
	}
	for environment, want := range map[string][]string{"": {"a", "b", "c", "d"}, "live": {"a", "c", "d"}, "LIVE": nil} {
		raw, err := s.Files(t.Context(), api.FileQuery{Size: 9, SortBy: "name", Order: "asc", Environment: environment})
		if got := paths(t, raw, err); !slices.Equal(got, want) {
			t.Errorf("files deployed to %q: %q, want %q", environment, got, want)
		}
	}
}

func TestIncludeParent(t *testing.T) { onEach(t, testIncludeParent) }

func testIncludeParent(t *testing.T, s *store.Store) {
	parent := logDoc("log_1", "pr_1", `, "prompt_cost": 0.10`)
	put(t, s, parent)
	put(t, s, `{"id":"ev_log_1","parent_id":"log_1","parent":null,"evaluator":{"id":"ev_1","version_id":"evv_1"}}`)
	alone := `{"id":"ev_log_2","parent_id":"log_gone","evaluator":{"id":"ev_1","version_id":"evv_1"}}`
	put(t, s, alone)
	list := func(with bool) string {
		raw, err := s.Logs(t.Context(), api.LogQuery{FileID: "ev_1", Size: 9, IncludeParent: with})
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	want := `{"id":"ev_log_1","parent_id":"log_1","parent":` + parent + `,"evaluator"`
	if got := list(true); !strings.Contains(got, want) || !strings.Contains(got, alone) {
		t.Errorf("with parents: %s", got)
	}
	if got := list(false); strings.Contains(got, parent) {
		t.Errorf("without: %s", got)
	}
}

// TestTotalSettles searches for a word whose letters many logs have and few in a row: whatever the
// first page says, the pages after it, and it itself when it is asked for again, tell how many
// there are.
func TestTotalSettles(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	const n = 2600
	var entries []*store.Entry
	for i := range n {
		text := "abc bcd" // it has the letters of what is searched for, not the word
		if i%4 == 0 {
			text = "abcd"
		}
		e, err := store.Prepare([]byte(logDoc(fmt.Sprint("log_", i), "pr_1", fmt.Sprintf(`, "output": %q`, text))))
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	if _, err := s.ImportAll(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
	total := func(page int) int {
		raw, err := s.Logs(t.Context(), api.LogQuery{FileID: "pr_1", Page: page, Size: 5, Search: "ABCD"})
		if err != nil {
			t.Fatal(err)
		}
		p, err := model.ParsePage(raw)
		if err != nil || len(p.Logs) != 5 {
			t.Fatalf("%v: %s", err, raw)
		}
		return p.Total
	}
	if got := total(1); got < n/4 || got > n {
		t.Errorf("the first page says %d of %d logs, %d of which have the word", got, n, n/4)
	}
	for _, page := range []int{2, 1} {
		if got := total(page); got != n/4 {
			t.Errorf("page %d says %d logs, %d have the word", page, got, n/4)
		}
	}
}
