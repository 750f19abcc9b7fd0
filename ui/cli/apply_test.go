package cli_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"errata/ui/cli"
)

// changes writes a file of changes, one for each log.
func changes(t *testing.T, n int) string {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"log_%d","set":{"output":"new %d"}}`+"\n", i, i)
	}
	name := filepath.Join(t.TempDir(), "changes.jsonl")
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// numbered gives a server with so many logs.
func numbered(t *testing.T, n int) *remote {
	t.Helper()
	r := newRemote(t)
	for i := range n {
		r.put(t, fmt.Sprintf(`{"id":"log_%d","output":"old","prompt":{"id":"pr_1"}}`, i))
	}
	return r
}

// answering is a run at a terminal whose user types the answers.
func answering(r *remote, answers string) func(*cli.Env) {
	return func(e *cli.Env) {
		at(r.URL)(e)
		e.Stdin = strings.NewReader(answers)
		e.IsTerminal = func(s any) bool { return s == e.Stdin }
	}
}

// TestApplyAsks reviews all lines once.
func TestApplyAsks(t *testing.T) {
	for name, c := range map[string]struct {
		answers string
		code    int
		sent    int
		says    []string
	}{
		"yes":            {"y\n", 0, 4, []string{`line 1: log_0: output: "old" → "new 0"`, "4 match · 4 change · 0 already so · 0 refused", "send 4 changes? [y/N]", "4 logs changed"}},
		"something else": {"x\n", 1, 0, []string{"not sent"}},
		"no answer":      {"", 1, 0, []string{"not sent"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := numbered(t, 4)
			run(t, answering(r, c.answers), "apply", changes(t, 4)).wants(t, c.code, c.says...)
			if len(r.sent()) != c.sent {
				t.Errorf("sent %q", r.sent())
			}
		})
	}
	r := numbered(t, 2)
	run(t, answering(r, ""), "--yes", "apply", changes(t, 2)).wants(t, 0, "2 logs changed")
}

// TestApplyConflict moves a log between reading and sending.
func TestApplyConflict(t *testing.T) {
	for _, c := range []struct {
		policy string
		code   int
		ends   string
		says   string
	}{
		{"fail", 3, "theirs", "line 2: log_1: changed on the server meanwhile: output; nothing was sent"},
		{"mine", 0, "new 1", "3 logs changed"},
		{"theirs", 0, "theirs", "line 2: log_1: left as they are on the server: output"},
	} {
		t.Run(c.policy, func(t *testing.T) {
			t.Parallel()
			r := numbered(t, 3)
			var once sync.Once
			r.answer(func(_ http.ResponseWriter, req *http.Request, _ int) bool {
				if req.Method == http.MethodPatch && strings.HasSuffix(req.URL.Path, "/log_1") {
					once.Do(func() { r.put(t, `{"id":"log_1","output":"theirs","prompt":{"id":"pr_1"}}`) })
				}
				return false
			})
			run(t, at(r.URL), "apply", changes(t, 3), "--on-conflict", c.policy).wants(t, c.code, c.says)
			for id, want := range map[string]string{"log_0": "new 0", "log_1": c.ends, "log_2": "new 2"} {
				if got := r.get(t, id); !strings.Contains(got, `"output":"`+want+`"`) {
					t.Errorf("%s is %s", id, got)
				}
			}
		})
	}
}

// TestInterruptedApply lets the changes that have started come to their end, and continues with the
// same command.
func TestInterruptedApply(t *testing.T) {
	t.Parallel()
	r := numbered(t, 40)
	ctx, cancel := context.WithCancel(t.Context())
	r.answer(func(_ http.ResponseWriter, req *http.Request, n int) bool {
		if req.Method == http.MethodPatch && n == 3 {
			cancel()
		}
		return false
	})
	name, dir := changes(t, 40), t.TempDir()
	here := func(e *cli.Env) { at(r.URL)(e); living(dir)(e) }
	got := runIn(t, ctx, here, "apply", name)
	got.wants(t, 130, "stopped with ", "left to do; the same command goes on, and so does errata batch resume b_")
	if n := len(r.sent()); n < 3 || n > 11 {
		t.Errorf("sent %d", n)
	}
	r.answer(nil)
	run(t, here, "apply", name).wants(t, 0, "going on with batch b_", "40 logs changed, 0 as they were")
	if n := len(r.sent()); n != 40 {
		t.Errorf("sent %d", n)
	}
	for i := range 40 {
		if got := r.get(t, fmt.Sprintf("log_%d", i)); !strings.Contains(got, fmt.Sprintf(`"output":"new %d"`, i)) {
			t.Errorf("log_%d is %s", i, got)
		}
	}
}

// TestApplyUnverified ends with 7 when a server does not keep what it was sent, whatever else went
// wrong.
func TestApplyUnverified(t *testing.T) {
	t.Parallel()
	r := numbered(t, 2)
	r.answer(func(w http.ResponseWriter, req *http.Request, _ int) bool {
		if req.Method == http.MethodPatch && strings.HasSuffix(req.URL.Path, "/log_0") {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(r.get(t, "log_0")))
			return true
		}
		return false
	})
	run(t, at(r.URL), "apply", changes(t, 3)).wants(t, 7, "line 1: log_0: errata: output was not kept", "line 3: log_2: no log", "1 log changed, 0 as they were, 1 not found, 1 not verified")
}

func TestApplyTellsProgress(t *testing.T) {
	t.Parallel()
	r := numbered(t, 3)
	clock := newClock()
	got := run(t, func(e *cli.Env) {
		at(r.URL)(e)
		e.Now = clock.tick
		e.IsTerminal = func(s any) bool { return s == e.Stderr }
	}, "apply", changes(t, 3))
	got.wants(t, 0, "\rchanging ███████░░░░░░░░░░░░░ 33 %, 1 log, ", " left", "3 logs changed")
}

// TestApplyOfAnInputThatBreaks ends a compressed stream in its middle.
func TestApplyOfAnInputThatBreaks(t *testing.T) {
	r := numbered(t, 1)
	raw, err := os.ReadFile(changes(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(raw); err != nil || z.Flush() != nil {
		t.Fatal(err)
	}
	for text, says := range map[string][]string{
		packed.String():      {"standard input cannot be read on behind line 1, and nothing was sent: the compressed data is cut off"},
		packed.String()[:11]: {"cannot apply -: the compressed data is cut off"},
	} {
		got := run(t, func(e *cli.Env) { at(r.URL)(e); e.Stdin = strings.NewReader(text) }, "apply", "-")
		got.wants(t, 1, says...)
	}
}
