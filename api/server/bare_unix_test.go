//go:build unix

package server_test

import (
	"bufio"
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
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
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

// oldVariable names other builds of errata, with commas between, which BenchmarkBare measures
// beside.
const oldVariable = "ERRATA_OLD"

// BenchmarkBare compares the server with the least that could be in its place, on the same file: a
// handler of net/http that checks a key, and reads one row or durably updates one. Each is a
// process of its own, and they take turns. For 1, 8 and 64 clients it prints the requests a second,
// what that is of the bare handler, how long requests took, and of the process the time of
// processors a request and its memory:
//
//	go test ./api/server -run '^$' -bench Bare -benchtime 1x
//
// Other builds serve files of their own, and keep the record of requests that errata serve always
// keeps. Then so does this build, in a row of its own:
//
//	ERRATA_OLD=/path/to/errata-1 go test ./api/server -run '^$' -bench Bare -benchtime 1x
func BenchmarkBare(b *testing.B) {
	sides := bareSides(b)
	for _, method := range []string{http.MethodGet, http.MethodPatch} {
		for _, clients := range []int{1, 8, 64} {
			b.Run(fmt.Sprintf("%s/clients=%d", method, clients), func(b *testing.B) {
				for b.Loop() {
					compareBare(b, method, clients, sides)
				}
			})
		}
	}
}

// bareSides starts all that is compared, the bare handler first and errata second.
func bareSides(b *testing.B) (sides []*side) {
	path := filepath.Join(b.TempDir(), "errata.db")
	fillBare(b, path)
	itself, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	for _, role := range []string{"bare", "errata"} {
		cmd := exec.Command(itself)
		cmd.Env = append(os.Environ(), roleVariable+"="+role, pathVariable+"="+path)
		sides = append(sides, start(b, role, cmd))
	}
	if os.Getenv(oldVariable) == "" {
		return sides
	}
	now := filepath.Join(b.TempDir(), "errata")
	if out, err := exec.Command("go", "build", "-o", now, "errata").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	for i, program := range append([]string{now}, strings.Split(os.Getenv(oldVariable), ",")...) {
		name := "serve"
		if i > 0 {
			name = filepath.Base(program)
		}
		sides = append(sides, startProgram(b, name, program))
	}
	return sides
}

// fillBare makes the store.
func fillBare(b *testing.B, path string) {
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
}

// startProgram serves the same logs with a build of errata.
func startProgram(b *testing.B, name, program string) *side {
	home := b.TempDir()
	var lines bytes.Buffer
	for i := range bareLogs {
		lines.Write(append(bareDoc(fmt.Sprint("log_", i), []byte(`"error":null`)), '\n'))
	}
	env := []string{"HOME=" + home, "ERRATA_DB=" + filepath.Join(home, "errata.db"), "ERRATA_SERVE_API_KEY=" + bareKey}
	load := exec.Command(program, "import", "-")
	load.Env, load.Stdin = env, &lines
	if out, err := load.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v: %s", name, err, out)
	}
	cmd := exec.Command(program, "serve", "--listen", "127.0.0.1:0")
	cmd.Env = env
	return start(b, name, cmd)
}

// side is a server in a process of its own.
type side struct {
	name, url string
	pid       int
}

// start starts a server, which says where it listens, until the benchmark ends.
func start(b *testing.B, name string, cmd *exec.Cmd) *side {
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatalf("%s: %v", name, err)
	}
	url := strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	return &side{name, strings.TrimSuffix(url, "/v5"), cmd.Process.Pid}
}

// The variables of the environment that make of the test binary one of the servers that
// BenchmarkBare compares, over the file of pathVariable.
const (
	roleVariable = "ERRATA_TEST_ROLE"
	pathVariable = "ERRATA_TEST_PATH"
)

