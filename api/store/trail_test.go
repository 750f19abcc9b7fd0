package store_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"errata/api"
	"errata/api/store"
)

// hay fills a store with logs of one prompt, nearly all of which hold a word: more than are all
// read to answer a list.
func hay(t *testing.T, s *store.Store, n int) {
	t.Helper()
	var entries []*store.Entry
	for i := range n {
		word := "hay"
		if i%7 == 3 {
			word = "needle"
		}
		doc := logDoc(fmt.Sprintf("log_%05d", i), "pr_1", fmt.Sprintf(`, "created_at": "2024-01-%02dT00:00:00Z", "output": "%s"`, 1+i%28, word))
		e, err := store.Prepare([]byte(doc))
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	if _, err := s.ImportAll(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
}

// Pages of a long search are those of one list, in whatever order they are asked for, and so they
// are after the list has changed.
func TestPagesOfALongSearch(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(t *testing.T) *store.Store{
		"sqlite":   func(t *testing.T) *store.Store { return open(t, filepath.Join(t.TempDir(), "errata.db")) },
		"postgres": func(t *testing.T) *store.Store { return open(t, onPostgres(t).database(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t)
			hay(t, s, 3000)
			q := api.LogQuery{FileID: "pr_1", Search: "hay", Size: 100}
			compare := func(order []int) {
				t.Helper()
				all := scanned(t, s, api.ScanQuery{Files: []string{"pr_1"}, Search: "hay"})
				for _, q.Page = range order {
					got, _ := ids(t, s, q)
					from := min((q.Page-1)*q.Size, len(all))
					if want := all[from:min(from+q.Size, len(all))]; !slices.Equal(got, want) {
						t.Fatalf("page %d of %d: %d logs from %v, want %d from %v", q.Page, q.Size, len(got), got[:min(1, len(got))], len(want), want[:min(1, len(want))])
					}
				}
			}
			forward := make([]int, 27)
			for i := range forward {
				forward[i] = i + 1
			}
			back := slices.Clone(forward)
			slices.Reverse(back)
			compare(forward)
			compare(back)
			q.Size = 37
			compare([]int{1, 2, 60, 3, 30, 69, 70, 71, 5})
			if err := s.DeleteLogs(t.Context(), []string{"log_00027", "log_02999"}); err != nil {
				t.Fatal(err)
			}
			compare([]int{2, 3, 60, 1, 2})
		})
	}
}
