package store_test

import (
	"strings"
	"sync"
	"testing"

	"errata/api/store"
)

// TestLargeLogsAreChangedByManyAtOnce: a change of a large log is made before its transaction, and
// again where another was faster. Nothing of any of them is lost.
func TestLargeLogsAreChangedByManyAtOnce(t *testing.T) {
	t.Parallel()
	st, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	raw := `{"id":"log_1","prompt":{"id":"pr_1","path":"tides"},"output":"` + strings.Repeat("High water at the pier. ", 1<<16) + `","metadata":null,"error":null,"source":null,"prompt_tokens":1}`
	if _, err := st.Import(t.Context(), []byte(raw)); err != nil {
		t.Fatal(err)
	}
	patches := []string{`{"output":"low"}`, `{"error":"ebb"}`, `{"source":"pier"}`, `{"prompt_tokens":12}`, `{"metadata":{"a":1}}`}
	var all sync.WaitGroup
	for _, patch := range patches {
		all.Go(func() {
			if _, err := st.UpdateLog(t.Context(), "pr_1", "log_1", []byte(patch), ""); err != nil {
				t.Errorf("%s: %v", patch, err)
			}
		})
	}
	all.Wait()
	doc, err := st.Log(t.Context(), "log_1")
	if err != nil {
		t.Fatal(err)
	}
	for _, patch := range patches {
		if !strings.Contains(string(doc.Raw), strings.TrimSuffix(strings.TrimPrefix(patch, "{"), "}")) {
			t.Errorf("%s is lost in %s", patch, doc.Raw)
		}
	}
	if again, err := st.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"slack"}`), doc.ETag); err != nil || again.ETag == doc.ETag {
		t.Errorf("with the tag: %v", err)
	}
	if _, err := st.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"neap"}`), doc.ETag); err == nil {
		t.Error("an old tag is taken")
	}
}
