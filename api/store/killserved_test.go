package store_test

import (
	"bufio"
	"bytes"
	"context"
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
)

// servedKey is the key of errata serve in these tests.
const servedKey = "a key of thirty-two characters ."

// clientsVariable says how many clients patch at the same time in TestKilledServed.
const clientsVariable = "ERRATA_KILL_CLIENTS"

// programs is a directory with errata itself, empty as long as no test needed it.
var programs string

// program builds errata, once.
var program = sync.OnceValues(func() (path string, err error) {
	if programs, err = os.MkdirTemp("", "errata"); err != nil {
		return "", err
	}
	path = filepath.Join(programs, "errata")
	build := exec.CommandContext(context.Background(), "go", "build", "-o", path, "errata")
	build.Env = append(os.Environ(), "CGO_ENABLED=0") // as a release is, also where the race detector needs it
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return path, nil
})

// TestKilledServed kills errata serve in the midst of the PATCHes of many clients, again and again,
// with everything that a killed process leaves to the database; and PostgreSQL beneath it, which is
// started again. What was answered is there, and no log is torn. Three times each with six clients;
// as often and with as many as wanted, with
//
//	ERRATA_KILLS=100 ERRATA_KILL_CLIENTS=64 go test ./api/store -run TestKilledServed -v
func TestKilledServed(t *testing.T) {
	t.Parallel()
	times := 3
	if os.Getenv(killsVariable) != "" {
		times = number(t, killsVariable, 0)
	}
	clients := number(t, clientsVariable, killedLogs)
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		killServed(t, filepath.Join(t.TempDir(), "errata.db"), times, clients, killProcess, func() {})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		p := onPostgres(t)
		address := p.database(t)
		killServed(t, address, times, clients, killProcess, func() { p.deserted(t, address) })
	})
	t.Run("PostgreSQL itself", func(t *testing.T) {
		t.Parallel()
		p := ownServer(t)
		address := p.database(t)
		crash := func(*os.Process) {
			p.own.Kill()
			if err := p.own.Run(); err != nil {
				t.Error(err)
			}
		}
		killServed(t, address, times, clients, crash, func() { p.deserted(t, address) })
	})
}

func killProcess(p *os.Process) { _ = p.Kill() }

// killServed strikes again and again. gone waits until the database has done with what was started.
func killServed(t *testing.T, address string, times, clients int, strike func(*os.Process), gone func()) {
	t.Helper()
	acknowledged := logsToKill(t, address, clients)
	r := rand.New(rand.NewPCG(4, 4))
	for range times {
		patchServedAndKill(t, address, 1+r.Int64N(20*int64(clients)), strike, acknowledged)
		gone()
		survived(t, address, acknowledged)
	}
	all := 0
	for _, n := range acknowledged {
		all += n
	}
	t.Logf("%d kills under %d clients, %d PATCHes acknowledged", times, clients, all)
}

// patchServedAndKill serves a store, has one client for each log patch it, and strikes after some
// answers; then each client ends with the one that it waits for. It notes the last PATCH of each
// log that was answered with success.
func patchServedAndKill(t *testing.T, address string, after int64, strike func(*os.Process), acknowledged []int) {
	t.Helper()
	served := serve(t, address)
	defer served.kill()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: len(acknowledged)}}
	defer client.CloseIdleConnections()
	var answers atomic.Int64
	var struck atomic.Bool
	var clients sync.WaitGroup
	for i := range acknowledged {
		clients.Go(func() {
			for n := acknowledged[i] + 1; !struck.Load(); n++ {
				status, err := patchServed(t, client, served.base, i, n)
				if err != nil {
					return // the server is dead
				}
				if status != http.StatusOK {
					if !struck.Load() {
						t.Errorf("status %d", status)
					}
					return
				}
				acknowledged[i] = n
				if answers.Add(1) == after {
					struck.Store(true)
					strike(served.cmd.Process)
				}
			}
		})
	}
	clients.Wait()
}

// served is a process of errata serve.
type served struct {
	cmd  *exec.Cmd
	base string // its address
}

// serve serves the store at an address in a process of its own.
func serve(t *testing.T, address string) served {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	home := t.TempDir()
	cmd := exec.CommandContext(t.Context(), path, "serve", "--listen", "127.0.0.1:0", "--log", filepath.Join(home, "requests.jsonl"))
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
	return served{cmd, strings.TrimSpace(strings.TrimPrefix(line, "listening on "))}
}

// kill kills the process, if it still runs, and waits for its end.
func (s served) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// patchServed sends the PATCH number n of a log and reads all of the answer.
func patchServed(t *testing.T, client *http.Client, base string, i, n int) (status int, err error) {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, base+"/prompts/pr_1/log/"+killedID(i), bytes.NewReader(killedPatch(n)))
	if err != nil {
		return 0, err
	}
	req.Header.Set("X-API-KEY", servedKey)
	req.Header.Set("Content-Type", "application/json")
	res, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer func() { _ = res.Body.Close() }()
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}
