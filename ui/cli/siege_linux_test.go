package cli_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The bounds of a siege.
const (
	besiegers   = 1100             // connections without a key
	siegeLast   = 6 * time.Second  // how long they go on
	siegeWait   = 40 * time.Second // how long an answer is waited for
	siegeProbes = 5                // requests with a key meanwhile, each on a connection of its own
	siegePages  = 12               // logs of siegeLog bytes, listed in one page
	siegeLog    = 20_000_000
)

// BenchmarkSiege measures what clients without a key, and heavy requests of one with a key, cost
// the others: how long a valid request takes at most, and the most memory of the server. It serves
// on this machine alone and ends by itself. ERRATA_SIEGE names other binaries to measure beside
// this one:
//
//	ERRATA_SIEGE=/path/of/another/errata go test ./ui/cli -run '^$' -bench Siege -benchtime 1x
func BenchmarkSiege(b *testing.B) {
	for _, name := range append(strings.FieldsFunc(os.Getenv("ERRATA_SIEGE"), func(r rune) bool { return r == ',' }), "") {
		b.Run("binary="+strings.ReplaceAll(name, "/", "."), func(b *testing.B) {
			b.Run("streams", func(b *testing.B) { streamed(b, name) })
			for attack, text := range map[string]string{
				"idle":  "",
				"heads": "GET /v5/logs HTTP/1.1\r\nHost: s\r\nX-Slow: ",
				"bodies": "PATCH /v5/prompts/pr_1/log/log_tides HTTP/1.1\r\nHost: s\r\nX-API-KEY: wrong\r\n" +
					"Content-Type: application/json\r\nContent-Length: 200000\r\n\r\n{",
			} {
				b.Run(attack, func(b *testing.B) { crowded(b, besieged(b, name, tides), text) })
				b.Run(attack+"-tls", func(b *testing.B) { crowded(b, besiegedOverTLS(b, name, tides), text) })
			}
			b.Run("neighbour", func(b *testing.B) { neighbour(b, name) })
			b.Run("page", func(b *testing.B) { longPage(b, name) })
			b.Run("gzip", func(b *testing.B) { heavy(b, name, zipped(`{"output":"`, "a", 255_000_000, `"}`)) })
			b.Run("faults", func(b *testing.B) { heavy(b, name, zipped(`{"messages":[1`, ",1", 2_000_000, `]}`)) })
		})
	}
}

// besieged is a server of a binary, of this test's own when name is empty, that has some logs.
func besieged(b *testing.B, name string, docs ...string) *served {
	b.Helper()
	return besiegedWith(b, newHome(b), name, docs)
}

// besiegedOverTLS is besieged over TLS, where clients may choose HTTP/2.
func besiegedOverTLS(b *testing.B, name string, docs ...string) *served {
	b.Helper()
	lent := httptest.NewTLSServer(nil)
	pair := lent.TLS.Certificates[0]
	lent.Close()
	secret, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		b.Fatal(err)
	}
	h := newHome(b)
	cert, keyFile := h.dir+"/cert.pem", h.dir+"/key.pem"
	for file, block := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: pair.Certificate[0]}, keyFile: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	return besiegedWith(b, h, name, docs, "--tls-cert", cert, "--tls-key", keyFile)
}

func besiegedWith(b *testing.B, h home, name string, docs []string, flags ...string) *served {
	b.Helper()
	command := func(args ...string) *exec.Cmd {
		cmd := h.command(args...)
		if name != "" {
			cmd.Path = name
		}
		return cmd
	}
	file := h.dir + "/logs.jsonl"
	if err := os.WriteFile(file, []byte(strings.Join(docs, "\n")), 0o600); err != nil {
		b.Fatal(err)
	}
	if out, err := command("import", file).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return startServed(b, command(append([]string{"serve", "--listen", "127.0.0.1:0", "--log", h.dir + "/requests.jsonl"}, flags...)...))
}

// anyCertificate trusts every server: those of a siege are on this machine.
var anyCertificate = &tls.Config{InsecureSkipVerify: true}

// request sends a request with a key on a connection of its own, and gives its status and length.
func (s *served) request(method, path, secret string, body []byte) (status int, length int64) {
	ctx, cancel := context.WithTimeout(context.Background(), siegeWait)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, s.base+path, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("X-API-KEY", secret)
	r.Header.Set("Accept-Encoding", "identity")
	if body != nil {
		r.Header.Set("Content-Encoding", "gzip")
	}
	res, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: anyCertificate, ForceAttemptHTTP2: true}}).Do(r)
	if err != nil {
		return 0, 0
	}
	defer func() { _ = res.Body.Close() }()
	length, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode, length
}

// report reports the most memory of the server, and the time of processors that it took.
func (s *served) report(b *testing.B) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	var kB float64
	if found := regexp.MustCompile(`VmHWM:\s+(\d+)`).FindSubmatch(text); found != nil {
		_, _ = fmt.Sscan(string(found[1]), &kB)
	}
	b.ReportMetric(kB/1024, "MiB")
	b.ReportMetric(s.processor(b).Seconds(), "cpu-s")
	b.ReportMetric(0, "ns/op")
}

// processor is the time that the server has spent on processors.
func (s *served) processor(b *testing.B) time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:])) // from the state on
	user, err := strconv.Atoi(fields[11])
	if err != nil {
		b.Fatal(err)
	}
	system, err := strconv.Atoi(fields[12])
	if err != nil {
		b.Fatal(err)
	}
	return time.Duration(user+system) * time.Second / 100 // in ticks of user space
}

