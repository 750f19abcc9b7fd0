package cli_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/cli"
)

// full is a log with every field, and members around them in odd spacing.
const full = `{"id":"log_a", "before" : 9007199254740993,"output_message":{"role":"assistant","content":"a\u0062"},"prompt_tokens":1,"reasoning_tokens":2,` +
	`"output_tokens":3,"prompt_cost":0.10,"output_cost":1e-07,"finish_reason":"stop","messages":[{"role":"user","content":"hi"}],"tool_choice":"auto",` +
	`"output":"old","created_at":"2025-07-01T10:00:00","error":null,"provider_latency":1.50,"stdout":"\ud800","provider_request":{"a":1.0},` +
	`"provider_response":{"b":  2},"inputs":{"x":"y"},"source":"sdk","metadata":{"k":"v"},"start_time":"2025-07-01T10:00:00","end_time":"2025-07-01T10:00:01",` +
	`"prompt":{"id":"pr_1","version_id":"prv_1"},"after":[1E+2]}`

// other is a new value for each kind of field, as an argument and as the literal that it becomes.
var other = map[model.Kind][2]string{
	model.Line:       {"=another line", `"another line"`},
	model.Text:       {"=two\nlines", `"two\nlines"`},
	model.Integer:    {"=77", `77`},
	model.Decimal:    {"=0.070", `0.070`},
	model.Datetime:   {"=2025-07-02T11:00:00.5Z", `"2025-07-02T11:00:00.5Z"`},
	model.Map:        {`:={"new":[1.0]}`, `{"new":[1.0]}`},
	model.Message:    {`:={"role":"assistant","content":"new"}`, `{"role":"assistant","content":"new"}`},
	model.Messages:   {`:=[{"role":"system","content":"new"}]`, `[{"role":"system","content":"new"}]`},
	model.ToolChoice: {"=required", `"required"`},
}