// TestMain is a server instead of the tests where roleVariable says so.
func TestMain(m *testing.M) {
	role := os.Getenv(roleVariable)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := serveRole(role, os.Getenv(pathVariable)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serveRole serves a store, with errata's server or the bare handler.
func serveRole(role, path string) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", l.Addr())
	if role == "bare" {
		h, err := newBareHandler(path)
		if err != nil {
			return err
		}
		return http.Serve(l, h) //nolint:gosec // it is asked by the benchmark alone
	}
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		return err
	}
	server.Tune(server.DefaultMemory)
	h := server.New(s, server.Options{Allow: server.Only(bareKey, "")})
	return server.Limits{}.Serve(context.Background(), l, h, nil)
}

// bareDoc is a log with a member of its own.
func bareDoc(id string, member []byte) []byte {
	return fmt.Appendf(nil, `{"id":"%s","prompt":{"id":"pr_1","path":"bare","version_id":"prv_1"},%s,"output":"%s"}`,
		id, member, strings.Repeat("the tide comes in ", 110))
}

// measured is what was measured of one side.
type measured struct {
	took []time.Duration // of each request
	cpu  time.Duration   // of the process
}

// rate is the requests a second.
func (m *measured) rate() float64 { return float64(len(m.took)) / (bareTurns * bareTurn.Seconds()) }

// compareBare measures all sides in turns, and prints a table.
func compareBare(b *testing.B, method string, clients int, sides []*side) {
	all := make([]measured, len(sides))
	for range bareTurns {
		for i, s := range sides {
			before := s.processor(b)
			all[i].took = append(all[i].took, asked(b, method, clients, s.url)...)
			all[i].cpu += s.processor(b) - before
		}
	}
	if b.Failed() {
		return
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(all[1].rate(), "req/s")
	b.ReportMetric(all[1].rate()/all[0].rate(), "of-bare")
	var table bytes.Buffer
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\treq/s\tof bare\tp50 ms\tp95\tp99\tcpu us\tRSS MiB\t")
	for i, s := range sides {
		m := &all[i]
		slices.Sort(m.took)
		fmt.Fprintf(w, "%s\t%.0f\t%.2f\t", s.name, m.rate(), m.rate()/all[0].rate())
		for _, share := range []int{50, 95, 99} {
			fmt.Fprintf(w, "%.2f\t", float64(m.took[len(m.took)*share/100].Microseconds())/1e3)
		}
		fmt.Fprintf(w, "%d\t%d\t\n", m.cpu.Microseconds()/int64(len(m.took)), s.memory())
	}
	_ = w.Flush()
	fmt.Printf("\n%s, %d clients\n%s", method, clients, table.String())
}

// processor is the time of processors that the process of a side has used.
func (s *side) processor(b *testing.B) time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.pid))
	if err != nil {
		b.Skip("the time of processors of another process is read from /proc: ", err)
	}
	// behind the name, which is in parentheses, come the state and the fields 4 and on
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	ticks := 0
	for _, field := range fields[11:13] {
		n, err := strconv.Atoi(field)
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// memory is the memory of the process of a side in MiB.
func (s *side) memory() int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.pid))
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			kib, _ := strconv.Atoi(fields[1])
			return kib >> 10
		}
	}
	return 0
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
func newBareHandler(path string) (http.Handler, error) {
	read, err := sql.Open("sqlite", path+"?_query_only=1")
	if err != nil {
		return nil, err
	}
	read.SetMaxOpenConns(4)
	read.SetMaxIdleConns(4)
	write, err := sql.Open("sqlite", path+"?_txlock=immediate&_busy_timeout=5000&_synchronous=FULL")
	if err != nil {
		return nil, err
	}
	write.SetMaxOpenConns(1)
	one, err := read.Prepare(`SELECT doc, hash FROM logs WHERE id = ?`) //nolint:sqlclosecheck // as long as the process
	if err != nil {
		return nil, err
	}
	update, err := write.Prepare(`UPDATE logs SET doc = ? WHERE id = ?`) //nolint:sqlclosecheck // likewise
	if err != nil {
		return nil, err
	}
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
	return mux, nil
}
