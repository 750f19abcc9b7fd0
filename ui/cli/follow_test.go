package cli_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"errata/ui/cli"
)

// newLog is a log of a prompt that a test puts into a server.
func newLog(id, output string) string {
	return fmt.Sprintf(`{"id":%q,"prompt":{"id":"pr_1","path":"almanac/tides"},"created_at":"2026-11-28T09:00:00Z","output":%q,"output_tokens":7}`, id, output)
}

// following runs errata on a clock of its own: each wait does the next of some steps, and behind
// the last one it is interrupted.
func following(t *testing.T, r *remote, steps []func(), args ...string) (got result, waited []time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	got = runIn(t, ctx, func(e *cli.Env) {
		at(r.URL)(e)
		e.Sleep = func(_ <-chan struct{}, d time.Duration) bool {
			waited = append(waited, d)
			if len(steps) == 0 {
				cancel()
				return false
			}
			steps[0]()
			steps = steps[1:]
			return true
		}
	}, args...)
	return got, waited
}

// nothing is a step in which nothing happens.
func nothing() {}

func TestFollowPrintsEachNewLogOnce(t *testing.T) {
	t.Parallel()
	r := newRemote(t, newLog("log_was", "was there"))
	put := func(logs ...string) func() {
		return func() {
			for _, log := range logs {
				r.put(t, log)
			}
		}
	}
	got, waited := following(t, r, []func(){
		put(newLog("log_a", "ebb")), put(newLog("log_a", "ebb, corrected"), newLog("log_b", "flood"), newLog("log_c", "slack")), nothing, nothing, nothing,
	}, "follow")
	lines := strings.Split(strings.TrimSpace(got.stdout), "\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[0], "ID ") || !strings.HasPrefix(lines[1], "log_a ") || !strings.HasSuffix(lines[2], " flood") || !strings.HasPrefix(lines[3], "log_c ") {
		t.Errorf("it printed\n%s", got.stdout)
	}
	if got.code != 130 || got.stderr != "" {
		t.Errorf("exit code %d, it said %q", got.code, got.stderr)
	}
	if n := len(waited); waited[n-1] <= time.Second || waited[1] != time.Second || waited[2] != time.Second {
		t.Errorf("it waited %v", waited)
	}
}

func TestFollowInEachForm(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"--json"}, newLog("log_a", "ebb") + "\n" + newLog("log_b", "flood") + "\n"},
		{[]string{"-q", ".id"}, "log_a\nlog_b\n"},
		{[]string{"-q", ".[].id"}, "log_a\nlog_b\n"},
		{[]string{"--as", "jsonl", "--columns", "id,output"}, `{"id":"log_a","output":"ebb"}` + "\n" + `{"id":"log_b","output":"flood"}` + "\n"},
		{[]string{"--as", "csv", "--columns", "id,output"}, "id,output\nlog_a,ebb\nlog_b,flood\n"},
		{[]string{"--columns", "id,output"}, "id     output\nlog_a  ebb\nlog_b  flood\n"},
		{[]string{"--where", `.output == "flood"`, "-q", ".id"}, "log_b\n"},
	} {
		r := newRemote(t)
		got, _ := following(t, r, []func(){func() {
			r.put(t, newLog("log_a", "ebb"))
			r.put(t, newLog("log_b", "flood"))
		}}, append([]string{"follow"}, tt.args...)...)
		if got.code != 130 || got.stdout != tt.want {
			t.Errorf("%q: exit code %d\n%s\nwant\n%s\n%s", tt.args, got.code, got.stdout, tt.want, got.stderr)
		}
	}
}

func TestFollowEndsAtItsLimit(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	got, _ := following(t, r, []func(){nothing, func() {
		for i := range 5 {
			r.put(t, newLog(fmt.Sprint("log_", i), "ebb"))
		}
	}}, "follow", "--limit", "3", "-q", ".id")
	if got.wants(t, 0); got.stdout != "log_0\nlog_1\nlog_2\n" {
		t.Errorf("it printed %q", got.stdout)
	}
}

// A server that fails is asked again: that is said once, and nothing is lost.
func TestFollowOutlivesItsServer(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	down := func(w http.ResponseWriter, _ *http.Request, _ int) bool {
		w.WriteHeader(http.StatusInternalServerError)
		return true
	}
	got, _ := following(t, r, []func(){
		func() { r.answer(down) }, nothing, nothing,
		func() { r.put(t, newLog("log_a", "ebb")); r.answer(nil) },
		func() { r.answer(down) },
	}, "follow", "-q", ".id")
	if n := strings.Count(got.stderr, "the server failed with status 500"); got.code != 130 || !strings.Contains(got.stderr, "the server answers again") || got.stdout != "log_a\n" || n != 2 {
		t.Errorf("it printed %q and said\n%s", got.stdout, got.stderr)
	}
	r.answer(func(w http.ResponseWriter, _ *http.Request, _ int) bool {
		w.WriteHeader(http.StatusUnauthorized)
		return true
	})
	got, _ = following(t, r, nil, "follow")
	got.wants(t, 5)
}

func TestWhatFollowRefuses(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	for _, args := range [][]string{{"log_a"}, {"--oldest"}, {"--sample", "3"}, {"--where", "("}, {"--as", "xml"}} {
		got, _ := following(t, r, nil, append([]string{"follow"}, args...)...)
		got.wants(t, 2)
	}
	got, _ := following(t, r, nil, "follow", "--prompt", "pr_none")
	got.wants(t, 6)
}