func TestSetEachFieldAlone(t *testing.T) {
	for _, f := range model.Fields() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			r := newRemote(t, full)
			argument, literal := other[f.Kind][0], other[f.Kind][1]
			run(t, at(r.URL), "set", "log_a", f.Name+argument).wants(t, 0, "saved and verified: "+f.Name)
			if want := fmt.Sprintf(`{%q:%s}`, f.Name, literal); len(r.sent()) != 1 || r.sent()[0] != want {
				t.Errorf("sent %q, want %s once", r.sent(), want)
			}
			want, err := jsonraw.Set([]byte(full), []jsonraw.Edit{{Name: f.Name, Val: []byte(literal)}})
			if err != nil {
				t.Fatal(err)
			}
			if got := r.get(t, "log_a"); got != string(want) {
				t.Errorf("stored\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestSetConflict(t *testing.T) {
	const (
		before = `{"id":"log_a","output":"a","metadata":{"n":1},"prompt":{"id":"pr_1"}}`
		theirs = `{"id":"log_a","output":"b","metadata":{"n":1,"by":"them"},"prompt":{"id":"pr_1"}}`
	)
	for _, c := range []struct {
		name     string
		args     []string
		code     int
		says     []string
		patches  []string
		ends     string // the output then
		metadata string
	}{
		{"another field moved", []string{"error=x"}, 0, []string{"saved and verified: error"}, []string{`{"error":"x"}`}, "b", `{"n":1,"by":"them"}`},
		{"fail", []string{"output=c"}, 3, []string{"output", "nothing was sent"}, nil, "b", `{"n":1,"by":"them"}`},
		{"a key each", []string{"metadata.mine:=2"}, 0, []string{"saved and verified: metadata"}, []string{`{"metadata":{"n":1,"by":"them","mine":2}}`}, "b", `{"n":1,"by":"them","mine":2}`},
		{"mine", []string{"output=c", "--on-conflict", "mine"}, 0, []string{"saved and verified: output"}, []string{`{"output":"c"}`}, "c", `{"n":1,"by":"them"}`},
		{"mine keeps their keys", []string{"metadata.n:=2", "--on-conflict", "mine"}, 0, []string{"saved and verified: metadata"}, []string{`{"metadata":{"n":2,"by":"them"}}`}, "b", `{"n":2,"by":"them"}`},
		{"theirs", []string{"output=c", "error=x", "--on-conflict", "theirs"}, 0, []string{"left as they are on the server: output", "saved and verified: error"}, []string{`{"error":"x"}`}, "b", `{"n":1,"by":"them"}`},
		{"nothing but theirs", []string{"output=c", "--on-conflict", "theirs"}, 0, []string{"left as they are on the server: output", "nothing to change"}, nil, "b", `{"n":1,"by":"them"}`},
		{"the same as theirs", []string{"output=b"}, 0, []string{"nothing to change"}, nil, "b", `{"n":1,"by":"them"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRemote(t, before)
			r.answer(func(_ http.ResponseWriter, req *http.Request, n int) bool {
				if req.Method == http.MethodGet && n == 2 { // after the first reading
					r.put(t, theirs)
				}
				return false
			})
			run(t, at(r.URL), append([]string{"set", "log_a"}, c.args...)...).wants(t, c.code, c.says...)
			if fmt.Sprint(r.sent()) != fmt.Sprint(c.patches) {
				t.Errorf("sent %q, want %q", r.sent(), c.patches)
			}
			for _, want := range []string{`"output":"` + c.ends + `"`, `"metadata":` + c.metadata} {
				if got := r.get(t, "log_a"); !strings.Contains(got, want) {
					t.Errorf("no %s in %s", want, got)
				}
			}
		})
	}
}

// TestSetRace moves the log between the last reading and the PATCH, which only the ETag can tell.
func TestSetRace(t *testing.T) {
	t.Parallel()
	r := newRemote(t, `{"id":"log_a","output":"a","prompt":{"id":"pr_1"}}`)
	r.answer(func(_ http.ResponseWriter, req *http.Request, n int) bool {
		if req.Method == http.MethodPatch && n == 1 {
			r.put(t, `{"id":"log_a","output":"b","prompt":{"id":"pr_1"}}`)
		}
		return false
	})
	run(t, at(r.URL), "set", "log_a", "output=c").wants(t, 3, "output")
	if got := r.get(t, "log_a"); !strings.Contains(got, `"output":"b"`) {
		t.Errorf("overwritten: %s", got)
	}
}

func TestSetUnclear(t *testing.T) {
	const log = `{"id":"log_a","output":"a","prompt":{"id":"pr_1"}}`
	for _, c := range []struct {
		name string
		hook func(r *remote, w http.ResponseWriter, req *http.Request) bool
		code int
		says []string
	}{
		{"saved, answer lost", func(r *remote, w http.ResponseWriter, req *http.Request) bool {
			if req.Method != http.MethodPatch {
				return false
			}
			r.put(t, `{"id":"log_a","output":"c","prompt":{"id":"pr_1"}}`)
			hangUp(w)
			return true
		}, 0, []string{"the log was read back and holds the changes", "saved and verified: output"}},
		{"not saved, answer lost", func(_ *remote, w http.ResponseWriter, req *http.Request) bool {
			if req.Method != http.MethodPatch {
				return false
			}
			hangUp(w)
			return true
		}, 1, []string{"not saved, as reading the log back shows: the connection to"}},
		{"answer lost, server gone", func(r *remote, w http.ResponseWriter, _ *http.Request) bool {
			if len(r.patches) == 0 {
				return false
			}
			hangUp(w)
			return true
		}, 7, []string{"cannot be read back", "errata get log_a"}},
		{"not kept", func(r *remote, w http.ResponseWriter, req *http.Request) bool {
			if req.Method != http.MethodPatch {
				return false
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, log)
			return true
		}, 7, []string{`output was not kept: sent "c", the server has "a"`}},
		{"server fails", func(_ *remote, w http.ResponseWriter, req *http.Request) bool {
			if req.Method != http.MethodPatch {
				return false
			}
			w.WriteHeader(http.StatusInternalServerError)
			return true
		}, 1, []string{"not saved, as reading the log back shows: the server failed with status 500; try again later"}},
		{"a web page", func(_ *remote, w http.ResponseWriter, req *http.Request) bool {
			if req.Method != http.MethodPatch {
				return false
			}
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<html>sign in</html>")
			return true
		}, 1, []string{"not saved, as reading the log back shows: the answer from ", " is a web page (text/html), not JSON; check the base URL, or try again"}},
		{"another log", func(r *remote, w http.ResponseWriter, req *http.Request) bool {
			if req.Method != http.MethodPatch {
				return false
			}
			r.put(t, `{"id":"log_a","output":"c","prompt":{"id":"pr_1"}}`)
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"id":"log_b","output":"c","prompt":{"id":"pr_1"}}`)
			return true
		}, 0, []string{"the answer did not tell, but the log was read back and holds the changes", "saved and verified: output"}},
		{"too large", func(_ *remote, w http.ResponseWriter, req *http.Request) bool {
			if req.Method != http.MethodPatch {
				return false
			}
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return true
		}, 1, []string{"the request of 14 bytes is larger than the server takes"}},
		{"refused", func(_ *remote, w http.ResponseWriter, req *http.Request) bool {
			if req.Method != http.MethodPatch {
				return false
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnprocessableEntity)
			_, _ = io.WriteString(w, `{"detail":[{"loc":["body","output"],"msg":"too poetic","type":"value_error"}]}`)
			return true
		}, 4, []string{"output", "too poetic"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRemote(t, log)
			r.answer(func(w http.ResponseWriter, req *http.Request, _ int) bool { return c.hook(r, w, req) })
			got := run(t, unhurried(r), "set", "log_a", "output=c", "--timeout", "2s")
			got.wants(t, c.code, c.says...)
			if accepted, lost := strings.Contains(got.stderr, "accepted"), strings.Contains(got.stderr, "not saved"); accepted && lost {
				t.Errorf("it says both: %s", got.stderr)
			}
			patches := 1
			if c.name == "server fails" { // and does not hold what was sent
				patches = 3
			}
			if len(r.sent()) != patches {
				t.Errorf("%d PATCHes, want %d", len(r.sent()), patches)
			}
		})
	}
}