// crowded measures requests while connections without a key send text and then a byte each second.
func crowded(b *testing.B, s *served, text string) {
	at, err := url.Parse(s.base)
	if err != nil {
		b.Fatal(err)
	}
	attacked(b, s, func(ctx context.Context, begun func()) { besiege(ctx, at, text, begun) })
}

// streamed is crowded with streams of one HTTP/2 connection, each of which sends a body without a
// valid key, byte by byte.
func streamed(b *testing.B, name string) {
	s := besiegedOverTLS(b, name, tides)
	client := http.Client{Transport: &http.Transport{TLSClientConfig: anyCertificate, ForceAttemptHTTP2: true, MaxConnsPerHost: 1}}
	attacked(b, s, func(ctx context.Context, begun func()) {
		begun()
		body, w := io.Pipe()
		defer context.AfterFunc(ctx, func() { _ = w.CloseWithError(io.ErrUnexpectedEOF) })()
		r, err := http.NewRequestWithContext(ctx, http.MethodPatch, s.base+"/prompts/pr_1/log/log_tides", body)
		if err != nil {
			return
		}
		r.Header.Set("X-API-KEY", "wrong")
		if res, err := client.Do(r); err == nil {
			_ = res.Body.Close()
		}
		_ = w.Close()
	})
}

// attacked measures requests while besiegers attack again and again, once each of them has started.
func attacked(b *testing.B, s *served, attack func(ctx context.Context, begun func())) {
	ctx, stop := context.WithTimeout(context.Background(), siegeLast)
	defer stop()
	var all, here sync.WaitGroup
	here.Add(besiegers)
	for range besiegers {
		all.Go(func() {
			begun := sync.OnceFunc(here.Done)
			defer begun()
			for ctx.Err() == nil {
				attack(ctx, begun)
			}
		})
	}
	here.Wait()
	time.Sleep(time.Second)
	var worst time.Duration
	failed := 0
	for range siegeProbes {
		begun := time.Now()
		if status, _ := s.request(http.MethodGet, "/logs/log_tides", key, nil); status != 200 {
			failed++
		}
		worst = max(worst, time.Since(begun))
	}
	stop()
	all.Wait()
	b.ReportMetric(worst.Seconds(), "s/request")
	b.ReportMetric(float64(failed), "failed")
	s.report(b)
}

// besiege is one connection, up to its end or that of the siege. It calls started once it is there.
func besiege(ctx context.Context, at *url.URL, text string, begun func()) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", at.Host)
	if err != nil {
		return
	}
	begun()
	if at.Scheme == "https" {
		conn = tls.Client(conn, anyCertificate)
	}
	defer func() { _ = conn.Close() }()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	_, _ = io.WriteString(conn, text)
	go func() {
		for ; text != "" && ctx.Err() == nil; time.Sleep(time.Second) {
			if _, err := io.WriteString(conn, "x"); err != nil {
				return
			}
		}
	}()
	_, _ = io.Copy(io.Discard, conn)
}

// neighbour measures how many of the requests with a key that was never seen are refused while the
// same address sends wrong ones.
func neighbour(b *testing.B, name string) {
	s := besieged(b, name, tides)
	failed := 0
	for i := range 60 {
		s.request(http.MethodGet, "/logs/log_tides", fmt.Sprint("wrong ", i), nil)
	}
	for range siegeProbes {
		if status, _ := s.request(http.MethodGet, "/logs/log_tides", key, nil); status != 200 {
			failed++
		}
	}
	b.ReportMetric(float64(failed), "failed")
	s.report(b)
}

// longPage measures a page of large logs.
func longPage(b *testing.B, name string) {
	var docs []string
	for i := range siegePages {
		docs = append(docs, fmt.Sprintf(`{"id":"log_%d","prompt":{"id":"pr_1","path":"a"},"created_at":"2025-03-01T10:00:00","output":"%s"}`,
			i, strings.Repeat("words ", siegeLog/6)))
	}
	s := besieged(b, name, docs...)
	begun := time.Now()
	status, length := s.request(http.MethodGet, "/logs?file_id=pr_1&size=100", key, nil)
	b.ReportMetric(time.Since(begun).Seconds(), "s/request")
	b.ReportMetric(float64(status), "status")
	b.ReportMetric(float64(length), "bytes")
	s.report(b)
}

// heavy measures one PATCH.
func heavy(b *testing.B, name string, body []byte) {
	s := besieged(b, name, tides)
	begun := time.Now()
	status, length := s.request(http.MethodPatch, "/prompts/pr_1/log/log_tides", key, body)
	b.ReportMetric(time.Since(begun).Seconds(), "s/request")
	b.ReportMetric(float64(status), "status")
	b.ReportMetric(float64(length), "bytes")
	s.report(b)
}

// zipped is gzip of so many bytes of a filling between a start and an end.
func zipped(start, filling string, size int, end string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, start)
	piece := []byte(strings.Repeat(filling, 100_000))
	for size > 0 {
		n := min(size, len(piece))
		_, _ = w.Write(piece[:n-n%len(filling)])
		size -= n
	}
	_, _ = io.WriteString(w, end)
	_ = w.Close()
	return b.Bytes()
}
