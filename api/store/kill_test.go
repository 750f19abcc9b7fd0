package store_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"errata/api/store"
	"errata/model"
)

// killsVariable says how often TestKilled kills.
const killsVariable = "ERRATA_KILLS"

// patchVariable makes of the test binary a process that patches the logs of the database that it
// names until it is killed.
const patchVariable = "ERRATA_TEST_PATCH"

// killedLogs is how many logs are patched at the same time.
const killedLogs = 6

// killedPatch is the PATCH number n of a log: a number, and a text of a size that changes and that
// the number tells.
func killedPatch(n int) []byte {
	return fmt.Appendf(nil, `{"prompt_tokens":%d,"output":%q}`, n, killedText(n))
}

func killedText(n int) string { return strings.Repeat(strconv.Itoa(n)+" ", 10+n*37%3000) }

// patchUntilKilled patches all logs, each in its own order, and says of each PATCH on stdout that
// it was acknowledged.
func patchUntilKilled(path string) error {
	s, err := store.Open(context.Background(), path, store.Options{})
	if err != nil {
		return err
	}
	failed := make(chan error)
	for i := range killedLogs {
		go func() {
			n, err := killedNumber(s, i)
			for ; err == nil; n++ {
				if _, err = s.UpdateLog(context.Background(), "pr_1", killedID(i), killedPatch(n+1), ""); err == nil {
					_, err = fmt.Printf("%d %d\n", i, n+1)
				}
			}
			failed <- err
		}()
	}
	return <-failed
}

func killedID(i int) string { return fmt.Sprint("log_", i) }

// killedNumber is the number of the last PATCH of a log, whose document must be whole.
func killedNumber(s *store.Store, i int) (int, error) {
	doc, err := s.Log(context.Background(), killedID(i))
	if err != nil {
		return 0, err
	}
	log, err := model.ParseLog(doc.Raw)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(string(log.Member("prompt_tokens").Bytes()))
	if err != nil {
		return 0, err
	}
	text, _ := log.Member("output").Text()
	if want := logDoc(killedID(i), "pr_1", fmt.Sprintf(`, "prompt_tokens": %d, "output": %q, "source": "kept"`, n, killedText(n))); string(doc.Raw) != want {
		return 0, fmt.Errorf("log %d is torn at %d: its text is %.80q", i, n, text)
	}
	return n, nil
}

// kills is how often to kill.
func kills(t *testing.T) int {
	t.Helper()
	return number(t, killsVariable, 20)
}

// number is what a variable of the environment says, or what holds without it.
func number(t *testing.T, variable string, otherwise int) int {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return n
}

// TestKilled kills a process in the midst of its PATCHes, again and again. Whatever it has
// acknowledged is there, every document is whole, and the store opens by itself.
func TestKilled(t *testing.T) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		killAgain(t, filepath.Join(t.TempDir(), "errata.db"), func() {})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		p := onPostgres(t)
		address := p.database(t)
		killAgain(t, address, func() { p.deserted(t, address) })
	})
}

// killAgain kills processes that patch the store at an address. gone waits until the database has
// done with what they had started.
func killAgain(t *testing.T, address string, gone func()) {
	t.Helper()
	acknowledged := logsToKill(t, address, killedLogs)
	r := rand.New(rand.NewPCG(3, 3))
	times := kills(t)
	for range times {
		patchAndKill(t, address, 1+r.IntN(120), acknowledged)
		gone()
		survived(t, address, acknowledged)
	}
	t.Logf("%d kills, PATCHes acknowledged: %d", times, acknowledged)
}

// logsToKill puts logs into the store at an address. It returns the number of the last PATCH of
// each, 0 for now.
func logsToKill(t *testing.T, address string, logs int) (acknowledged []int) {
	t.Helper()
	s, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range logs {
		put(t, s, logDoc(killedID(i), "pr_1", fmt.Sprintf(`, "prompt_tokens": 0, "output": %q, "source": "kept"`, killedText(0))))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return make([]int, logs)
}

// survived wants the store to hold the last PATCH of each log that was acknowledged, or the one
// after it, and notes which.
func survived(t *testing.T, address string, acknowledged []int) {
	t.Helper()
	s, err := store.Open(t.Context(), address, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, least := range acknowledged {
		n, err := killedNumber(s, i)
		if err != nil {
			t.Fatal(err)
		}
		if n < least || n > least+1 { // the one that was not acknowledged may have been carried out
			t.Errorf("log %d is at PATCH %d, acknowledged were %d", i, n, least)
		}
		acknowledged[i] = n
	}
	sound(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// patchAndKill runs a process that patches and kills it after some of its PATCHes. It notes the
// last one that was acknowledged of each log.
func patchAndKill(t *testing.T, path string, after int, acknowledged []int) {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), binary)
	cmd.Env = append(os.Environ(), patchVariable+"="+path)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	lines := bufio.NewScanner(out)
	for seen := 0; lines.Scan(); { // to the end: what it had said before it died counts
		var i, n int
		if _, err := fmt.Sscan(lines.Text(), &i, &n); err != nil {
			break // the last line may be cut
		}
		acknowledged[i] = n
		if seen++; seen >= after {
			once.Do(func() { _ = cmd.Process.Kill() })
		}
	}
	_ = cmd.Wait()
	if errs.Len() > 0 {
		t.Fatal(errs.String())
	}
}
