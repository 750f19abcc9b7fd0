package server_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"errata/api/server"
	"errata/api/store"
)

// expected are the statuses that any request may be answered with.
var expected = map[int]bool{200: true, 204: true, 304: true, 400: true, 401: true, 404: true, 405: true, 409: true, 412: true, 413: true, 415: true, 422: true, 429: true}

// judge checks what is true of every answer to every request.
func judge(t *testing.T, n int, r *http.Request, w *httptest.ResponseRecorder) {
	t.Helper()
	fault := func(what string) {
		t.Errorf("request %d, %s %q: %s: %d %v %.300q", n, r.Method, r.URL, what, w.Code, w.Header(), w.Body)
	}
	if !expected[w.Code] {
		fault("the status")
	}
	if w.Header().Get("X-Request-Id") == "" {
		fault("no id")
	}
	var body io.Reader = w.Body
	if w.Header().Get("Content-Encoding") == "gzip" {
		gz, err := gzip.NewReader(w.Body)
		if err != nil {
			fault(err.Error())
			return
		}
		body = gz
	}
	text, err := io.ReadAll(body)
	switch {
	case err != nil:
		fault(err.Error())
	case w.Code == http.StatusNoContent || w.Code == http.StatusNotModified:
		if len(text) > 0 {
			fault("a body")
		}
	case !json.Valid(text):
		fault("no JSON")
	case w.Code >= 400 && r.Method != http.MethodHead:
		var refusal struct{ Detail any }
		if err := json.Unmarshal(text, &refusal); err != nil || refusal.Detail == nil {
			fault("no detail")
		}
	}
}

// census is what a program holds once its garbage is gone.
func census() (goroutines int, heap uint64) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return runtime.NumGoroutine(), m.HeapAlloc
}

// TestTenThousandRequests sends requests of every sort of oddity: none may be the server's fault,
// and none may leave anything behind but logs. With ERRATA_FUZZ_DB it does so over the store at
// that address, too.
func TestTenThousandRequests(t *testing.T) {
	// Not in parallel with other tests: it counts goroutines and memory.
	addresses := []string{":memory:"}
	if address := os.Getenv("ERRATA_FUZZ_DB"); address != "" {
		addresses = append(addresses, address)
	}
	for _, address := range addresses {
		sendOdd(t, oddStore(t, address))
	}
}

func sendOdd(t *testing.T, s *store.Store) {
	t.Helper()
	h := server.New(s, server.Options{Allow: server.Only(testKey, ""), MaxBody: 1 << 16})
	count := 10_000
	if raced {
		count = 2_000
	}
	seen := map[int]int{}
	o := newOdd(7)
	send := func(n int) {
		r := o.request()
		if r == nil {
			return
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		seen[w.Code]++
		judge(t, n, r, w)
	}
	for n := range count / 10 { // what is made once, such as statements and pools, is made here
		send(n)
	}
	goroutines, heap := census()
	for n := count / 10; n < count && !t.Failed(); n++ {
		send(n)
	}
	goroutinesAfter, heapAfter := census()
	if goroutinesAfter > goroutines+5 {
		t.Errorf("%d goroutines became %d", goroutines, goroutinesAfter)
	}
	if heapAfter > heap+16<<20 {
		t.Errorf("the heap grew from %d to %d bytes", heap, heapAfter)
	}
	for _, status := range []int{200, 304, 400, 401, 404, 405, 412, 415, 422, 204, 409} {
		if raced && status == 409 {
			continue // too rare for so few
		}
		if seen[status] == 0 {
			t.Errorf("no request was answered with %d: %v", status, seen)
		}
	}
	t.Logf("answers by status: %v; %d goroutines, heap %d → %d KiB", seen, goroutinesAfter, heap>>10, heapAfter>>10)
}

// TestOddBytes sends what no client library would send over a real line: the server has to live and
// to answer or hang up.
func TestOddBytes(t *testing.T) {
	t.Parallel()
	addr, _, _ := listening(t, server.Limits{Body: 50 * time.Millisecond, Header: 50 * time.Millisecond, Idle: 50 * time.Millisecond}, server.New(oddStore(t, ":memory:"), server.Options{Allow: server.Only(testKey, ""), MaxBody: 1 << 16}))
	o := newOdd(7)
	for n := range 300 {
		text := pick(o, "GET", "PATCH", "POST", "\x16\x03\x01", "PRI", "G\x00T", "") + " " + pick(o, logPath, patchPath, "/v5/logs?%zz", "*", "//", "http://x/v5/logs", "/\xff", o.text()) + " " +
			pick(o, "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9", "") + pick(o, "\r\n", "\n", "\r", "")
		for range o.IntN(5) {
			text += pick(o, "Host: s", "Host: s", "X-API-KEY: "+testKey, "X-API-KEY: \x00", "Content-Length: "+strconv.Itoa(o.IntN(40)), "Content-Length: -1", "Content-Length: 1\r\nContent-Length: 2",
				"Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Expect: 100-continue", "Connection: close", ": x", "No colon", o.text()) + "\r\n"
		}
		text += "\r\n" + string(o.body())
		conn := dial(t, addr, "")
		_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
		_, _ = io.WriteString(conn, text) // the server may have hung up already
		answer, err := io.ReadAll(io.LimitReader(conn, 1<<20))
		if ne, ok := err.(interface{ Timeout() bool }); ok && ne.Timeout() {
			t.Fatalf("%d: %q is neither answered nor hung up on: %q", n, text, answer)
		}
		_ = conn.Close()
	}
	res, err := http.DefaultClient.Do(mustGet(t, "http://"+addr+"/healthz"))
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != 200 {
		t.Errorf("afterwards: %s", res.Status)
	}
}

func mustGet(t *testing.T, url string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
