package cli_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"errata/ui/cli"
)

// unhurried is a run at a server for which waiting takes no time.
func unhurried(r *remote) func(*cli.Env) {
	return func(e *cli.Env) {
		at(r.URL)(e)
		e.Sleep = func(<-chan struct{}, time.Duration) bool { return true }
	}
}

// turnDown has a server answer requests of a method with a status, before it carries them out;
// those that which picks by their number.
func turnDown(method string, status int, after string, which func(n int) bool) func(http.ResponseWriter, *http.Request, int) bool {
	return func(w http.ResponseWriter, req *http.Request, n int) bool {
		if req.Method != method || !which(n) {
			return false
		}
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(status)
		return true
	}
}

func even(n int) bool { return n%2 == 0 }

func TestApplyWaitsAsLongAsTheServerAsksFor(t *testing.T) {
	t.Parallel()
	for _, method := range []string{http.MethodPatch, http.MethodGet} {
		r := numbered(t, 8)
		r.answer(turnDown(method, http.StatusTooManyRequests, "7", even))
		got := run(t, unhurried(r), "apply", changes(t, 8))
		got.wants(t, 0, ": the server asks to slow down; trying again in 7 s", "8 logs changed, 0 as they were")
		for i := range 8 {
			if log := r.get(t, fmt.Sprint("log_", i)); !strings.Contains(log, fmt.Sprintf(`"new %d"`, i)) {
				t.Errorf("%s: log_%d is %s", method, i, log)
			}
		}
	}
}

func TestApplyStopsWhereTheServerAsksForTooLong(t *testing.T) {
	t.Parallel()
	r := numbered(t, 3)
	r.answer(turnDown(http.MethodPatch, http.StatusTooManyRequests, "3600", func(n int) bool { return n == 2 }))
	got := run(t, unhurried(r), "apply", changes(t, 3))
	got.wants(t, 1, ": the server asks to slow down; try again in 60 min", "stopped with ", " left to do; the same command goes on")
}

func TestCtrlCEndsTheWaiting(t *testing.T) {
	t.Parallel()
	r := numbered(t, 3)
	r.answer(turnDown(http.MethodPatch, http.StatusTooManyRequests, "60", func(n int) bool { return n == 2 }))
	ctx, cancel := context.WithCancel(t.Context())
	got := runIn(t, ctx, func(e *cli.Env) {
		at(r.URL)(e)
		e.Sleep = func(done <-chan struct{}, _ time.Duration) bool {
			cancel()
			<-done
			return false
		}
	}, "apply", changes(t, 3))
	got.wants(t, 130, "trying again in 60 s", "stopped with ", " left to do; the same command goes on")
}

func TestEveryCommandWaitsAsLongAsTheServerAsksFor(t *testing.T) {
	t.Parallel()
	first := func(n int) bool { return n == 1 }
	for _, args := range [][]string{
		{"set", "log_0", "output=new 0"},
		{"get", "log_0"}, {"list"}, {"diff", "log_0", "output=new 0"}, {"fill", "log_0"}, {"export"},
	} {
		for _, method := range []string{http.MethodPatch, http.MethodGet} {
			if method == http.MethodPatch && args[0] != "set" {
				continue
			}
			r := numbered(t, 1)
			r.answer(turnDown(method, http.StatusTooManyRequests, "2", first))
			got := run(t, unhurried(r), args...)
			got.wants(t, 0, "the server asks to slow down; trying again in 2 s")
		}
	}
}

func TestUndoWaitsAsWell(t *testing.T) {
	t.Parallel()
	r := numbered(t, 1)
	home := t.TempDir()
	env := func(e *cli.Env) {
		unhurried(r)(e)
		e.Environ = append(e.Environ, "HOME="+home, "XDG_STATE_HOME="+home)
	}
	run(t, env, "set", "log_0", "output=new 0").wants(t, 0)
	entries := run(t, env, "history", "--json").stdout
	id := entries[strings.Index(entries, `"id":"`)+6:][:13]
	r.answer(turnDown(http.MethodPatch, http.StatusTooManyRequests, "2", even))
	run(t, env, "undo", id).wants(t, 0, "slow down", "saved and verified: output")
	if log := r.get(t, "log_0"); !strings.Contains(log, `"old"`) {
		t.Errorf("log_0 is %s", log)
	}
}

// A server that failed is looked at before anything is sent again: what it holds is not sent twice.
func TestAfterAFailureTheLogIsReadBackBeforeItIsSentAgain(t *testing.T) {
	t.Parallel()
	for _, saves := range []bool{true, false} {
		r := numbered(t, 1)
		r.answer(func(w http.ResponseWriter, req *http.Request, n int) bool {
			if req.Method != http.MethodPatch || n > 1 {
				return false
			}
			if saves {
				r.put(t, `{"id":"log_0","output":"new 0","prompt":{"id":"pr_1"}}`)
			}
			w.WriteHeader(http.StatusServiceUnavailable)
			return true
		})
		run(t, unhurried(r), "set", "log_0", "output=new 0").wants(t, 0, "saved and verified: output")
		want := 2
		if saves {
			want = 1
		}
		if n := len(r.sent()); n != want {
			t.Errorf("saves %v: %d PATCHes, want %d", saves, n, want)
		}
	}
}

