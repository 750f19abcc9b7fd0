package store_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"errata/api"
)

// A search finds what was written since the last one, by this store and by another on the same
// database, through whichever connection it reads.
func TestASearchFindsWhatWasJustWritten(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		findsWhatWasJustWritten(t, filepath.Join(t.TempDir(), "errata.db"))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		findsWhatWasJustWritten(t, onPostgres(t).database(t))
	})
}

func findsWhatWasJustWritten(t *testing.T, address string) {
	here, there := open(t, address), open(t, address)
	var want []string
	for round := range 12 {
		id := fmt.Sprintf("log_%02d", round)
		writer := here
		if round%3 == 1 {
			writer = there
		}
		put(t, writer, logDoc(id, "pr_1", fmt.Sprintf(`, "created_at": "2024-01-01T00:00:%02dZ", "output": "clover"`, round)))
		want = slices.Insert(want, 0, id)
		if round%4 == 3 {
			gone := want[len(want)-1]
			want = want[:len(want)-1]
			if _, err := there.UpdateLog(t.Context(), "pr_1", gone, []byte(`{"output":"sorrel"}`), ""); err != nil {
				t.Fatal(err)
			}
		}
		for range 5 { // there are several connections
			if got, _ := ids(t, here, api.LogQuery{FileID: "pr_1", Size: 100, Search: "CLOVER"}); !slices.Equal(got, want) {
				t.Fatalf("round %d: found %v, want %v", round, got, want)
			}
		}
	}
}

// A search finds what is left when the newest logs are gone, of which blocks of the index were
// full.
func TestASearchAfterTheNewestAreGone(t *testing.T) {
	t.Parallel()
	s := open(t, filepath.Join(t.TempDir(), "errata.db"))
	hay(t, s, 16100)
	var gone []string
	for i := 5000; i < 16100; i++ {
		gone = append(gone, fmt.Sprintf("log_%05d", i))
	}
	if err := s.DeleteLogs(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	if got, total := ids(t, s, api.LogQuery{FileID: "pr_1", Size: 100, Search: "needle"}); len(got) != 100 || total != 714 {
		t.Errorf("found %d of %d", len(got), total)
	}
}
