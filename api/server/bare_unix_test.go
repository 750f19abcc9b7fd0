//go:build unix

package server_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"errata/api/server"
	"errata/api/store"
)

// What BenchmarkBare asks, and how long.
const (
	bareLogs  = 5000
	bareTurns = 6 // of each side, one after the other
	bareTurn  = 400 * time.Millisecond
	bareKey   = "a-key-that-is-too-long-to-be-guessed"
)

// BenchmarkBare compares the server with the least that could be in its place, on the same file: a
// handler of net/http that checks a key, and reads one row or durably updates one. They take turns.
// For 1, 8 and 64 clients it tells the requests a second, those of the bare handler, what the one
// is of the other, how long the requests of the server took, and the time of processors that a
// request takes of either, that of its client included:
//
//	go test ./api/server -run '^$' -bench Bare -benchtime 1x
func BenchmarkBare(b *testing.B) {
	path := filepath.Join(b.TempDir(), "errata.db")
	s, err := store.Open(b.Context(), path, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	var entries []*store.Entry
	for i := range bareLogs {
		e, err := store.Prepare(bareDoc(fmt.Sprint("log_", i), []byte(`"error":null`)))
		if err != nil {
			b.Fatal(err)
		}
		entries = append(entries, e)
	}
	if _, err := s.ImportAll(b.Context(), entries); err != nil {
		b.Fatal(err)
	}
	full := atPort(b, server.New(s, server.Options{Allow: server.Only(bareKey, "")}))
	least := httptest.NewServer(newBareHandler(b, path))
	defer least.Close()
	bare := least.URL
	for _, method := range []string{http.MethodGet, http.MethodPatch} {
		for _, clients := range []int{1, 8, 64} {
			b.Run(fmt.Sprintf("%s/clients=%d", method, clients), func(b *testing.B) {
				for b.Loop() {
					compareBare(b, method, clients, full, bare)
				}
			})
		}
	}
}

// bareDoc is a log with a member of its own.
func bareDoc(id string, member []byte) []byte {
	return fmt.Appendf(nil, `{"id":"%s","prompt":{"id":"pr_1","path":"bare","version_id":"prv_1"},%s,"output":"%s"}`,
		id, member, strings.Repeat("the tide comes in ", 110))
}

// atPort serves on a port of this machine until the benchmark ends, and gives its address.
func atPort(b *testing.B, h http.Handler) string {
	b.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Limits{}.Serve(ctx, l, h, nil)
	}()
	b.Cleanup(func() {
		stop()
		<-ended
	})
	return "http://" + l.Addr().String()
}

// compareBare measures both sides in turns.
func compareBare(b *testing.B, method string, clients int, full, bare string) {
	var took [2][]time.Duration
	var used [2]time.Duration
	for range bareTurns {
		for side, at := range []string{full, bare} {
			before := processor(b)
			took[side] = append(took[side], asked(b, method, clients, at)...)
			used[side] += processor(b) - before
		}
	}
	rate := func(side int) float64 { return float64(len(took[side])) / (bareTurns * bareTurn.Seconds()) }
	b.ReportMetric(rate(0), "req/s")
	b.ReportMetric(rate(1), "bare-req/s")
	b.ReportMetric(rate(0)/rate(1), "of-bare")
	if b.Failed() {
		return
	}
	for side, name := range []string{"cpu-us", "bare-cpu-us"} {
		b.ReportMetric(float64(used[side].Microseconds())/float64(len(took[side])), name)
	}
	slices.Sort(took[0])
	for _, share := range []int{50, 95, 99} {
		b.ReportMetric(float64(took[0][len(took[0])*share/100].Microseconds())/1e3, fmt.Sprintf("p%d-ms", share))
	}
	b.ReportMetric(0, "ns/op")
}

// processor is the time of processors that this process has used.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// asked has some clients send requests for one turn, and gives how long each took.
func asked(b *testing.B, method string, clients int, at string) (all []time.Duration) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients, DisableCompression: true}}
	defer client.CloseIdleConnections()
	var mu sync.Mutex
	var done sync.WaitGroup
	end := time.Now().Add(bareTurn)
	for range clients {
		done.Go(func() {
			var took []time.Duration
			for i := 0; time.Now().Before(end); i++ {
				began := time.Now()
				if err := askOnce(client, method, at, i); err != nil {
					b.Error(err)
					return
				}
				took = append(took, time.Since(began))
			}
			mu.Lock()
			defer mu.Unlock()
			all = append(all, took...)
		})
	}
	done.Wait()
	return all
}

func askOnce(client *http.Client, method, at string, i int) error {
	path, body := fmt.Sprint("/v5/logs/log_", rand.IntN(bareLogs)), io.Reader(http.NoBody)
	if method == http.MethodPatch {
		path = fmt.Sprint("/v5/prompts/pr_1/log/log_", rand.IntN(bareLogs))
		body = bytes.NewReader(fmt.Appendf(nil, `{"error":"try %d"}`, i))
	}
	r, err := http.NewRequest(method, at+path, body)
	if err != nil {
		return err
	}
	r.Header.Set("X-API-KEY", bareKey)
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", res.Status, answer)
	}
	return err
}

// newBareHandler reads and updates logs in a file, and does nothing else.
func newBareHandler(b *testing.B, path string) http.Handler {
	read, err := sql.Open("sqlite", path+"?_query_only=1")
	if err != nil {
		b.Fatal(err)
	}
	read.SetMaxOpenConns(4)
	write, err := sql.Open("sqlite", path+"?_txlock=immediate&_busy_timeout=5000&_synchronous=FULL")
	if err != nil {
		b.Fatal(err)
	}
	write.SetMaxOpenConns(1)
	one, err := read.Prepare(`SELECT doc, hash FROM logs WHERE id = ?`)
	if err != nil {
		b.Fatal(err)
	}
	update, err := write.Prepare(`UPDATE logs SET doc = ? WHERE id = ?`)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _, _, _, _ = one.Close(), update.Close(), read.Close(), write.Close() })
	want := sha256.Sum256([]byte(bareKey))
	mux := http.NewServeMux()
	handle := func(pattern string, f func(w http.ResponseWriter, r *http.Request) error) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			sum := sha256.Sum256([]byte(r.Header.Get("X-API-KEY")))
			if subtle.ConstantTimeCompare(sum[:], want[:]) != 1 {
				w.WriteHeader(http.StatusUnauthorized)
			} else if err := f(w, r); err != nil {
				w.WriteHeader(http.StatusInternalServerError)
			}
		})
	}
	send := func(w http.ResponseWriter, doc []byte, hash []byte) {
		w.Header().Set("ETag", `"`+hex.EncodeToString(hash)+`"`)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(doc)))
		_, _ = w.Write(doc)
	}
	handle("GET /v5/logs/{id}", func(w http.ResponseWriter, r *http.Request) error {
		var doc, hash []byte
		if err := one.QueryRow(r.PathValue("id")).Scan(&doc, &hash); err != nil {
			return err
		}
		send(w, doc, hash)
		return nil
	})
	handle("PATCH /v5/prompts/{prompt}/log/{id}", func(w http.ResponseWriter, r *http.Request) error {
		patch, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		doc := bareDoc(r.PathValue("id"), patch[1:len(patch)-1])
		if _, err := update.Exec(doc, r.PathValue("id")); err != nil {
			return err
		}
		sum := sha256.Sum256(doc)
		send(w, doc, sum[:])
		return nil
	})
	return mux
}