func TestSetAsks(t *testing.T) {
	const log = `{"id":"log_a","output":"a\u001b]0;title\u0007","prompt":{"id":"pr_1"}}`
	for _, c := range []struct {
		name, typed string
		args        []string
		code        int
		asks, sends bool
	}{
		{"yes", "y\n", nil, 0, true, true},
		{"the word", "YES\n", nil, 0, true, true},
		{"no", "n\n", nil, 1, true, false},
		{"return", "\n", nil, 1, true, false},
		{"end of input", "", nil, 1, true, false},
		{"--yes", "", []string{"--yes"}, 0, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRemote(t, log)
			got := run(t, func(e *cli.Env) {
				at(r.URL)(e)
				e.Stdin = strings.NewReader(c.typed)
				e.IsTerminal = func(stream any) bool { return stream == e.Stdin }
			}, append([]string{"set", "log_a", "output=b"}, c.args...)...)
			got.wants(t, c.code)
			if asked := strings.Contains(got.stderr, "send? [y/N] "); asked != c.asks {
				t.Errorf("asked: %v", asked)
			}
			if c.asks && !strings.Contains(got.stderr, "- a␛]0;title␇\n") {
				t.Errorf("no review: %s", got.stderr)
			}
			if sent := len(r.sent()) == 1; sent != c.sends {
				t.Errorf("sent: %v", sent)
			}
			if strings.ContainsAny(got.stderr, "\x1b\a") {
				t.Errorf("text of the log reached the terminal: %q", got.stderr)
			}
		})
	}
}

func TestInterruptedQuestion(t *testing.T) {
	t.Parallel()
	r := newRemote(t, `{"id":"log_a","output":"a","prompt":{"id":"pr_1"}}`)
	ctx, cancel := context.WithCancel(t.Context())
	stdin, typed := io.Pipe()
	defer func() { _ = typed.Close() }()
	got := runIn(t, ctx, func(e *cli.Env) {
		at(r.URL)(e)
		e.Stdin = stdin
		e.Stderr = &trigger{Writer: e.Stderr, on: "send?", do: cancel}
		e.IsTerminal = func(stream any) bool { return stream == e.Stdin }
	}, "set", "log_a", "output=b")
	got.wants(t, 130, "interrupted")
	if len(r.sent()) != 0 {
		t.Error("sent all the same")
	}
}

// trigger calls do when a word is written.
type trigger struct {
	io.Writer
	on string
	do func()
}

func (w *trigger) Write(p []byte) (int, error) {
	if strings.Contains(string(p), w.on) {
		w.do()
	}
	return w.Writer.Write(p)
}

// TestSetOverBytesThatAreNoUTF8 says that an undo cannot bring back what the server does not tell.
func TestSetOverBytesThatAreNoUTF8(t *testing.T) {
	t.Parallel()
	r := newRemote(t, `{"id":"log_a","output":"caf\ufffd","prompt":{"id":"pr_1"}}`)
	r.answer(func(w http.ResponseWriter, _ *http.Request, _ int) bool {
		w.Header().Set(api.LockedHeader, "output")
		return false
	})
	run(t, at(r.URL), "set", "log_a", "source=x").wants(t, 0, "saved and verified: source")
	got := run(t, at(r.URL), "set", "log_a", "output=coffee")
	got.wants(t, 0, "warning: output held bytes that are not UTF-8, which an undo cannot bring back")
}
