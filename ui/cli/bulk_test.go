package cli_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/ui/cli"
)

// plot is a log of a bed of herbs.
func plot(id, output string) string {
	return fmt.Sprintf(`{"id":%q,"prompt":{"id":"pr_1","path":"herbs","name":"herbs","version_id":"prv_1"},"created_at":"2025-07-01T10:00:00Z","output":%q,"metadata":null}`, id, output)
}

// reviewer answers a question, after something has happened meanwhile.
type reviewer struct {
	meanwhile func()
	answer    io.Reader
}

func (t *reviewer) Read(p []byte) (int, error) {
	if t.meanwhile != nil {
		t.meanwhile()
		t.meanwhile = nil
	}
	return t.answer.Read(p)
}

// reviewing runs errata with somebody at a terminal who answers.
func reviewing(t *testing.T, r *remote, answer string, meanwhile func(), args ...string) result {
	t.Helper()
	return run(t, func(e *cli.Env) {
		at(r.URL)(e)
		in := &reviewer{meanwhile, strings.NewReader(answer)}
		e.Stdin = in
		e.IsTerminal = func(s any) bool { return s == any(in) }
	}, args...)
}

func TestAChangeOverManyIsReviewedOnce(t *testing.T) {
	t.Parallel()
	r := newRemote(t, plot("log_a", "sage"), plot("log_b", "thyme"), plot("log_c", "mint"))
	got := reviewing(t, r, "n\n", nil, "set", "--all", "output=mint", "metadata.bed:=4")
	for _, want := range []string{
		`log_a: output: "sage" → "mint"`, `log_b: output: "thyme" → "mint"`, `log_c: metadata: null → {"bed":4}`,
		"3 match · 3 change · 0 already so · 0 refused", "output in 2 logs · metadata in 3 logs", "send 3 changes? [y/N]", "not sent",
	} {
		if !strings.Contains(got.stderr, want) {
			t.Errorf("%q is not in\n%s", want, got.stderr)
		}
	}
	if got.code != 1 || len(r.sent()) != 0 {
		t.Errorf("exit code %d, sent %v", got.code, r.sent())
	}
	got = reviewing(t, r, "y\n", nil, "set", "log_a", "log_c", "output=mint")
	if want := "2 match · 1 change · 1 already so · 0 refused"; got.code != 0 || !strings.Contains(got.stderr, want) || len(r.sent()) != 1 {
		t.Errorf("exit code %d, sent %v\n%s", got.code, r.sent(), got.stderr)
	}
}

func TestWhatChangedSinceTheReviewIsNotSent(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string]struct {
		code int
		a    string
	}{"fail": {3, "rue"}, "mine": {0, "mint"}} {
		r := newRemote(t, plot("log_a", "sage"), plot("log_b", "thyme"))
		got := reviewing(t, r, "y\n", func() { r.put(t, plot("log_a", "rue")) }, "set", "--all", "output=mint", "--on-conflict", policy)
		if got.code != want.code || !strings.Contains(r.get(t, "log_a"), want.a) || !strings.Contains(r.get(t, "log_b"), "mint") {
			t.Errorf("%s: exit code %d, %s, %s\n%s", policy, got.code, r.get(t, "log_a"), r.get(t, "log_b"), got.stderr)
		}
		if policy == "fail" && !strings.Contains(got.stderr, "log_a: changed on the server since it was reviewed") {
			t.Errorf("it does not say why:\n%s", got.stderr)
		}
	}
}

// One log that fails leaves the others; a server that is gone ends the run.
func TestAChangeOverManyGoesOnBehindAFailure(t *testing.T) {
	t.Parallel()
	r := newRemote(t, plot("log_a", "sage"), plot("log_b", "thyme"), plot("log_c", "dill"))
	r.answer(func(w http.ResponseWriter, req *http.Request, _ int) bool {
		refused := req.Method == http.MethodPatch && strings.HasSuffix(req.URL.Path, "log_b")
		if refused {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnprocessableEntity)
			_, _ = io.WriteString(w, `{"detail":[{"loc":["body","output"],"msg":"no herb","type":"value_error"}]}`)
		}
		return refused
	})
	got := run(t, at(r.URL), "set", "log_a", "log_b", "log_c", "output=mint")
	if got.code != 4 || !strings.Contains(got.stderr, "log_b: ") || !strings.Contains(got.stderr, "2 logs changed, 0 as they were, 1 refused") {
		t.Errorf("exit code %d\n%s", got.code, got.stderr)
	}
	r.Close()
	got = run(t, at(r.URL), "set", "log_a", "log_b", "output=rue")
	if got.code != 1 || strings.Count(got.stderr, "cannot reach") > 2 {
		t.Errorf("exit code %d\n%s", got.code, got.stderr)
	}
}

// A run that continues with a batch tries again what another attempt may end otherwise, and its
// exit code counts what an earlier run could not do.
func TestWhatFailedBeforeCountsInTheRunThatGoesOn(t *testing.T) {
	t.Parallel()
	r := newRemote(t, plot("log_a", "sage"))
	r.answer(func(w http.ResponseWriter, req *http.Request, n int) bool {
		if req.Method != http.MethodPatch {
			return false
		}
		// the first is refused, the second is not kept, and the third is sent elsewhere
		w.WriteHeader([]int{http.StatusUnprocessableEntity, http.StatusOK, http.StatusTemporaryRedirect}[n-1])
		return true
	})
	dir := t.TempDir()
	here := func(e *cli.Env) { at(r.URL)(e); living(dir)(e) }
	file := filepath.Join(dir, "herbs.jsonl")
	lines := `{"id":"log_a","set":{"error":"frost"}}` + "\n" + `{"id":"log_a","set":{"output":"mint"}}` + "\n" + `{"id":"log_a","set":{"stdout":"dew"}}` + "\n"
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, here, "apply", file).wants(t, 4, "stopped with 1 log left to do", "0 logs changed")
	r.answer(nil)
	run(t, here, "apply", file).wants(t, 4, "2 logs left to do of 3", "2 logs changed, 0 as they were, 1 refused")
	if got := r.get(t, "log_a"); !strings.Contains(got, `"mint"`) || !strings.Contains(got, `"dew"`) || strings.Contains(got, "frost") {
		t.Error(got)
	}
}
