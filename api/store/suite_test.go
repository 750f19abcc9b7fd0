package store_test

import (
	"path/filepath"
	"testing"

	"errata/api"
	"errata/api/apitest"
	"errata/api/store"
)

func TestConformance(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]func(t *testing.T) string{
		"file":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "errata.db") },
		"memory": func(*testing.T) string { return ":memory:" },
		"server": func(t *testing.T) string { return onPostgres(t).database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			apitest.BackendSuite(t, func(t *testing.T, seed apitest.Seed) api.Backend {
				s := open(t, path(t))
				var entries []*store.Entry
				for _, raw := range seed.Logs {
					e, err := store.Prepare(raw)
					if err != nil {
						t.Fatal(err)
					}
					entries = append(entries, e)
				}
				if _, err := s.ImportAll(t.Context(), entries); err != nil {
					t.Fatal(err)
				}
				return s
			})
		})
	}
}

// open opens a store that is closed with the test.
func open(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}
