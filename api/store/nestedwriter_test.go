package store_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
)

// measuring is a writer that knows how much was written at once.
type measuring struct {
	bytes.Buffer
	most int
}

func (p *measuring) Write(b []byte) (int, error) {
	p.most = max(p.most, len(b))
	return p.Buffer.Write(b)
}

// TestLargeFamilies wants logs that are shown within others to be written one by one, whatever all
// of them come to.
func TestLargeFamilies(t *testing.T) {
	const size = 3 << 20
	onEach(t, func(t *testing.T, s *store.Store) {
		large := func(id, own, rest string) string {
			return fmt.Sprintf(`{"id":%q,%s,"created_at":"2025-03-01T10:00:00"%s,"output":%q}`, id, own, rest, strings.Repeat("x", size))
		}
		prompt, flow, judge := `"prompt":{"id":"pr_1"}`, `"flow":{"id":"fl_1"}`, `"evaluator":{"id":"ev_1"}`
		within := func(id string) string { return fmt.Sprintf(`,"trace_parent_id":%q,"trace_id":%[1]q`, id) }
		docs := map[string]string{
			"top":   large("top", flow, `,"trace_children":[1]`),
			"a":     large("a", prompt, within("top")),
			"inner": large("inner", `"flow":{"id":"fl_2"}`, within("top")),
			"b":     large("b", prompt, within("inner")),
			"c":     large("c", prompt, within("inner")),
			"judge": large("judge", judge, `,"parent_id":"a"`),
		}
		for _, id := range []string{"top", "a", "inner", "b", "c", "judge"} {
			put(t, s, docs[id])
		}
		page := func(doc string) string { return `{"records":[` + doc + `],"page":1,"size":9,"total":1}` }
		inner := strings.TrimSuffix(docs["inner"], "}") + `,"trace_children":[` + docs["b"] + "," + docs["c"] + "]}"
		for _, c := range []struct {
			name string
			q    api.LogQuery
			want string
		}{
			{"children", api.LogQuery{FileID: "fl_1", Size: 9, IncludeTraceChildren: true},
				strings.Replace(docs["top"], `[1]`, "["+docs["a"]+","+inner+"]", 1)},
			{"parent", api.LogQuery{FileID: "ev_1", Size: 9, IncludeParent: true},
				strings.TrimSuffix(docs["judge"], "}") + `,"parent":` + docs["a"] + "}"},
		} {
			var got measuring
			if err := s.WriteLogs(t.Context(), c.q, &got); err != nil {
				t.Fatal(err)
			}
			if got.String() != page(c.want) {
				t.Errorf("%s: the page is of %d bytes, want %d", c.name, got.Len(), len(page(c.want)))
			}
			if got.most > 2*size {
				t.Errorf("%s: %d bytes were written at once", c.name, got.most)
			}
			c.q.Cut = 100
			got = measuring{}
			if err := s.WriteLogs(t.Context(), c.q, &got); err != nil {
				t.Fatal(err)
			}
			if got.Len() > 2000 {
				t.Errorf("%s: cut to %d bytes", c.name, got.Len())
			}
		}
	})
}

// TestSearchesOfLargeLogs wants large logs to be found among many, and among few.
func TestSearchesOfLargeLogs(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	text := strings.Repeat("common words ", 400_000)
	put(t, s, logDoc("log_large", "pr_1", fmt.Sprintf(`,"output":%q`, text+"needle")))
	put(t, s, logDoc("log_other", "pr_1", fmt.Sprintf(`,"output":%q`, text)))
	put(t, s, logDoc("log_small", "pr_1", `,"output":"common words and a needle"`))
	found := func(word string, size, want int) {
		t.Helper()
		list, _ := ids(t, s, api.LogQuery{FileID: "pr_1", Search: word, Size: size})
		if len(list) != want {
			t.Errorf("%q is in %d logs, want %d", word, len(list), want)
		}
	}
	found("needle", 9, 2)
	found("common words", 9, 3)
	many(t, s, 2100)
	found("needle", 9, 2)
	found("common words", 3000, 2103)
}

// many stores so many small logs.
func many(t *testing.T, s *store.Store, n int) {
	t.Helper()
	entries := make([]*store.Entry, n)
	for i := range entries {
		var err error
		if entries[i], err = store.Prepare([]byte(logDoc(fmt.Sprint("log_many_", i), "pr_1", `,"output":"common words"`))); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.ImportAll(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
}
