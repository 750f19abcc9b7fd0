package server_test

import (
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"testing"

	"errata/api"
	"errata/api/apitest"
	"errata/api/server"
	"errata/api/store"
)

// testKey is the key of every server of these tests.
const testKey = "test-key"

// TestConformance runs the suite over a client, a server and a store: once over a port, once within
// the process.
func TestConformance(t *testing.T) {
	t.Parallel()
	t.Run("port", func(t *testing.T) {
		t.Parallel()
		apitest.BackendSuite(t, func(t *testing.T, seed apitest.Seed) api.Backend {
			srv := httptest.NewServer(server.New(seeded(t, seed), server.Options{Allow: server.Only(testKey, "")}))
			t.Cleanup(srv.Close)
			return client(t, api.Options{BaseURL: address(t, srv.URL+"/v5")})
		})
	})
	t.Run("memory", func(t *testing.T) {
		t.Parallel()
		apitest.BackendSuite(t, func(t *testing.T, seed apitest.Seed) api.Backend {
			h := server.New(seeded(t, seed), server.Options{Allow: server.Only(testKey, "")})
			return client(t, api.Options{BaseURL: address(t, "http://embedded/v5"), Transport: api.InMemory(h)})
		})
	})
}

func seeded(t *testing.T, seed apitest.Seed) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "errata.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
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
}

func client(t *testing.T, o api.Options) api.Backend {
	t.Helper()
	o.Key = testKey
	c, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func address(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
