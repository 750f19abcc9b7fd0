package cli_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"errata/ui/cli"
)

// manyLogs writes a file of so many logs of one prompt, each of about the given size.
func manyLogs(t *testing.T, name string, n, size int) {
	t.Helper()
	var b strings.Builder
	pad := strings.Repeat("x", size)
	for i := range n {
		fmt.Fprintf(&b, `{"id":"log_%06d","output":"%s","prompt":{"id":"pr_1"}}`+"\n", i, pad)
	}
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestImportTellsProgress runs an import whose clock jumps, so that it seems long.
func TestImportTellsProgress(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "logs.jsonl")
	manyLogs(t, path, 6000, 50)
	clock := newClock()
	for _, onTerminal := range []bool{true, false} {
		got := run(t, func(e *cli.Env) {
			e.IsTerminal = func(s any) bool { return onTerminal && s == e.Stderr }
			e.Now = clock.tick
		}, "import", path)
		got.wants(t, 0, "1 prompt imported")
		if told := strings.Contains(got.stderr, "\rimporting ░"); told != onTerminal {
			t.Errorf("told progress: %v: %q", told, got.stderr)
		}
		_, words, _ := strings.Cut(got.stderr, "errata.db\n")
		lines := strings.Split(strings.TrimSpace(words), "\r")
		if last := lines[len(lines)-1]; last != "6,000 logs, 1 prompt imported" {
			t.Errorf("progress stayed: %q", last)
		}
		if onTerminal && (!strings.Contains(got.stderr, "%, 5,000 logs, ") || !strings.Contains(got.stderr, "/s, ") || !strings.Contains(got.stderr, " left")) {
			t.Errorf("no logs, rate or remaining time: %q", got.stderr)
		}
	}
}

// TestInterruptedImport interrupts an import, whose whole batches stay, and does it again.
func TestInterruptedImport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, db := filepath.Join(dir, "logs.jsonl"), filepath.Join(dir, "errata.db")
	manyLogs(t, path, 11000, 50)
	ctx, cancel := context.WithCancel(t.Context())
	clock := newClock()
	got := runIn(t, ctx, func(e *cli.Env) {
		e.Now = clock.tick
		e.IsTerminal = func(s any) bool { return s == e.Stderr }
		e.Stderr = &trigger{Writer: e.Stderr, on: " %, 5,000 logs", do: cancel}
	}, "--db", db, "import", path)
	got.wants(t, 130, "interrupted", "the same command goes on from here")
	run(t, nil, "--db", db, "get", "log_010999").wants(t, 6)
	run(t, nil, "--db", db, "import", path).wants(t, 0, "11,000 logs, 1 prompt imported, 5,000 of them there already")
	run(t, nil, "--db", db, "get", "log_010999").wants(t, 0)
}

// TestInterruptedImportOfNothing interrupts imports before the first log: into a new store, of
// which nothing is left, and into one that is there.
func TestInterruptedImportOfNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, db := filepath.Join(dir, "logs.jsonl"), filepath.Join(dir, "store", "errata.db")
	manyLogs(t, path, 3, 50)
	for _, first := range []bool{true, false} {
		ctx, cancel := context.WithCancel(t.Context())
		got := runIn(t, ctx, func(e *cli.Env) { e.Stdin = io.MultiReader(calls(cancel), brokenReader{}) }, "--db", db, "import", "-")
		got.wants(t, 130, "nothing is imported; the same command begins anew", "interrupted")
		if strings.Contains(got.stderr, "stays") || strings.Contains(got.stderr, "0 logs") || strings.Contains(got.stderr, "made the store") {
			t.Errorf("says %q", got.stderr)
		}
		if left, _ := os.ReadDir(filepath.Dir(db)); first && len(left) > 0 {
			t.Errorf("left %v", left)
		}
		run(t, nil, "--db", db, "import", path).wants(t, 0, "3 logs, 1 prompt imported")
	}
}

// calls is an empty reader that calls f when it is read.
type calls func()

func (f calls) Read([]byte) (int, error) {
	f()
	return 0, io.EOF
}

