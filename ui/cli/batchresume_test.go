package cli_test

import (
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"errata/ui/cli"
)

// batchID is the id of a batch in what was said.
var batchID = regexp.MustCompile(`errata batch resume (b_\w+)`)

// shutting is a server whose writes are refused from the second on, until it is opened again.
func shutting(t *testing.T, path string, logs ...string) (r *remote, shut *atomic.Bool) {
	t.Helper()
	r, shut = newRemote(t, logs...), &atomic.Bool{}
	shut.Store(true)
	var writes atomic.Int32
	r.answer(func(w http.ResponseWriter, req *http.Request, _ int) bool {
		isWrite := req.Method == http.MethodPatch || req.Method == http.MethodPost && strings.HasSuffix(req.URL.Path, path)
		if !isWrite || writes.Add(1) == 1 || !shut.Load() {
			return false
		}
		w.WriteHeader(http.StatusUnauthorized)
		return true
	})
	return r, shut
}

// housed runs errata in one home.
func housed(t *testing.T, r *remote, settings ...string) func(args ...string) result {
	t.Helper()
	home := "HOME=" + t.TempDir()
	return func(args ...string) result {
		t.Helper()
		return run(t, func(e *cli.Env) {
			at(r.URL)(e)
			e.Environ = append(append(e.Environ, home), settings...)
		}, args...)
	}
}

// A batch of judgments is continued by its id, by whom it was started.
func TestJudgmentsAreGoneOnWithByID(t *testing.T) {
	t.Parallel()
	r, shut := shutting(t, "/evaluators/log", plot("log_a", "sage"), plot("log_b", "thyme"), plot("log_c", "mint"))
	errata := housed(t, r)
	errata("evaluators", "add", "rating", "--options", "good:+,bad:-").wants(t, 0)
	stopped := errata("judge", "--all", "rating=good", "--author", "Ada", "--yes")
	id := batchID.FindStringSubmatch(stopped.stderr)
	if stopped.code != 5 || id == nil {
		t.Fatalf("exit code %d: %s", stopped.code, stopped.stderr)
	}
	shut.Store(false)
	errata("batch", "resume", id[1], "--author", "Bruno").wants(t, 0, "going on with batch "+id[1], "3 logs changed, 0 as they were")
	for _, log := range []string{"log_a", "log_b", "log_c"} {
		got := r.get(t, log)
		if strings.Count(got, `"user":"Ada"`) != 1 || strings.Contains(got, "Bruno") {
			t.Errorf("%s is %s", log, got)
		}
	}
	errata("undo", id[1]).wants(t, 0, "3 logs changed, 0 as they were")
}

// A redaction is continued by its id, and only then it is cleared. Its batch holds no word of it.
func TestARedactionIsGoneOnWithByID(t *testing.T) {
	t.Parallel()
	r, shut := shutting(t, "", plot("log_a", "to ada@example.org"), plot("log_b", "to bo@example.org"), plot("log_c", "mint"))
	errata := housed(t, r)
	stopped := errata("redact", "--all", "--kinds", "mail", "--numbered", "--yes")
	if stopped.code != 5 || !strings.Contains(stopped.stderr, "left to do; the same command goes on, and so does errata batch resume b_") {
		t.Fatalf("exit code %d: %s", stopped.code, stopped.stderr)
	}
	list := errata("batch", "list", "--json")
	id := regexp.MustCompile(`"id":"(b_\w+)"`).FindStringSubmatch(list.stdout)
	if id == nil || !strings.Contains(list.stdout, `"finished":false`) {
		t.Fatal(list.stdout)
	}
	shut.Store(false)
	errata("batch", "resume", id[1]).wants(t, 0, "going on with the redaction of 3 logs", "2 logs changed, 1 as they were", "cleared: 3 entries of the journal")
	for log, want := range map[string]string{"log_a": "to [mail-", "log_b": "to [mail-"} {
		if got := r.get(t, log); !strings.Contains(got, want) || strings.Contains(got, "example") {
			t.Errorf("%s is %s", log, got)
		}
	}
	errata("batch", "resume", id[1]).wants(t, 0, "is finished")
	if list := errata("batch", "list", "--json"); !strings.Contains(list.stdout, `"finished":true`) {
		t.Error(list.stdout)
	}
	errata("undo", id[1]).wants(t, 4, "cannot be taken back")
}

