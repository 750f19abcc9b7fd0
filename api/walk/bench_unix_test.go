//go:build unix

package walk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/itchyny/gojq"

	"errata/api/jq"
	"errata/api/store"
	"errata/api/walk"
)

// BenchmarkWhere goes through 100,000 logs of 2 KB with an expression that few of them satisfy:
// those of a store, the same documents in memory through the package jq, and through gojq and
// encoding/json alone. Each tells logs a second, logs a second of processor time, and the memory
// that is in use at its end. ERRATA_BENCH_DIR names a folder with JSONL files of other logs.
func BenchmarkWhere(b *testing.B) {
	const where = `.metadata.set == "ovens" and .output_tokens > 990`
	docs := documents(b)
	b.Run("gojq", func(b *testing.B) {
		parsed, err := gojq.Parse(where)
		if err != nil {
			b.Fatal(err)
		}
		code, err := gojq.Compile(parsed)
		if err != nil {
			b.Fatal(err)
		}
		paced(b, len(docs), func() int {
			return parallel(docs, func(doc []byte) bool {
				d := json.NewDecoder(bytes.NewReader(doc))
				d.UseNumber()
				var v any
				_ = d.Decode(&v)
				got, _ := code.Run(v).Next()
				return got == true
			})
		})
	})
	b.Run("jq", func(b *testing.B) {
		expr, err := jq.Compile(where)
		if err != nil {
			b.Fatal(err)
		}
		paced(b, len(docs), func() int {
			return parallel(docs, func(doc []byte) bool {
				ok, _ := expr.Selects(context.Background(), doc)
				return ok
			})
		})
	})
	s := filled(b, docs)
	total := len(docs)
	docs = nil
	b.Run("store", func(b *testing.B) {
		paced(b, total, func() int {
			return len(walked(b, walk.New(walk.Source{Service: s, Scanner: s}, query(b, "--where "+where))))
		})
	})
}

// documents are the logs of ERRATA_BENCH_DIR, else 100,000 that are made up.
func documents(b *testing.B) (docs [][]byte) {
	if dir := os.Getenv("ERRATA_BENCH_DIR"); dir != "" {
		files, _ := filepath.Glob(filepath.Join(dir, "*", "logs", "*.jsonl"))
		for _, name := range files {
			raw, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			for line := range bytes.Lines(raw) {
				docs = append(docs, bytes.TrimSpace(line))
			}
		}
		return docs
	}
	words := strings.Repeat("the bread was dark at the rim and pale within, ", 12)
	for i := range 100_000 {
		docs = append(docs, fmt.Appendf(nil, `{"id":"log_%06d","prompt":{"id":"pr_1","path":"bakery/ask","version_id":"prv_1","name":"ask","model":"small-1"},`+
			`"created_at":"2025-05-%02dT10:%02d:%02d.%06dZ","metadata":{"set":"%s","row":%d},"inputs":{"question":"how long, at %d degrees?"},"error":null,`+
			`"messages":[{"role":"system","content":"%s"},{"role":"user","content":"%s"}],"output":"%s","output_tokens":%d,"prompt_tokens":412,"provider_latency":1.25}`,
			i, 1+i/86400%28, i/60%60, i%60, i, []string{"ovens", "stones"}[i%2], i, i%300, words[:400], words, words[:470], i%1000))
	}
	return docs
}

func filled(b *testing.B, docs [][]byte) *store.Store {
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "errata.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	for len(docs) > 0 {
		n := min(len(docs), 5000)
		var entries []*store.Entry
		for _, doc := range docs[:n] {
			e, err := store.Prepare(doc)
			if err != nil {
				b.Fatal(err)
			}
			entries = append(entries, e)
		}
		if _, err := s.ImportAll(b.Context(), entries); err != nil {
			b.Fatal(err)
		}
		docs = docs[n:]
	}
	return s
}

// parallel counts the documents that pass, on all cores.
func parallel(docs [][]byte, pass func([]byte) bool) int {
	var next, hits atomic.Int64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(docs); i = next.Add(1) - 1 {
				if pass(docs[i]) {
					hits.Add(1)
				}
			}
		})
	}
	all.Wait()
	return int(hits.Load())
}

// paced runs one pass over some logs and reports its pace.
func paced(b *testing.B, logs int, pass func() int) {
	var highest uint64
	hits := 0
	began, used := time.Now(), processor(b)
	n := 0
	for b.Loop() {
		hits = pass()
		n++
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		highest = max(highest, m.HeapInuse)
	}
	wall, cpu := time.Since(began).Seconds(), (processor(b) - used).Seconds()
	b.ReportMetric(float64(n*logs)/wall, "logs/s")
	b.ReportMetric(float64(n*logs)/cpu, "logs/cpu-s")
	b.ReportMetric(float64(highest)/(1<<20), "heap-MB")
	b.ReportMetric(float64(hits), "hits")
}

func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