// TestImportOfMuchThatIsBad says the first hundred problems and counts the rest, and keeps all of
// them.
func TestImportOfMuchThatIsBad(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path, kept := filepath.Join(dir, "logs.jsonl"), filepath.Join(dir, "kept.jsonl")
	bad := strings.Repeat("{\"id\":\"log_\n", 250)
	if err := os.WriteFile(path, []byte(bad+`{"id":"log_a","prompt":{"id":"pr_1"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	got := run(t, nil, "import", path, "--rejects", kept)
	got.wants(t, 1, path+":100: ", "… and 150 more like these", "250 lines are kept in "+kept, "1 log, 1 prompt imported; 250 lines refused")
	if strings.Contains(got.stderr, path+":101: ") {
		t.Error("says all of them")
	}
	if raw, err := os.ReadFile(kept); err != nil || string(raw) != bad {
		t.Errorf("kept %d bytes, %v", len(raw), err)
	}
	if info, err := os.Stat(kept); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others can read what was kept: %v", info.Mode())
	}
	cannot := filepath.Join(path, "below")
	run(t, nil, "import", path, "--rejects", cannot).wants(t, 1, "what was refused could not be kept", "1 log, 1 prompt imported")
}

func TestImportOfAStreamThatBreaks(t *testing.T) {
	t.Parallel()
	got := run(t, func(e *cli.Env) {
		e.Stdin = io.MultiReader(strings.NewReader(`{"id":"log_a","prompt":{"id":"pr_1"}}`+"\n"), brokenReader{})
	}, "import", "-")
	got.wants(t, 1, "-:2: the line is gone", "1 log, 1 prompt imported; 1 line refused")
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("the line is gone") }

// TestImportToAServer sends logs to a server that asks for patience, has one of them, and refuses
// another.
func TestImportToAServer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "logs.jsonl")
	manyLogs(t, path, 150, 20)
	r := newRemote(t, `{"id":"log_000007","output":"`+strings.Repeat("x", 20)+`","prompt":{"id":"pr_2"}}`)
	r.answer(func(w http.ResponseWriter, req *http.Request, n int) bool {
		switch {
		case n == 20:
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusTooManyRequests)
			return true
		case req.Method == http.MethodPost && n > 10 && strings.Contains(body(req), `"log_000100"`):
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnprocessableEntity)
			_, _ = io.WriteString(w, `{"detail":[{"loc":["body","output"],"msg":"too long","type":"value_error"}]}`)
			return true
		}
		return false
	})
	withKey := func(e *cli.Env) { e.Environ = append(e.Environ, "ERRATA_BASE_URL=http://127.0.0.1:1/v5") }
	// The logs name their prompt by an id, which has to be there.
	r.put(t, `{"id":"log_x","prompt":{"id":"pr_1","version_id":"prv_1","path":"tides","model":"m-1"}}`)
	got := run(t, withKey, "import", path, "--to", r.URL+"/v5")
	got.wants(t, 1, path+":101: ", "too long", "148 logs sent to "+r.URL+"/v5, 1 there already; 1 line refused")
	if doc := r.get(t, "log_000149"); !strings.Contains(doc, `"output":"`+strings.Repeat("x", 20)) {
		t.Errorf("stored %s", doc)
	}
	r.answer(nil)
	run(t, withKey, "import", path, "--to", r.URL+"/v5").wants(t, 0, "1 log sent to ", ", 149 there already")
	run(t, func(e *cli.Env) { e.Environ = []string{"HOME=" + dir, "ERRATA_API_KEY=another"} }, "import", path, "--to", r.URL+"/v5").wants(t, 5)
	run(t, nil, "import", path, "--to", "ftp://example.com").wants(t, 2)
	run(t, nil, "--read-only", "import", path, "--to", r.URL+"/v5").wants(t, 1, "read-only")
}

// body is the body of a request, which stays readable.
func body(req *http.Request) string {
	raw, _ := io.ReadAll(req.Body)
	req.Body = io.NopCloser(strings.NewReader(string(raw)))
	return string(raw)
}

// TestServerThatGivesOtherIDs warns, since a second import would make the logs again.
func TestServerThatGivesOtherIDs(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "logs.jsonl")
	manyLogs(t, path, 3, 20)
	r := newRemote(t)
	r.answer(func(w http.ResponseWriter, req *http.Request, n int) bool {
		if req.Method == http.MethodPost {
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"id":"other_%d","prompt_id":"pr_1","version_id":"prv_1","session_id":null}`, n)
			return true
		}
		return false
	})
	run(t, nil, "import", path, "--to", r.URL+"/v5").wants(t, 0, "3 logs sent", "3 logs other ids than those they had")
}

// exporting gives a run that exports from a server.
func exporting(r *remote, change func(*cli.Env)) func(*cli.Env) {
	return func(e *cli.Env) {
		at(r.URL)(e)
		if change != nil {
			change(e)
		}
	}
}

// TestInterruptedExport interrupts an export, which leaves nothing under its name, and continues
// with it.
func TestInterruptedExport(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := newRemote(t)
	for i := range 250 {
		r.put(t, fmt.Sprintf(`{"id":"log_%d","prompt":{"id":"pr_%d","version_id":"prv_1"}}`, i, i%2))
	}
	out := filepath.Join(dir, "out")
	ctx, cancel := context.WithCancel(t.Context())
	r.answer(func(_ http.ResponseWriter, req *http.Request, _ int) bool {
		if req.URL.Query().Get("file_id") == "pr_0" && req.URL.Query().Get("page") == "2" {
			cancel()
		}
		return false
	})
	runIn(t, ctx, exporting(r, nil), "export", "-o", out).wants(t, 130, "out.partial; the same command goes on from there", "interrupted")
	if _, err := os.Stat(out); err == nil {
		t.Error("half an export stands under its name")
	}
	run(t, exporting(r, nil), "export", "-o", out, "--prompt", "pr_1").wants(t, 1, "not an export that was interrupted")
	r.answer(nil)
	run(t, exporting(r, nil), "export", "-o", out).wants(t, 0, "going on with the export that was begun", "125 logs, 1 prompt exported to "+out+", 1 more was complete already")
	run(t, exporting(r, nil), "export", "elsewhere").wants(t, 6, "there is no log elsewhere", "errata export -o DIR writes a directory")
	for _, id := range []string{"pr_0", "pr_1"} {
		raw, err := os.ReadFile(filepath.Join(out, "files", id, "logs", "1.jsonl"))
		if n := strings.Count(string(raw), "\n"); n != 125 || err != nil {
			t.Errorf("%s has %d logs, %v", id, n, err)
		}
	}
	run(t, nil, "import", out).wants(t, 0, "250 logs, 2 prompts imported")
}

// TestExportWhileOthersWrite adds and deletes logs between the pages of a list: what was there
// all the time is exported, once.
func TestExportWhileOthersWrite(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	log := func(i int, at time.Duration) string {
		made := time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC).Add(at).Format(time.RFC3339)
		return fmt.Sprintf(`{"id":"log_%d","created_at":"%s","prompt":{"id":"pr_1","version_id":"prv_1"}}`, i, made)
	}
	for i := range 450 {
		r.put(t, log(i, time.Duration(i)*time.Minute))
	}
	asked := map[string]bool{}
	r.answer(func(_ http.ResponseWriter, req *http.Request, _ int) bool {
		page := req.URL.Query().Get("page")
		if req.URL.Path != "/v5/logs" || asked[page] {
			return false
		}
		asked[page] = true
		switch page {
		case "2": // newer ones push the others back
			for i := range 150 {
				r.put(t, log(1000+i, time.Duration(1000+i)*time.Hour))
			}
		case "4": // some that were read are gone, so that the others move up
			var gone []string
			for i := range 150 {
				gone = append(gone, fmt.Sprintf("log_%d", 1000+i))
			}
			if err := r.store.DeleteLogs(context.Background(), gone); err != nil {
				t.Error(err)
			}
		}
		return false
	})
	got := run(t, exporting(r, nil), "export", "--prompt", "pr_1")
	got.wants(t, 0)
	seen := map[string]int{}
	for line := range strings.Lines(got.stdout) {
		id, _, _ := strings.Cut(strings.TrimPrefix(line, `{"id":"`), `"`)
		seen[id]++
	}
	for i := range 450 {
		if id := fmt.Sprintf("log_%d", i); seen[id] != 1 {
			t.Errorf("%s stands there %d times", id, seen[id])
		}
	}
}

// TestExportToAClosedPipe ends when nobody reads any more.
func TestExportToAClosedPipe(t *testing.T) {
	t.Parallel()
	r := newRemote(t)
	for i := range 300 {
		r.put(t, fmt.Sprintf(`{"id":"log_%d","output":"%s","prompt":{"id":"pr_1"}}`, i, strings.Repeat("x", 2000)))
	}
	got := run(t, exporting(r, func(e *cli.Env) { e.Stdout = closedPipe{} }), "export")
	got.wants(t, 1, "cannot write the output")
	if r.gets > 6 {
		t.Errorf("%d requests for nothing", r.gets)
	}
}

type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }
