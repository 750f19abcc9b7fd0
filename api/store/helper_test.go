package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"errata/api"
	"errata/api/store"
	"errata/model"
)

// logDoc is a document; rest holds more members, each with a comma before it.
func logDoc(id, prompt, rest string) string {
	return fmt.Sprintf(`{"id": %q, "prompt": {"id": %q, "version_id": "prv_1", "path": "a/%[2]s", "name": %[2]q}%s}`, id, prompt, rest)
}

func put(t *testing.T, s *store.Store, doc string) store.Imported {
	t.Helper()
	did, err := s.Import(t.Context(), []byte(doc))
	if err != nil {
		t.Fatalf("%v\n%s", err, doc)
	}
	return did
}

func get(t *testing.T, s *store.Store, id string) string {
	t.Helper()
	doc, err := s.Log(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return string(doc.Raw)
}

// ids lists the ids of a page of logs and its total.
func ids(t *testing.T, s *store.Store, q api.LogQuery) (list []string, total int) {
	t.Helper()
	raw, err := s.Logs(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	page, err := model.ParsePage(raw)
	if err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	for _, log := range page.Logs {
		list = append(list, log.Head().ID)
	}
	return list, page.Total
}

// fixedAt opens a store whose clock stands still and whose ids count.
func fixedAt(t *testing.T, address string) *store.Store {
	t.Helper()
	n := 0
	s, err := store.Open(context.Background(), address, store.Options{
		Now:   func() time.Time { return time.Date(2025, 6, 1, 14, 30, 0, 0, time.FixedZone("", 2*3600)) },
		NewID: func(prefix string) string { n++; return fmt.Sprintf("%s%d", prefix, n) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// onEach runs a test on an empty store of each kind, with fixed time and ids, and checks the store
// afterwards.
func onEach(t *testing.T, test func(t *testing.T, s *store.Store)) {
	t.Parallel()
	for name, address := range map[string]func(t *testing.T) string{
		"sqlite":   func(*testing.T) string { return ":memory:" },
		"postgres": func(t *testing.T) string { return onPostgres(t).database(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := fixedAt(t, address(t))
			test(t, s)
			sound(t, s)
		})
	}
}
