//go:build unix

package cli_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"

	"errata/api/server"
	"errata/api/store"
)

// TestFaultsOfAKill kills errata while it changes many logs, at one of twenty moments, and gives
// the same command again: each log gets its change once.
//
//	ERRATA_KILLS=200 go test ./ui/cli -run TestFaultsOfAKill -v
//
// does it at so many moments, one batch for each. Under the race detector it is one.
func TestFaultsOfAKill(t *testing.T) {
	t.Parallel()
	for n := range number(t, "ERRATA_KILLS", faultSeeds/10) {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			killedAt(t, 60, rand.New(rand.NewPCG(n, 1)).IntN(180)) //nolint:gosec // a moment, no secret
		})
	}
}

// counted is a server that counts the changes that it takes, by log, and tells of each request.
type counted struct {
	http.Handler
	mu      sync.Mutex
	changes map[string]int
	calls   int
	kill    func(call int)
}

func (c *counted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.calls++
	c.kill(c.calls)
	c.mu.Unlock()
	answer := httptest.NewRecorder()
	c.Handler.ServeHTTP(answer, r)
	if r.Method == http.MethodPatch && answer.Code == http.StatusOK {
		c.mu.Lock()
		c.changes[r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]]++
		c.mu.Unlock()
	}
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = io.Copy(w, answer.Body)
}

func killedAt(t *testing.T, logs, call int) {
	t.Helper()
	st, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	for n := range logs {
		if _, err := st.Import(t.Context(), fmt.Appendf(nil, `{"id":"log_%d","prompt":{"id":"pr_1"},"metadata":{"n":%d}}`, n, n)); err != nil {
			t.Fatal(err)
		}
	}
	c := &counted{Handler: server.New(st, server.Options{Allow: server.Only("test-key", "")}), changes: map[string]int{}, kill: func(int) {}}
	far := httptest.NewServer(c)
	t.Cleanup(far.Close)
	home := t.TempDir()
	begin := func() (*exec.Cmd, *bytes.Buffer) {
		words := new(bytes.Buffer)
		cmd := &exec.Cmd{Path: os.Args[0], Args: []string{"errata", "--base-url", far.URL + "/v5", "set", "--all", `metadata.marks+="x"`, "--yes"},
			Env: append(os.Environ(), "HOME="+home, "ERRATA_API_KEY=test-key"), Stdout: words, Stderr: words}
		return cmd, words
	}
	cmd, _ := begin()
	c.kill = func(n int) {
		if n == call+10 && cmd.Process != nil {
			_ = cmd.Process.Kill()
		}
	}
	c.mu.Lock() // no request comes before the process is known
	err = cmd.Start()
	c.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	killed := cmd.Wait() != nil
	cmd, words := begin()
	if killed {
		err := cmd.Run()
		t.Logf("killed at call %d, then\n%s", call+10, words)
		if err != nil || !regexp.MustCompile(`\d+ logs changed, 0 as they were\n$`).MatchString(words.String()) {
			t.Errorf("%v: %s", err, words)
		}
	}
	for n := range logs {
		id := fmt.Sprint("log_", n)
		doc, err := st.Log(t.Context(), id)
		if err != nil || c.changes[id] != 1 || strings.Count(string(doc.Raw), `"x"`) != 1 {
			t.Errorf("%s got %d changes and is %s, %v", id, c.changes[id], doc.Raw, err)
		}
	}
}
