package store_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"errata/api/store"
)

// What BenchmarkServerPatch asks, and how long.
const (
	patchedLogs    = 1000
	patchedClients = 8
	patchedTurns   = 5 // of each row, one after the other
	patchedTurn    = 2 * time.Second
)

// barePatch is the least that a PATCH could be: one durable update of a row with the same document,
// which has one more index, for its id.
const barePatch = `\set id random(0, 999)
UPDATE bare SET doc = convert_to(repeat('the tide comes in ', 110) || :id, 'UTF8'), hash = sha256(convert_to(:id::text, 'UTF8')) WHERE id = 'log_' || :id;
`

// BenchmarkServerPatch compares the PATCH of a store on PostgreSQL with a durable update by
// pgbench, of 8 clients, in turns: of a field that no search reads, and of one that it does.
//
//	go test ./api/store -run '^$' -bench ServerPatch -benchtime 1x
func BenchmarkServerPatch(b *testing.B) {
	p, err := findServer()
	if err != nil {
		b.Skip(err)
	}
	if p.own != nil {
		b.Cleanup(p.own.Remove)
	}
	address := p.database(b)
	s := fillPatched(b, address)
	rows := []string{"pgbench", "prompt_tokens", "output"}
	rates, took := map[string][]float64{}, map[string][]time.Duration{}
	for b.Loop() {
		for range patchedTurns {
			for _, row := range rows {
				if row == "pgbench" {
					rates[row] = append(rates[row], pgbench(b, address))
					continue
				}
				all := patched(b, s, row)
				took[row] = append(took[row], all...)
				rates[row] = append(rates[row], float64(len(all))/patchedTurn.Seconds())
			}
		}
	}
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("\nload %s%-14s %8s %8s %8s %8s %8s\n", load, "", "a second", "of bare", "p50 ms", "p95", "p99")
	for _, row := range rows {
		slices.Sort(rates[row])
		slices.Sort(took[row])
		middle := rates[row][len(rates[row])/2]
		fmt.Printf("%-14s %8.0f %8.2f", row, middle, middle/rates["pgbench"][len(rates["pgbench"])/2])
		for _, share := range []int{50, 95, 99} {
			if n := len(took[row]); n > 0 {
				fmt.Printf(" %8.2f", float64(took[row][n*share/100].Microseconds())/1e3)
			}
		}
		fmt.Println()
	}
	b.ReportMetric(0, "ns/op")
}

// fillPatched makes the logs, and the rows for pgbench.
func fillPatched(b *testing.B, address string) *store.Store {
	b.Helper()
	s, err := store.Open(b.Context(), address, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	var entries []*store.Entry
	for i := range patchedLogs {
		e, err := store.Prepare([]byte(logDoc(fmt.Sprint("log_", i), "pr_1", `,"prompt_tokens":0,"output":"`+strings.Repeat("the tide comes in ", 110)+`"`)))
		if err != nil {
			b.Fatal(err)
		}
		entries = append(entries, e)
	}
	if _, err := s.ImportAll(b.Context(), entries); err != nil {
		b.Fatal(err)
	}
	if err := store.Execute(b.Context(), address, `CREATE TABLE bare AS SELECT convert_from(id, 'UTF8') AS id, hash, doc FROM logs; CREATE UNIQUE INDEX ON bare (id)`); err != nil {
		b.Fatal(err)
	}
	return s
}

// patched has the clients change a field for one turn, and gives how long each PATCH took.
func patched(b *testing.B, s *store.Store, field string) (all []time.Duration) {
	var mu sync.Mutex
	var done sync.WaitGroup
	texts := strings.Repeat("the tide comes in ", 110) + `"}`
	end := time.Now().Add(patchedTurn)
	for range patchedClients {
		done.Go(func() {
			for time.Now().Before(end) {
				body := fmt.Appendf(nil, `{"prompt_tokens":%d}`, rand.IntN(1<<20))
				if field == "output" {
					body = append(fmt.Appendf(make([]byte, 0, len(texts)+32), `{"output":"%d`, rand.IntN(1<<20)), texts...)
				}
				began := time.Now()
				if _, err := s.UpdateLog(b.Context(), "pr_1", fmt.Sprint("log_", rand.IntN(patchedLogs)), body, ""); err != nil {
					b.Error(err)
					return
				}
				mu.Lock()
				all = append(all, time.Since(began))
				mu.Unlock()
			}
		})
	}
	done.Wait()
	return all
}

var pgbenchRate = regexp.MustCompile(`tps = ([0-9.]+)`)

// pgbench is how many updates a second pgbench makes.
func pgbench(b *testing.B, address string) float64 {
	b.Helper()
	script := filepath.Join(b.TempDir(), "bare.sql")
	if err := os.WriteFile(script, []byte(barePatch), 0o600); err != nil {
		b.Fatal(err)
	}
	path, err := exec.LookPath("pgbench")
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench"); err != nil && len(found) > 0 {
		path = slices.Max(found)
	}
	out, err := exec.CommandContext(b.Context(), path, "-n", "-M", "prepared", "-c", strconv.Itoa(patchedClients), "-j", "2",
		"-T", strconv.Itoa(int(patchedTurn.Seconds())), "-f", script, address).CombinedOutput()
	found := pgbenchRate.FindSubmatch(out)
	if err != nil || found == nil {
		b.Fatalf("pgbench: %v\n%s", err, bytes.TrimSpace(out))
	}
	rate, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		b.Fatal(err)
	}
	return rate
}
