package store_test

import (
	"fmt"
	"testing"

	"errata/api"
	"errata/api/rules"
	"errata/api/store"
)

// TestPatchIsFound changes one field after the other, and searches for what each of them holds by
// then: a PATCH writes the texts that it changes, and no others.
func TestPatchIsFound(t *testing.T) { onEach(t, testPatchIsFound) }

func testPatchIsFound(t *testing.T, s *store.Store) {
	put(t, s, logDoc("log_1", "pr_1", `, "output": "whelk", "error": "oyster", "metadata": {"a": "mussel"}, "messages": [{"role": "user", "content": "cockle"}]`))
	everywhere := []string{rules.SearchAll}
	holds := map[string]string{"output": "whelk", "error": "oyster", "messages": "cockle"}
	for _, change := range []struct{ field, word, value string }{
		{"error", "urchin", `"urchin"`},
		{"output", "kelp", `"kelp"`},
		{"prompt_tokens", "", `7`},
		{"messages", "limpet", `[{"role":"user","content":"limpet"}]`},
		{"metadata", "", `{"a":"barnacle"}`},
	} {
		if _, err := s.UpdateLog(t.Context(), "pr_1", "log_1", fmt.Appendf(nil, `{%q:%s}`, change.field, change.value), ""); err != nil {
			t.Fatal(err)
		}
		if was := holds[change.field]; was != "" {
			holds[change.field] = change.word
			if got, _ := ids(t, s, api.LogQuery{FileID: "pr_1", Size: 9, Search: was, SearchIn: everywhere}); len(got) != 0 {
				t.Errorf("%s is found still, behind %s", was, change.value)
			}
		}
		for _, word := range holds {
			if got, _ := ids(t, s, api.LogQuery{FileID: "pr_1", Size: 9, Search: word, SearchIn: everywhere}); len(got) != 1 {
				t.Errorf("%s is not found, behind %s", word, change.value)
			}
		}
	}
	if got, _ := ids(t, s, api.LogQuery{FileID: "pr_1", Size: 9, MetadataSearch: "barnacle"}); len(got) != 1 {
		t.Error("the metadata are not found")
	}
}
