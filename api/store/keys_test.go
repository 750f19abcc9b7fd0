package store_test

import (
	"bytes"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"errata/api"
	"errata/api/store"
)

func TestKeys(t *testing.T) { onEach(t, testKeys) }

func testKeys(t *testing.T, s *store.Store) {
	laptop := addKey(t, s, "laptop")
	server := addKey(t, s, "server")
	form := regexp.MustCompile(`^errata_[A-Za-z0-9_-]{43}$`)
	if !form.MatchString(laptop) || laptop == server {
		t.Errorf("secrets %s and %s", laptop, server)
	}
	if _, err := s.AddKey(t.Context(), "laptop", api.WriteScope, time.Time{}); api.CodeOf(err) != api.Conflict {
		t.Errorf("a second key of one name: %v", err)
	}
	if _, err := s.AddKey(t.Context(), " ", api.WriteScope, time.Time{}); err == nil {
		t.Error("a key without a name was made")
	}
	checkKeys(t, s, map[string]bool{laptop: true, server: true, "": false, laptop[:len(laptop)-1]: false, laptop + "x": false, "errata_": false})

	if ok, err := s.RevokeKey(t.Context(), "laptop"); !ok || err != nil {
		t.Errorf("revoked %v, %v", ok, err)
	}
	for _, name := range []string{"laptop", "unknown"} {
		if ok, err := s.RevokeKey(t.Context(), name); ok || err != nil {
			t.Errorf("revoking %s: %v, %v", name, ok, err)
		}
	}
	checkKeys(t, s, map[string]bool{laptop: false, server: true})

	again := addKey(t, s, "laptop")
	checkKeys(t, s, map[string]bool{laptop: false, again: true})
	keys, err := s.Keys(t.Context())
	if err != nil || len(keys) != 3 {
		t.Fatalf("keys %v, %v", keys, err)
	}
	for i, want := range []struct {
		name    string
		revoked bool
	}{{"laptop", true}, {"server", false}, {"laptop", false}} {
		if k := keys[i]; k.Name != want.name || k.Created.IsZero() || k.Revoked.IsZero() == want.revoked {
			t.Errorf("key %+v, want %+v", k, want)
		}
	}
}

// TestSecretIsNotStored looks for a secret in the file.
func TestSecretIsNotStored(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "errata.db")
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	secret := addKey(t, s, "laptop")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file := read(t, path)
	if !bytes.Contains(file, []byte("laptop")) {
		t.Fatal("the key is not in the file")
	}
	if bytes.Contains(file, []byte(secret[len("errata_"):])) {
		t.Error("the secret is in the file")
	}
}

func addKey(t *testing.T, s *store.Store, name string) string {
	t.Helper()
	secret, err := s.AddKey(t.Context(), name, api.WriteScope, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func checkKeys(t *testing.T, s *store.Store, want map[string]bool) {
	t.Helper()
	for secret, holds := range want {
		if got, err := s.HasKey(t.Context(), secret); got != holds || err != nil {
			t.Errorf("key %q: %v, %v, want %v", secret, got, err, holds)
		}
	}
}