// What was in conflict is tried again as it is now, and not held against the review of then.
func TestConflictsAreReviewedAnew(t *testing.T) {
	t.Parallel()
	r := newRemote(t, plot("log_a", "sage"), plot("log_b", "thyme"))
	home := "HOME=" + t.TempDir()
	asked := func(answer string, meanwhile func(), args ...string) result {
		return run(t, func(e *cli.Env) {
			at(r.URL)(e)
			e.Environ = append(e.Environ, home)
			in := &reviewer{meanwhile, strings.NewReader(answer)}
			e.Stdin, e.IsTerminal = in, func(s any) bool { return s == any(in) }
		}, args...)
	}
	got := asked("y\n", func() { r.put(t, plot("log_b", "basil")) }, "set", "--all", "output=mint")
	got.wants(t, 3, "changed on the server since it was reviewed: output", "1 log changed")
	id := regexp.MustCompile(`"id":"(b_\w+)"`).FindStringSubmatch(asked("", nil, "batch", "list", "--json").stdout)
	again := asked("y\n", nil, "batch", "resume", id[1])
	again.wants(t, 0, "1 log changed on the server since the review: what is left is reviewed anew", `log_b: output: "basil" → "mint"`, "send 1 change?", "2 logs changed")
	if got := r.get(t, "log_b"); !strings.Contains(got, `"output":"mint"`) {
		t.Errorf("log_b is %s", got)
	}
}

// What was left is offered by commands that change, and by the list, once and on stderr.
func TestWhatIsUnfinishedIsOffered(t *testing.T) {
	t.Parallel()
	r, shut := shutting(t, "", plot("log_a", "sage"), plot("log_b", "thyme"))
	errata := housed(t, r)
	stopped := errata("set", "log_a", "log_b", "metadata.seen:=true", "--yes")
	id := batchID.FindStringSubmatch(stopped.stderr)
	if id == nil || strings.Contains(stopped.stderr, "left unfinished") {
		t.Fatalf("exit code %d: %s", stopped.code, stopped.stderr)
	}
	shut.Store(false)
	offer := "left unfinished: batch " + id[1] + ", set metadata.seen:=true: 1 of 2 logs left to do; errata batch resume " + id[1] + " goes on\n"
	for _, args := range [][]string{{}, {"set", "log_a", "error=late"}, {"set", "--all", "error=late"}} {
		if got := errata(args...); got.code != 0 || strings.Count(got.stderr, offer) != 1 || strings.Contains(got.stdout, offer) {
			t.Errorf("errata %q ends with %d: %s", args, got.code, got.stderr)
		}
	}
	for _, args := range [][]string{{"list"}, {"set", "log_a", "log_b", "metadata.seen:=true", "--yes"}, {}} {
		if got := errata(args...); got.code != 0 || strings.Contains(got.stderr, "left unfinished") {
			t.Errorf("errata %q ends with %d: %s", args, got.code, got.stderr)
		}
	}
}

// What holds of many logs alike is said of some of them, and of the rest with a count.
func TestReasonsThatLogsHaveInCommonAreCounted(t *testing.T) {
	t.Parallel()
	var logs []string
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		logs = append(logs, plot("log_"+id, "sage"))
	}
	got := housed(t, newRemote(t, logs...))("set", "--all", "output_tokens=many", "--yes")
	got.wants(t, 4, "errata: 3 more logs: output_tokens wants a whole number", "0 logs changed, 0 as they were, 8 refused")
	if n := strings.Count(got.stderr, "output_tokens wants"); n != 6 {
		t.Errorf("%d sentences: %s", n, got.stderr)
	}
}

// The API takes no field away: what an undo leaves of one that was not there is said once.
func TestAnUndoSaysWhatStaysNull(t *testing.T) {
	t.Parallel()
	r := newRemote(t, plot("log_a", "sage"), plot("log_b", "thyme"))
	errata := housed(t, r)
	errata("set", "log_a", "log_b", "error=late", "--yes").wants(t, 0)
	id := regexp.MustCompile(`"id":"(b_\w+)"`).FindStringSubmatch(errata("batch", "list", "--json").stdout)
	const note = "error: null where nothing stood before, since the API takes no field away\n"
	if got := errata("undo", id[1]); got.code != 0 || strings.Count(got.stderr, note) != 1 {
		t.Errorf("exit code %d: %s", got.code, got.stderr)
	}
	entry := regexp.MustCompile(`errata undo (\w+)`).FindStringSubmatch(errata("set", "log_a", "source=tides").stderr)
	if got := errata("undo", entry[1]); got.code != 0 || !strings.Contains(got.stderr, "source: null where nothing stood before") {
		t.Errorf("exit code %d: %s", got.code, got.stderr)
	}
}