// A write that was carried out though the server asked to slow down is one that was saved, and the
// journal can take it back.
func TestAWriteThatWasAskedToSlowDownAndCarriedOutIsSaved(t *testing.T) {
	t.Parallel()
	r := numbered(t, 1)
	r.answer(func(w http.ResponseWriter, req *http.Request, n int) bool {
		if req.Method != http.MethodPatch || n > 1 {
			return false
		}
		r.put(t, `{"id":"log_0","output":"new 0","prompt":{"id":"pr_1"}}`)
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	})
	home := t.TempDir()
	env := func(e *cli.Env) {
		unhurried(r)(e)
		e.Environ = append(e.Environ, "HOME="+home, "XDG_STATE_HOME="+home)
	}
	run(t, env, "set", "log_0", "output=new 0").wants(t, 0, "saved and verified: output")
	if n := len(r.sent()); n != 1 {
		t.Errorf("%d PATCHes, want 1", n)
	}
	entries := run(t, env, "history", "--json").stdout
	if strings.Count(entries, `"outcome"`) != 1 || !strings.Contains(entries, `"outcome":"verified"`) {
		t.Errorf("the journal has %s", entries)
	}
}

// A server that hangs up has not said that there are no more logs, wherever in a list it does.
func TestAServerThatHangsUpIsNotAtTheEndOfAList(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"list"}, {"list", "--json"}, {"list", "--where", "true"}, {"export"}, {"set", "--where", "true", "output=x"}, {"prompts"}} {
		for from := 1; from <= 2; from++ {
			r := numbered(t, 250)
			r.answer(func(w http.ResponseWriter, req *http.Request, _ int) bool {
				page := req.URL.Query().Get("page")
				if from == 2 && (page == "" || page == "1") {
					return false
				}
				hangUp(w)
				return true
			})
			if from == 2 && args[0] == "prompts" {
				continue // there is one page of them
			}
			if args[0] == "list" {
				args = append(args, "--limit", "240")
			}
			got := run(t, unhurried(r), args...)
			if from == 2 && slices.Contains(args, "--json") { // it is streamed, and has no end then
				if strings.HasSuffix(got.stdout, "]\n") {
					t.Errorf("%v prints a list that looks whole", args)
				}
				got.stdout = ""
			}
			got.wants(t, 1, "errata: the connection to ", " broke before it answered; try again")
		}
	}
}

// lagging is a server whose readings after the first PATCH show the log as it was, so many times.
func lagging(t *testing.T, times int) *remote {
	t.Helper()
	const before = `{"id":"log_0","output":"old","prompt":{"id":"pr_1"}}`
	r := newRemote(t, before)
	r.answer(func(w http.ResponseWriter, req *http.Request, _ int) bool {
		if req.Method != http.MethodGet || len(r.patches) == 0 || times == 0 {
			return false
		}
		times--
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(before))
		return true
	})
	return r
}

func TestAServerThatIsSlowToShowAChangeIsGivenTime(t *testing.T) {
	t.Parallel()
	for times := range 7 {
		r := lagging(t, times)
		got := run(t, unhurried(r), "set", "log_0", "output=new")
		said := strings.Count(got.stderr, "accepted, but not shown yet; reading the log again\n")
		switch {
		case times == 0:
			got.wants(t, 0, "saved and verified: output")
		case times <= 5:
			got.wants(t, 0, "saved and verified: output")
		default:
			got.wants(t, 7, "sent as entry ", " and accepted, but the server still shows output as before; errata history looks again")
		}
		if want := min(times, 1); said != want || len(r.sent()) != 1 {
			t.Errorf("%d old readings: said %d times, %d PATCHes: %s", times, said, len(r.sent()), got.stderr)
		}
	}
}

// What a server showed too late is settled by the next reading of the log, whichever command makes
// it.
func TestTheNextReadingSettlesWhatWasAccepted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"get", "log_0"}, `"verified"`},
		{[]string{"diff", "log_0", "output=x"}, `"verified"`},
		{[]string{"history", "--json"}, `"verified"`},
		{[]string{"config"}, `"accepted"`}, // reads no log
	} {
		r := lagging(t, 6)
		home := t.TempDir()
		env := func(e *cli.Env) {
			unhurried(r)(e)
			e.Environ = append(e.Environ, "HOME="+home, "XDG_STATE_HOME="+home)
		}
		run(t, env, "set", "log_0", "output=new").wants(t, 7)
		got := run(t, env, c.args...)
		if got.wants(t, 0); c.args[0] == "history" {
			got.wants(t, 0, "to log log_0 was accepted, and is verified now")
		}
		r.Close() // so that history finds out nothing by itself
		if got := run(t, env, "history", "--json").stdout; !strings.Contains(got, `"outcome":`+c.want) {
			t.Errorf("after %v: %s", c.args, got)
		}
	}
}
