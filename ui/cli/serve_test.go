package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"errata/ui/cli"
)

// serving is a run of errata serve.
type serving struct {
	base   string // up to and with /v5
	stop   context.CancelFunc
	ended  chan int
	stderr *bytes.Buffer // to be read after the end
}

// startServe runs errata serve with a home and more arguments.
func startServe(t *testing.T, home string, args ...string) *serving {
	t.Helper()
	out, w := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	s := &serving{stop: stop, ended: make(chan int, 1), stderr: &bytes.Buffer{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.ended <- cli.Run(ctx, cli.Env{
			Args:   append([]string{"serve", "--listen", "127.0.0.1:0"}, args...),
			Stdin:  strings.NewReader(""),
			Stdout: w, Stderr: s.stderr,
			Environ: []string{"HOME=" + home, "ERRATA_SERVE_API_KEY=" + key},
		})
		_ = w.Close()
	}()
	t.Cleanup(func() { stop(); <-done })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		stop()
		t.Fatalf("it ended with %d: %s", <-s.ended, s.stderr)
	}
	s.base = strings.TrimPrefix(strings.TrimSpace(line), "listening on ")
	return s
}

func (s *serving) get(t *testing.T, path, secret string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-API-KEY", secret)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

// TestServeRecords wants each request as a line of JSON, in a file when one is named, and nothing
// secret among them.
func TestServeRecords(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	file := filepath.Join(home, "requests.jsonl")
	run(t, living(home), "keys", "add", "me").wants(t, 0, "made the store ~/")
	for range 2 { // the second server goes on in the same file
		s := startServe(t, home, "--log", file)
		if status, body := s.get(t, "/logs?file_id=none&search=hidden", key); status != 404 {
			t.Errorf("%d %s", status, body)
		}
		s.stop()
		if code := <-s.ended; code != 0 {
			t.Errorf("it ended with %d", code)
		}
		if s.stderr.Len() > 0 {
			t.Errorf("stderr: %s", s.stderr)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	requests := 0
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		var r struct {
			Time          time.Time
			Msg, ID, Path string
			Status        int
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil || r.Time.IsZero() {
			t.Fatalf("%v: %s", err, line)
		}
		if r.Msg == "request" {
			requests++
			if r.Status != 404 || r.Path != "/v5/logs" || r.ID == "" {
				t.Errorf("record %s", line)
			}
		}
	}
	if requests != 2 || strings.Contains(string(text), key) || strings.Contains(string(text), "hidden") {
		t.Errorf("the records:\n%s", text)
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

// TestServeKeys wants the keys of the store to do what they were made for.
func TestServeKeys(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	at := func(e *cli.Env) { e.Environ = []string{"HOME=" + home} }
	reader := strings.TrimSpace(run(t, at, "keys", "add", "reader", "--scope", "read", "--expires", "1h").stdout)
	run(t, at, "keys", "add", "writer").wants(t, 0, "shown only now")
	s := startServe(t, home)
	if status, _ := s.get(t, "/prompts", reader); status != 200 {
		t.Errorf("reading: %d", status)
	}
	r, err := http.NewRequest(http.MethodPost, s.base+"/prompts/log", strings.NewReader(`{"path":"a","prompt":{"model":"m"}}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-API-KEY", reader)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if body, _ := io.ReadAll(res.Body); res.StatusCode != 401 || !strings.Contains(string(body), "only read") {
		t.Errorf("writing: %d %s", res.StatusCode, body)
	}
	list := run(t, at, "keys", "list").stdout
	for _, want := range []string{"reader", "read ", "write", "never", "valid"} {
		if !strings.Contains(list, want) {
			t.Errorf("no %q in\n%s", want, list)
		}
	}
	for _, args := range [][]string{{"--scope", "all"}, {"--expires", "yesterday"}, {"--expires", "2020-01-01"}} {
		run(t, at, append([]string{"keys", "add", "odd"}, args...)...).wants(t, 2, args[0])
	}
	fresh := t.TempDir()
	run(t, living(fresh), "keys", "add", "odd", "--expires", "9,5d").wants(t, 2, "--expires")
	if left, err := os.ReadDir(fresh); err != nil || len(left) > 0 {
		t.Errorf("what was refused made %v, %v", left, err)
	}
}

func TestServeRefuses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, c := range []struct {
		args []string
		code int
		word string
	}{
		{[]string{"--tls-cert", "cert.pem"}, 2, "--tls-key"},
		{[]string{"--tls-key", "key.pem"}, 2, "--tls-cert"},
		{[]string{"--tls-cert", filepath.Join(dir, "none"), "--tls-key", filepath.Join(dir, "none")}, 1, "cannot use --tls-cert"},
		{[]string{"--log", filepath.Join(dir, "none", "log")}, 1, "record of requests"},
		{[]string{"--max-body", "much"}, 2, "--max-body"},
		{[]string{"--max-connections", "0"}, 2, "--max-connections"},
	} {
		run(t, nil, append([]string{"serve", "--listen", "127.0.0.1:0"}, c.args...)...).wants(t, c.code, c.word)
	}
}

func TestServeBodyLimit(t *testing.T) {
	t.Parallel()
	s := startServe(t, t.TempDir(), "--max-body", "1kB")
	for size, want := range map[int]int{900: 422, 1100: 413} {
		r, err := http.NewRequest(http.MethodPost, s.base+"/prompts/log", strings.NewReader(strings.Repeat(" ", size)))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-API-KEY", key)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%d bytes: %d, want %d", size, res.StatusCode, want)
		}
	}
}
