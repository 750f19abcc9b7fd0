package store_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"errata/api"
	"errata/api/store"
	"errata/model"
)

// haystack is a store whose index has everything: finished blocks, logs that changed and went
// since, logs of another file, and new ones. texts holds what each log of the file may be found by.
type haystack struct {
	s     *store.Store
	texts map[string]string // id → output as kept
	notes map[string]string // id → metadata as kept
	order []string          // ids, newest first
}

// pieces are what texts are made of: letters with and without cases, beyond ASCII, and such that
// are hard to keep.
var pieces = []string{"a", "b", "A", "é", "É", "ß", "İ", "ſ", "天", "気", "\U0001F600", " ", "ab", "tide", "Water", "100%", "_", `\"`, `\\`, `\n`, `\u0000`, `\ud800`, "\u212a", "σς"}

func someText(r *rand.Rand, n int) string {
	var b strings.Builder
	for range r.IntN(n) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func newHaystack(t *testing.T, s *store.Store, seed uint64, n int) *haystack {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	h := &haystack{s: s, texts: map[string]string{}, notes: map[string]string{}}
	var entries []*store.Entry
	for i := range n {
		id := fmt.Sprintf("log_%05d", i)
		file := "pr_1"
		if i%5 == 4 {
			file = "pr_2"
		} else {
			h.texts[id], h.notes[id] = someText(r, 12), someText(r, 6)
			h.order = append(h.order, id)
		}
		doc := logDoc(id, file, fmt.Sprintf(`, "created_at": "2024-01-01T00:00:00Z", "output": "%s", "metadata": {"note": "%s"}`, h.texts[id], h.notes[id]))
		e, err := store.Prepare([]byte(doc))
		if err != nil {
			t.Fatalf("%v\n%s", err, doc)
		}
		entries = append(entries, e)
	}
	// In parts of odd sizes, so that blocks are finished by several transactions.
	for len(entries) > 0 {
		part := min(1+r.IntN(3000), len(entries))
		if _, err := h.s.ImportAll(t.Context(), entries[:part]); err != nil {
			t.Fatal(err)
		}
		entries = entries[part:]
	}
	slices.Reverse(h.order)
	for range 40 {
		i := r.IntN(len(h.order))
		id := h.order[i]
		if r.IntN(4) == 0 {
			h.order = slices.Delete(h.order, i, i+1)
			if err := h.s.DeleteLogs(t.Context(), []string{id}); err != nil {
				t.Fatal(err)
			}
			continue
		}
		h.texts[id] = someText(r, 12)
		if _, err := h.s.UpdateLog(t.Context(), "pr_1", id, []byte(`{"output":"`+h.texts[id]+`"}`), ""); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// decoded is the text that a literal without its quotes stands for.
func decoded(t *testing.T, literal string) string {
	t.Helper()
	text, ok := model.Raw([]byte(`"` + literal + `"`)).Text()
	if !ok {
		t.Fatalf("%q is not a string", literal)
	}
	return text
}

// caseless is another way to leave cases aside than the store's: each rune becomes the whole of its
// orbit.
func caseless(text string) string {
	var b strings.Builder
	for _, r := range text {
		least := r
		for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
			least = min(least, o)
		}
		b.WriteRune(least)
	}
	return b.String()
}

// TestSearchIsAScan compares searches with looking at each log in turn.
func TestSearchIsAScan(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		searchIsAScan(t, open(t, filepath.Join(t.TempDir(), "errata.db")))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		searchIsAScan(t, open(t, onPostgres(t).database(t)))
	})
}

