package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"errata/api/store"
	"errata/model"
)

// idIn is the id that is in a log.
func idIn(t *testing.T, doc []byte) string {
	t.Helper()
	log, err := model.ParseLog(doc)
	if err != nil {
		t.Fatalf("%v\n%.80s", err, doc)
	}
	return log.Head().ID
}

// TestWalk wants all logs of a file in the order of storing, as they were stored, large ones among
// them: of a file that has most of the logs of the store, and of one with a third of them. One that
// is deleted on the way may have been read before.
func TestWalk(t *testing.T) {
	t.Parallel()
	for _, files := range []int{1, 3} {
		t.Run(fmt.Sprint(files), func(t *testing.T) {
			onEach(t, func(t *testing.T, s *store.Store) { walkThrough(t, s, files) })
		})
	}
}

func walkThrough(t *testing.T, s *store.Store, files int) {
	t.Helper()
	var want []string
	docs := map[string]string{}
	var all []*store.Entry
	for i := range 3000 {
		id := fmt.Sprintf("log_%d", i)
		more := fmt.Sprintf(`,"created_at":"2025-07-%02dT10:00:00"`, 1+i*7%28)
		switch {
		case i%900 == 0:
			more += `,"output":"` + strings.Repeat("x", 5<<20) + `"`
		case i%150 == 0:
			more += `,"output":"` + strings.Repeat("y", 400<<10) + `"`
		}
		doc := logDoc(id, fmt.Sprintf("pr_%d", i%files), more)
		e, err := store.Prepare([]byte(doc))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
		if i%files == 0 {
			want, docs[id] = append(want, id), doc
		}
	}
	if _, err := s.ImportAll(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	var got []string
	err := s.Walk(t.Context(), "pr_0", func(doc []byte) error {
		id := idIn(t, doc)
		if string(doc) != docs[id] {
			t.Errorf("%s has %.60s", id, doc)
		}
		if got = append(got, id); len(got) == 1 {
			return s.DeleteLogs(t.Context(), []string{"log_2997"})
		}
		return nil
	})
	same := func(list []string) []string {
		return slices.DeleteFunc(list, func(id string) bool { return id == "log_2997" })
	}
	if got, want = same(got), same(want); err != nil || !slices.Equal(got, want) {
		t.Errorf("%d logs, want %d; %v", len(got), len(want), err)
	}
}
