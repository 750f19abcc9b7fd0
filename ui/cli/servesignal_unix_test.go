//go:build unix

package cli_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"errata/api/apitest"
)

// served is errata serve as a process of its own.
type served struct {
	t    testing.TB
	cmd  *exec.Cmd
	base string
}

// startServed starts cmd, which is errata serve on any port, with a key in its environment.
func startServed(t testing.TB, cmd *exec.Cmd) *served {
	t.Helper()
	cmd.Env = append(cmd.Env, "ERRATA_SERVE_API_KEY="+key)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("it does not listen: %v", err)
	}
	return &served{t, cmd, strings.TrimPrefix(strings.TrimSpace(line), "listening on ")}
}

// status is what a request with the key is answered; an error of the line ends the test.
func (s *served) status(path string) int {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.base+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("X-API-KEY", key)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	return res.StatusCode
}

// TestServeWithoutReader wants a server to go on when nobody reads its records any more.
func TestServeWithoutReader(t *testing.T) {
	t.Parallel()
	cmd := newHome(t).command("serve", "--listen", "127.0.0.1:0")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = write
	s := startServed(t, cmd)
	_ = write.Close()
	_ = read.Close()
	for range 3 {
		if got := s.status("/prompts"); got != 200 {
			t.Errorf("status %d", got)
		}
	}
}

// TestServeReopensItsLog wants SIGHUP to go on in a new file when the old one was moved away, and
// to end nothing where there is no file.
func TestServeReopensItsLog(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	file := filepath.Join(h.dir, "requests.jsonl")
	s := startServed(t, h.command("serve", "--listen", "127.0.0.1:0", "--log", file))
	plain := startServed(t, newHome(t).command("serve", "--listen", "127.0.0.1:0"))
	s.status("/prompts/before")
	if err := os.Rename(file, file+".1"); err != nil {
		t.Fatal(err)
	}
	for _, one := range []*served{s, plain} {
		if err := one.cmd.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
	}
	limit := time.Now().Add(20 * time.Second)
	for _, err := os.Stat(file); err != nil && time.Now().Before(limit); _, err = os.Stat(file) {
		s.status("/prompts/between")
	}
	s.status("/prompts/after")
	for path, want := range map[string]string{file + ".1": "before", file: "after"} {
		text, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(text), "/v5/prompts/"+want) {
			t.Errorf("%s: %v\n%s", filepath.Base(path), err, text)
		}
		if want == "after" && !strings.Contains(string(text), `"key":"ERRATA_SERVE_API_KEY"`) {
			t.Errorf("no name of the key in\n%s", text)
		}
	}
	if got := plain.status("/prompts"); got != 200 {
		t.Errorf("without a file: %d", got)
	}
}

// TestServeOnAFullDisk wants a server whose record of requests cannot be written to answer, and to
// say once that something is missing there.
func TestServeOnAFullDisk(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/dev/full"); err != nil {
		apitest.Untested(t, "this system has no disk that is always full")
	}
	cmd := newHome(t).command("serve", "--listen", "127.0.0.1:0", "--log", "/dev/full")
	var words bytes.Buffer
	cmd.Stderr = &words
	s := startServed(t, cmd)
	for range 3 {
		if got := s.status("/prompts"); got != 200 {
			t.Errorf("status %d", got)
		}
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if n := strings.Count(words.String(), "goes on without the record of requests"); n != 1 {
		t.Errorf("it was said %d times:\n%s", n, words.String())
	}
}
