package store_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"errata/api/store"
)

// servedKey is the key of errata serve in these tests.
const servedKey = "a key of thirty-two characters ."

// TestKilledServed kills errata serve in the midst of the PATCHes of many clients, again and again,
// with everything that a killed process leaves to the database. What it has answered is there, and
// no log is torn. Three times each; as often as wanted, with
//
//	ERRATA_KILLS=30 go test ./api/store -run TestKilledServed -v
func TestKilledServed(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "errata")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "errata").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	times := 3
	if os.Getenv(killsVariable) != "" {
		times = kills(t)
	}
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		killServed(t, program, filepath.Join(t.TempDir(), "errata.db"), times, func() {})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		p := onPostgres(t)
		address := p.database(t)
		killServed(t, program, address, times, func() { p.deserted(t, address) })
	})
}

func killServed(t *testing.T, program, address string, times int, gone func()) {
	t.Helper()
	s, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range killedLogs {
		put(t, s, logDoc(killedID(i), "pr_1", fmt.Sprintf(`, "prompt_tokens": 0, "output": %q, "source": "kept"`, killedText(0))))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	acknowledged := make([]int, killedLogs)
	r := rand.New(rand.NewPCG(4, 4))
	for range times {
		patchServedAndKill(t, program, address, 1+r.Int64N(120), acknowledged)
		gone()
		survived(t, address, acknowledged)
	}
	t.Logf("%d kills, PATCHes acknowledged: %d", times, acknowledged)
}

// patchServedAndKill serves a store, has one client for each log patch it, and kills the server
// after so many answers. It notes the last PATCH of each log that was answered with success.
func patchServedAndKill(t *testing.T, program, address string, after int64, acknowledged []int) {
	t.Helper()
	home := t.TempDir()
	cmd := exec.CommandContext(t.Context(), program, "serve", "--listen", "127.0.0.1:0", "--log", filepath.Join(home, "requests.jsonl"))
	cmd.Env = []string{"HOME=" + home, "ERRATA_DB=" + address, "ERRATA_SERVE_API_KEY=" + servedKey}
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = cmd.Wait()
		t.Fatalf("%v: %s", err, errs.String())
	}
	base := strings.TrimSpace(strings.TrimPrefix(line, "listening on "))
	var answers atomic.Int64
	var clients sync.WaitGroup
	for i := range acknowledged {
		clients.Go(func() {
			for n := acknowledged[i] + 1; ; n++ {
				status, err := patchServed(t, base, i, n)
				if err != nil {
					return // the server is dead
				}
				if status != http.StatusOK {
					t.Errorf("status %d", status)
					return
				}
				acknowledged[i] = n
				if answers.Add(1) == after {
					_ = cmd.Process.Kill()
				}
			}
		})
	}
	clients.Wait()
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// patchServed sends the PATCH number n of a log and reads all of the answer.
func patchServed(t *testing.T, base string, i, n int) (status int, err error) {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, base+"/prompts/pr_1/log/"+killedID(i), bytes.NewReader(killedPatch(n)))
	if err != nil {
		return 0, err
	}
	req.Header.Set("X-API-KEY", servedKey)
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}
