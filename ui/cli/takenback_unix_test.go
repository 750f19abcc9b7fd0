//go:build unix

package cli_test

import (
	"bytes"
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

// slain is a server of logs and a user's home, whose errata is killed when its first change was made
// and is not answered yet.
type slain struct {
	t      *testing.T
	store  *store.Store
	server http.Handler
	url    string
	home   string

	mu      sync.Mutex  // one PATCH at a time
	process *os.Process // the one to be killed behind its first change, nil for none
	dead    bool        // it was killed: what it still had on the way does not arrive
}

func slainAt(t *testing.T, docs ...string) *slain {
	t.Helper()
	st, err := store.Open(t.Context(), ":memory:", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = st.Close() })
	for _, doc := range docs {
		if _, err := st.Import(t.Context(), []byte(doc)); err != nil {
			t.Fatal(err)
		}
	}
	s := &slain{t: t, store: st, home: t.TempDir(), server: server.New(st, server.Options{Allow: server.Only("test-key", "")})}
	far := httptest.NewServer(s)
	t.Cleanup(far.Close)
	s.url = far.URL + "/v5"
	return s
}

func (s *slain) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPatch {
		s.server.ServeHTTP(w, r)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		s.server.ServeHTTP(w, r)
		return
	}
	if !s.dead {
		s.server.ServeHTTP(httptest.NewRecorder(), r)
		s.dead = true
		_ = s.process.Kill()
	}
	panic(http.ErrAbortHandler) // nobody gets an answer
}

// errata runs a command to its end, or until it is killed.
func (s *slain) errata(killed bool, args ...string) (words string, code int) {
	s.t.Helper()
	both := new(bytes.Buffer)
	cmd := &exec.Cmd{Path: os.Args[0], Args: append([]string{"errata", "--base-url", s.url}, args...),
		Env: append(os.Environ(), "HOME="+s.home, "ERRATA_API_KEY=test-key"), Stdout: both, Stderr: both}
	s.mu.Lock()
	err := cmd.Start()
	s.process, s.dead = nil, false
	if killed {
		s.process = cmd.Process
	}
	s.mu.Unlock()
	if err != nil {
		s.t.Fatal(err)
	}
	_ = cmd.Wait() // how it ended is in its state
	return both.String(), cmd.ProcessState.ExitCode()
}

// output is the output of a log.
func (s *slain) output(id string) string {
	s.t.Helper()
	doc, err := s.store.Log(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return regexp.MustCompile(`"output": *"([^"]*)"`).FindStringSubmatch(string(doc.Raw))[1]
}

// undo takes back what was sent when errata was killed, and says of which log.
func (s *slain) undo() (log string) {
	s.t.Helper()
	s.errata(false, "history") // finds out what became of it
	words, code := s.errata(false, "history", "-q", `[.[] | select(.outcome == "saved")][0] | .id, .log_id`)
	entry, log, ok := strings.Cut(strings.TrimSpace(words), "\n")
	if code != 0 || !ok {
		s.t.Fatal(words)
	}
	if words, code := s.errata(false, "undo", entry); code != 0 || strings.Contains(s.output(log), "ebb") {
		s.t.Fatalf("not undone: %d, %s", code, words)
	}
	return log
}

// TestACommandIsGivenAgainBehindItsUndo: errata is killed behind its only change, which is taken
// back by itself then. Nothing is left of that batch, and the same command changes the log as it is
// then.
func TestACommandIsGivenAgainBehindItsUndo(t *testing.T) {
	t.Parallel()
	s := slainAt(t, plot("log_a", "the tide, the tide"))
	replace := []string{"replace", "tide", "ebb", "--all", "--yes"}
	if words, code := s.errata(true, replace...); code != -1 || s.output("log_a") != "the ebb, the ebb" {
		t.Fatalf("it was not killed behind the change: %d, %s", code, words)
	}
	s.undo()
	if words, code := s.errata(false, "set", "log_a", "output=no tide"); code != 0 {
		t.Fatal(words)
	}
	words, code := s.errata(false, replace...)
	if code != 0 || s.output("log_a") != "no ebb" || !strings.Contains(words, "1 hit in 1 log: output 1\n1 log changed, 0 as they were") {
		t.Errorf("exit code %d, %s\n%s", code, s.output("log_a"), words)
	}
	if !strings.Contains(words, "taken back since as entry") || strings.Contains(words, "going on with") {
		t.Errorf("what became of the batch is not said:\n%s", words)
	}
	if words, code = s.errata(false, "batch", "list"); code != 0 || strings.Count(words, "replace") != 2 || !strings.Contains(words, "0 changed") || strings.Contains(words, "left to do") {
		t.Errorf("the batches are\n%s", words)
	}
}

// TestWhatWasTakenBackIsNamedWhenABatchGoesOn: of two logs the first was changed when errata was
// killed, and taken back by itself. It stays so, the other one is changed, and the count says so.
func TestWhatWasTakenBackIsNamedWhenABatchGoesOn(t *testing.T) {
	t.Parallel()
	for _, byID := range []bool{false, true} {
		s := slainAt(t, plot("log_a", "the tide"), plot("log_b", "a tide"))
		replace := []string{"replace", "tide", "ebb", "log_a", "log_b", "--yes"}
		s.errata(true, replace...)
		first, second := s.undo(), "log_a"
		if first == second {
			second = "log_b"
		}
		if byID {
			words, _ := s.errata(false, "batch", "list")
			replace = []string{"batch", "resume", regexp.MustCompile(`b_\w+`).FindString(words)}
		}
		words, code := s.errata(false, replace...)
		if code != 0 || strings.Contains(s.output(first), "ebb") || !strings.Contains(s.output(second), "ebb") {
			t.Errorf("exit code %d, %s is %s, %s is %s", code, first, s.output(first), second, s.output(second))
		}
		for _, want := range []string{first + ": changed as entry ", "1 log left to do of 2", "in this run 1 hit in 1 log: output 1", "1 log changed, 1 as they were"} {
			if !strings.Contains(words, want) {
				t.Errorf("it is not said that %s:\n%s", want, words)
			}
		}
	}
}