func searchIsAScan(t *testing.T, s *store.Store) {
	const n = 8700 // a block and some
	h := newHaystack(t, s, 5, n)
	r := rand.New(rand.NewPCG(9, 9))
	texts, notes := map[string]string{}, map[string]string{}
	for _, id := range h.order {
		texts[id] = caseless(`"` + decoded(t, h.texts[id]) + `"`)
		notes[id] = caseless(`{"note": "` + decoded(t, h.notes[id]) + `"}`)
	}
	for range 60 {
		id := h.order[r.IntN(len(h.order))]
		whole := []rune(decoded(t, h.texts[id]))
		var q api.LogQuery
		if len(whole) > 0 {
			from := r.IntN(len(whole))
			q.Search = string(whole[from:min(len(whole), from+1+r.IntN(7))])
		}
		if strings.ContainsRune(q.Search, '\uFFFD') {
			continue // part of what is no character
		}
		if r.IntN(3) == 0 {
			q.Search = strings.ToUpper(q.Search)
		}
		if r.IntN(4) == 0 {
			q.MetadataSearch = pieces[r.IntN(10)]
		}
		if r.IntN(5) == 0 {
			q.IDs = []string{id[r.IntN(5) : 6+r.IntN(4)]}
		}
		text, note := caseless(q.Search), caseless(q.MetadataSearch)
		var want []string
		for _, id := range h.order {
			hit := strings.Contains(texts[id], text) && strings.Contains(notes[id], note)
			if hit && (len(q.IDs) == 0 || strings.Contains(id, q.IDs[0])) {
				want = append(want, id)
			}
		}
		h.check(t, q, want)
	}
	sound(t, h.s)
}

// check reads a search page by page.
func (h *haystack) check(t *testing.T, q api.LogQuery, want []string) {
	t.Helper()
	q.FileID, q.Size = "pr_1", 40
	for q.Page = 1; q.Page <= 3; q.Page++ {
		got, total := ids(t, h.s, q)
		from := min((q.Page-1)*q.Size, len(want))
		if page := want[from:min(from+q.Size, len(want))]; !slices.Equal(got, page) {
			t.Fatalf("%+q, page %d: %v, want %v", q.Search, q.Page, got, page)
		}
		// The first total of a search that very many match may be a bound; the exact one follows.
		for total > len(want) && t.Context().Err() == nil {
			_, total = ids(t, h.s, api.LogQuery{FileID: q.FileID, Size: 1, Page: 2, Search: q.Search, MetadataSearch: q.MetadataSearch, IDs: q.IDs})
		}
		if total != len(want) {
			t.Errorf("%+q, page %d: total %d, want %d", q.Search, q.Page, total, len(want))
		}
	}
}

// TestPagesOfMany compares every way to page through a list with the list, while logs come, move
// and go.
func TestPagesOfMany(t *testing.T) {
	t.Parallel()
	h := newHaystack(t, open(t, filepath.Join(t.TempDir(), "errata.db")), 6, 6500) // more than one mark counts, in each scope
	r := rand.New(rand.NewPCG(2, 2))
	for i := range 150 {
		id := h.order[r.IntN(len(h.order))]
		at := fmt.Sprintf("2024-0%d-%02dT00:00:00Z", 1+r.IntN(3), 1+r.IntN(28))
		if _, err := h.s.UpdateLog(t.Context(), "pr_1", id, []byte(`{"created_at":"`+at+`"}`), ""); err != nil {
			t.Fatal(err)
		}
		if i%10 == 0 {
			put(t, h.s, logDoc(fmt.Sprint("late_", i), "pr_1", `, "created_at": "`+at+`"`))
		}
	}
	for _, q := range []api.LogQuery{{}, {VersionID: "prv_1"}, {StartDate: "2024-01-01", EndDate: "2024-02-10"}, {StartDate: "2024-01-02"}, {EndDate: "2024-01-01"}} {
		q.FileID, q.Size = "pr_1", 1000
		var all []string
		total := -1
		for q.Page = 1; total < 0 || len(all) < total; q.Page++ {
			var part []string
			if part, total = ids(t, h.s, q); len(part) == 0 {
				t.Fatalf("page %d of %+v is empty, total %d, seen %d", q.Page, q, total, len(all))
			}
			all = append(all, part...)
		}
		if len(all) != total {
			t.Errorf("%+v has %d logs, total %d", q, len(all), total)
		}
		for range 20 {
			q.Size = 1 + r.IntN(60)
			q.Page = 1 + r.IntN(len(all)/q.Size+2)
			from := min((q.Page-1)*q.Size, len(all))
			got, n := ids(t, h.s, q)
			if want := all[from:min(from+q.Size, len(all))]; !slices.Equal(got, want) || n != total {
				t.Errorf("%+v: %v, total %d, want %v, %d", q, got, n, want, total)
			}
		}
	}
	sound(t, h.s)
}
