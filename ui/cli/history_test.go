package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"errata/api/batch"
	"errata/api/journal"
	"errata/api/save"
	"errata/model"
	"errata/ui/cli"
)

// stateOf is the directory of drafts and the journal below a home.
func stateOf(home string) string { return filepath.Join(home, ".local", "state", "errata") }

// changeOf is the log in a document with another literal for a field.
func changeOf(document, name, literal string) (*model.ChangeSet, error) {
	log, err := model.ParseLog([]byte(document))
	if err != nil {
		return nil, err
	}
	f, ok := model.Lookup(name)
	if !ok {
		return nil, fmt.Errorf("no field %s", name)
	}
	c := model.NewChangeSet(log)
	c.Set(f, model.Raw([]byte(literal)))
	return c, nil
}

// abandon is a program: abandon SERVER FILE FIELD LITERAL ends between writing a PATCH of the log
// in the file to the journal and sending it.
func abandon() {
	document, err := os.ReadFile(os.Args[2])
	if err == nil {
		_, err = begin(stateOf(os.Getenv("HOME")), os.Args[1], string(document), os.Args[3], os.Args[4])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// begin writes a PATCH to the journal that is under way until the record ends.
func begin(dir, server, document, name, literal string) (save.Record, error) {
	j, err := journal.Open(dir, journal.Options{})
	if err != nil {
		return nil, err
	}
	c, err := changeOf(document, name, literal)
	if err != nil {
		return nil, err
	}
	return j.Recorder(server).Begin(context.Background(), c)
}

func newestEntry(ts *testscript.TestScript, _ bool, args []string) {
	j, err := journal.Open(stateOf(ts.Getenv("HOME")), journal.Options{})
	ts.Check(err)
	var filter journal.Filter
	if len(args) > 1 {
		filter.LogID = args[1]
	}
	for e, err := range j.Entries(filter) {
		ts.Check(err)
		ts.Setenv(args[0], e.ID)
		return
	}
	ts.Fatalf("the journal is empty")
}

// newestBatch puts the id of the newest batch into the environment.
func newestBatch(ts *testscript.TestScript, _ bool, args []string) {
	list, unread := batch.List(stateOf(ts.Getenv("HOME")))
	ts.Check(errors.Join(unread...))
	if len(list) == 0 {
		ts.Fatalf("there is no batch")
	}
	ts.Setenv(args[0], list[0].ID)
}

const logA = `{"id":"log_a","output":"a","prompt":{"id":"pr_1"}}`

// living gives a run its own home, which the test knows.
func living(dir string) func(*cli.Env) {
	return func(e *cli.Env) { e.Environ = append(e.Environ, "HOME="+dir) }
}

// both makes one change of two.
func both(changes ...func(*cli.Env)) func(*cli.Env) {
	return func(e *cli.Env) {
		for _, change := range changes {
			change(e)
		}
	}
}

// newest is the newest entry below a home.
func newest(t *testing.T, dir string) journal.Entry {
	t.Helper()
	j, err := journal.Open(stateOf(dir), journal.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for e, err := range j.Entries(journal.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	t.Fatal("the journal is empty")
	return journal.Entry{}
}

// TestUndoRace moves the log between the reading that the inverse is made of and the PATCH.
func TestUndoRace(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
		ends string
	}{
		{"fail", nil, 3, "changed on the server meanwhile: output", `"output":"c"`},
		{"mine", []string{"--on-conflict", "mine"}, 0, "saved and verified: output", `"output":"a"`},
		{"theirs", []string{"--on-conflict", "theirs"}, 0, "left as they are on the server: output", `"output":"c"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, dir := newRemote(t, logA), t.TempDir()
			here := both(at(r.URL), living(dir))
			run(t, here, "set", "log_a", "output=b").wants(t, 0)
			r.gets = 0
			r.answer(func(_ http.ResponseWriter, req *http.Request, n int) bool {
				if req.Method == http.MethodGet && n == 2 { // after the first reading
					r.put(t, strings.Replace(logA, `"a"`, `"c"`, 1))
				}
				return false
			})
			run(t, here, append([]string{"undo", newest(t, dir).ID}, c.args...)...).wants(t, c.code, c.says)
			if got := r.get(t, "log_a"); !strings.Contains(got, c.ends) {
				t.Errorf("no %s in %s", c.ends, got)
			}
		})
	}
}

func TestUndoAsks(t *testing.T) {
	for typed, sent := range map[string]bool{"y\n": true, "n\n": false} {
		t.Run(typed, func(t *testing.T) {
			t.Parallel()
			r, dir := newRemote(t, logA), t.TempDir()
			here := both(at(r.URL), living(dir))
			run(t, here, "set", "log_a", "output=b").wants(t, 0)
			got := run(t, both(here, typing(typed)), "undo", newest(t, dir).ID)
			if !strings.Contains(got.stderr, "output: \"b\" → \"a\"\n  - b\n  + a\n") || !strings.Contains(got.stderr, "send? [y/N] ") {
				t.Errorf("no review: %s", got.stderr)
			}
			if (got.code == 0) != sent || (len(r.sent()) == 2) != sent {
				t.Errorf("exit code %d after %d PATCHes", got.code, len(r.sent()))
			}
		})
	}
}

// typing puts somebody at a terminal.
func typing(answer string) func(*cli.Env) {
	return func(e *cli.Env) {
		e.Stdin = strings.NewReader(answer)
		e.IsTerminal = func(stream any) bool { return stream == e.Stdin }
	}
}

func TestUndoOfAPatchThatIsUnderWay(t *testing.T) {
	t.Parallel()
	r, dir := newRemote(t, logA), t.TempDir()
	record, err := begin(stateOf(dir), r.URL+"/v5", logA, "output", `"b"`)
	if err != nil {
		t.Fatal(err)
	}
	run(t, both(at(r.URL), living(dir)), "undo", record.ID()).wants(t, 1, "still under way")
	if err := record.End(t.Context(), save.Result{Outcome: save.Verified}); err != nil {
		t.Error(err)
	}
	if len(r.sent()) > 0 {
		t.Errorf("sent %q", r.sent())
	}
}

// TestUndoOfAnEntryWhoseOutcomeIsLost takes back what was saved though the end of the journal went
// with the power: what became of it is looked for on the server.
func TestUndoOfAnEntryWhoseOutcomeIsLost(t *testing.T) {
	t.Parallel()
	r, dir := newRemote(t, logA), t.TempDir()
	run(t, both(at(r.URL), living(dir)), "set", "log_a", "output=other").wants(t, 0, "saved and verified")
	name := filepath.Join(stateOf(dir), "journal", "00000001.jsonl")
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	cut := bytes.LastIndexByte(bytes.TrimSuffix(raw, []byte("\n")), '\n')
	if err := os.WriteFile(name, raw[:cut+1], 0o600); err != nil {
		t.Fatal(err)
	}
	got := run(t, both(at(r.URL), living(dir)), "history", "--json")
	got.wants(t, 0)
	if !strings.Contains(got.stdout, `"outcome":"pending"`) {
		t.Fatalf("the history is %s", got.stdout)
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(got.stdout, `[{"id":"`), `"`)
	run(t, both(at(r.URL), living(dir)), "undo", id).wants(t, 0, "saved and verified: output")
	if now := r.get(t, "log_a"); now != logA {
		t.Errorf("the log is %s", now)
	}
}

func TestNothingIsSentWithoutAJournal(t *testing.T) {
	t.Parallel()
	r := newRemote(t, logA)
	dir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	here := both(at(r.URL), func(e *cli.Env) { e.Environ = append(e.Environ, "XDG_STATE_HOME="+dir) })
	run(t, here, "set", "log_a", "output=b").wants(t, 1, "open the journal", "XDG_STATE_HOME")
	if len(r.sent()) > 0 {
		t.Errorf("sent %q", r.sent())
	}
	run(t, here, "diff", "log_a", "output=b").wants(t, 0)
}

// TestTheOutcomeThatTheJournalMissed takes the journal away while the PATCH is under way.
func TestTheOutcomeThatTheJournalMissed(t *testing.T) {
	t.Parallel()
	r, dir := newRemote(t, logA), t.TempDir()
	here := both(at(r.URL), living(dir))
	segment := filepath.Join(stateOf(dir), "journal", "00000001.jsonl")
	aside := filepath.Join(t.TempDir(), "aside")
	r.answer(func(_ http.ResponseWriter, req *http.Request, _ int) bool {
		if req.Method == http.MethodPatch {
			if err := errors.Join(os.Rename(segment, aside), os.Mkdir(segment, 0o700)); err != nil {
				t.Error(err)
			}
		}
		return false
	})
	run(t, here, "set", "log_a", "output=b").wants(t, 0, "warning: the journal does not hold the outcome yet", "saved and verified: output")
	if err := errors.Join(os.Remove(segment), os.Rename(aside, segment)); err != nil {
		t.Fatal(err)
	}
	got := run(t, here, "history")
	got.wants(t, 0, "was unaccounted for: it was saved\n")
	if !strings.Contains(got.stdout, `  saved    output: "a" → "b"`) {
		t.Errorf("history: %s", got.stdout)
	}
}

func TestHistoryOfADamagedJournal(t *testing.T) {
	t.Parallel()
	r, dir := newRemote(t, logA), t.TempDir()
	here := both(at(r.URL), living(dir))
	run(t, here, "set", "log_a", "output=b").wants(t, 0)
	segment := filepath.Join(stateOf(dir), "journal", "00000001.jsonl")
	data, err := os.ReadFile(segment)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(segment, append([]byte("{\"sum\":\"00000000\"}\n"), data...), 0o600); err != nil {
		t.Fatal(err)
	}
	got := run(t, here, "history")
	if got.code != 1 || !strings.Contains(got.stderr, "damaged record in 00000001.jsonl") || !strings.Contains(got.stdout, "verified") {
		t.Errorf("%+v", got)
	}
}

func TestHistoryNamesWhatWasNotKept(t *testing.T) {
	t.Parallel()
	r, dir := newRemote(t, logA), t.TempDir()
	here := both(at(r.URL), living(dir))
	r.answer(func(w http.ResponseWriter, req *http.Request, _ int) bool {
		if req.Method != http.MethodPatch {
			return false
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(logA))
		return true
	})
	got := run(t, here, "set", "log_a", "output=b")
	got.wants(t, 7, "output was not kept", "as entry "+newest(t, dir).ID)
	if got := run(t, here, "history").stdout; !strings.Contains(got, `not kept: output  output: "a" → "b"`) {
		t.Errorf("history: %s", got)
	}
	if got := run(t, here, "history", "--json").stdout; !strings.Contains(got, `"outcome":"not kept","not_kept":["output"]`) {
		t.Errorf("JSON: %s", got)
	}
}

func TestHistoryIsSafeOnATerminal(t *testing.T) {
	t.Parallel()
	hostile := "log\x1b]0;owned\a\u202e\n"
	r, dir := newRemote(t, `{"id":"log\u001b]0;owned\u0007\u202e\n","output":"a\u009b","prompt":{"id":"pr_1"}}`), t.TempDir()
	here := both(at(r.URL), living(dir))
	run(t, here, "set", hostile, "output=\x1b[2J").wants(t, 0)
	for _, args := range [][]string{{"history"}, {"history", "--json"}, {"__complete", "undo", ""}} {
		got := run(t, both(here, func(e *cli.Env) { e.IsTerminal = func(any) bool { return true } }), args...)
		if got.code != 0 || !strings.Contains(got.stdout, "log") || strings.ContainsAny(got.stdout+got.stderr, "\x1b\a\u009b\u202e") {
			t.Errorf("%s: %d %q", args, got.code, got.stdout+got.stderr)
		}
	}
}

func TestRedactAsks(t *testing.T) {
	t.Parallel()
	r, dir := newRemote(t, logA), t.TempDir()
	here := both(at(r.URL), living(dir))
	run(t, here, "set", "log_a", "output=b").wants(t, 0)
	entry := newest(t, dir)
	run(t, both(here, typing("n\n")), "history", "--redact", entry.ID).wants(t, 1, `output: "a" → "b"`, "for good? [y/N] ", "nothing was redacted")
	if newest(t, dir).Redacted {
		t.Error("redacted all the same")
	}
	run(t, both(here, typing("y\n")), "history", "--redact", entry.ID).wants(t, 0, "redacted entry "+entry.ID)
	run(t, both(here, typing("")), "history", "--redact", entry.ID, "--yes").wants(t, 0)
	if !newest(t, dir).Redacted {
		t.Error("not redacted")
	}
}
