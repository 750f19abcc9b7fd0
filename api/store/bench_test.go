package store_test

import (
	"path/filepath"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
)

// BenchmarkOpen opens an up-to-date database, as every start of the program does, and closes it.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "errata.db")
	for b.Loop() {
		s, err := store.Open(b.Context(), path, store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLog reads and patches a small and a large log.
func BenchmarkLog(b *testing.B) {
	for name, size := range map[string]int{"10KB": 10 << 10, "10MB": 10 << 20} {
		s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "errata.db"), store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		doc := logDoc("log_1", "pr_1", `,"error":null,"output":"`+strings.Repeat("x", size)+`"`)
		if _, err := s.Import(b.Context(), []byte(doc)); err != nil {
			b.Fatal(err)
		}
		b.Run("get/"+name, func(b *testing.B) {
			b.SetBytes(int64(len(doc)))
			for b.Loop() {
				if _, err := s.Log(b.Context(), "log_1"); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("patch/"+name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				patch := []byte(`{"error":"a"}`)
				patch[10] += byte(i % 2)
				if _, err := s.UpdateLog(b.Context(), "pr_1", "log_1", patch, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSearch reads the first page of a search in a store of one finished block and some more
// logs: for a word that one log holds, that every third holds, and that none does.
func BenchmarkSearch(b *testing.B) {
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "errata.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	var entries []*store.Entry
	c := newCorpus()
	for i := range 9000 {
		e, err := store.Prepare(c.log(i))
		if err != nil {
			b.Fatal(err)
		}
		entries = append(entries, e)
	}
	if _, err := s.ImportAll(b.Context(), entries); err != nil {
		b.Fatal(err)
	}
	for name, word := range map[string]string{"rare": rareWord, "common": commonWord, "none": "xylophonist"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Logs(b.Context(), api.LogQuery{FileID: "pr_scale", Size: 10, Search: word}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPrepare makes a log of 2 KB ready to be stored; most of it is its signature.
func BenchmarkPrepare(b *testing.B) {
	doc := newCorpus().log(1)
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		if _, err := store.Prepare(doc); err != nil {
			b.Fatal(err)
		}
	}
}
