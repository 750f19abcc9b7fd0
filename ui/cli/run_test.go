package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"errata/api"
	"errata/ui"
	"errata/ui/cli"
	"errata/ui/term"
)

// terminal makes every stream a terminal, and shows no screen but notes what it would show.
func terminal(shown *[]ui.Options) func(*cli.Env) {
	return func(e *cli.Env) {
		e.IsTerminal = func(any) bool { return true }
		e.Screen = func(_ context.Context, o ui.Options) error {
			*shown = append(*shown, o)
			return nil
		}
	}
}

func TestScreen(t *testing.T) {
	db := filepath.Join(t.TempDir(), "logs.db")
	run(t, nil, "--db", db, "keys", "add", "me").wants(t, 0, "made the store "+db)
	for _, c := range []struct {
		name  string
		args  []string
		env   []string
		wants func(o ui.Options) bool
	}{
		{"browse", nil, nil, func(o ui.Options) bool {
			return o.LogID == "" && o.Server == "embedded store" && o.BaseURL == "" && o.Mouse && o.Theme == "auto"
		}},
		{"a log", []string{"log_a"}, nil, func(o ui.Options) bool { return o.LogID == "log_a" }},
		{"open", []string{"open", "list"}, nil, func(o ui.Options) bool { return o.LogID == "list" }},
		{"two logs", []string{"diff", "log_a", "log_b", "--screen"}, nil, func(o ui.Options) bool { return o.Compare != nil && *o.Compare == [2]string{"log_a", "log_b"} }},
		{"behind dashes", []string{"--", "undo"}, nil, func(o ui.Options) bool { return o.LogID == "undo" }},
		{"demo", []string{"demo"}, nil, func(o ui.Options) bool {
			return o.Server == "demo" && o.LogID == "" && strings.Contains(o.Hint, "enter opens a log")
		}},
		{"flags", []string{"--prompt", "pr_1", "--read-only", "--no-mouse", "--theme", "light"}, nil, func(o ui.Options) bool {
			return o.Query.Prompt == "pr_1" && o.ReadOnly && !o.Mouse && o.Theme == "light"
		}},
		{"no colour", nil, []string{"NO_COLOR=1"}, func(o ui.Options) bool { return o.Theme == "none" }},
		{"a server", nil, []string{"ERRATA_BASE_URL=http://127.0.0.1:1/v5"}, func(o ui.Options) bool { return o.Server == "http://127.0.0.1:1/v5" && o.BaseURL == o.Server }},
		{"no editor", nil, nil, func(o ui.Options) bool { return slices.Equal(o.Editor, []string{"vi"}) }},
		{"editor", nil, []string{"EDITOR=code --wait"}, func(o ui.Options) bool { return slices.Equal(o.Editor, []string{"code", "--wait"}) }},
		{"visual editor", nil, []string{"EDITOR=ed", "VISUAL=vi"}, func(o ui.Options) bool { return slices.Equal(o.Editor, []string{"vi"}) }},
		{"editor for the shell", nil, []string{"EDITOR='my editor' -w"}, func(o ui.Options) bool {
			return slices.Equal(o.Editor, []string{"sh", "-c", `'my editor' -w "$@"`, "'my editor' -w"})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var shown []ui.Options
			got := run(t, func(e *cli.Env) {
				terminal(&shown)(e)
				e.Environ = append(append(e.Environ, "ERRATA_DB="+db), c.env...)
			}, c.args...)
			got.wants(t, 0)
			if len(shown) != 1 || shown[0].Service == nil || !c.wants(shown[0]) {
				t.Errorf("shown: %+v", shown)
			}
		})
	}
}

func TestNoScreen(t *testing.T) {
	log := `{"id":"log_a","output":"a\u001b[2J\u009b","prompt":{"id":"pr_1"}}`
	r := newRemote(t, log)
	for _, c := range []struct {
		name   string
		change func(*cli.Env)
		args   []string
		want   string
	}{
		{"dumb terminal", func(e *cli.Env) { e.Environ = append(e.Environ, "TERM=dumb") }, []string{"log_a"}, "Output: a␛[2J<U+009B>"},
		{"piped input", func(e *cli.Env) { e.IsTerminal = func(s any) bool { return s != e.Stdin } }, nil, "log_a"},
		{"piped output", func(e *cli.Env) { e.IsTerminal = func(s any) bool { return s != e.Stdout } }, []string{"log_a"}, "Output: a\x1b[2J\u009b"},
		{"JSON", nil, []string{"log_a", "--json"}, log},
		{"list is safe", nil, []string{"list"}, "a␛[2J<U+009B>"},
		{"get is safe", nil, []string{"get", "log_a", "output"}, "a␛[2J<U+009B>\n"},
		{"get piped is exact", func(e *cli.Env) { e.IsTerminal = func(s any) bool { return s != e.Stdout } }, []string{"get", "log_a", "output"}, "a\x1b[2J\u009b"},
		{"diff is safe", nil, []string{"diff", "log_a", "output=b"}, "- a␛[2J<U+009B>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var shown []ui.Options
			got := run(t, func(e *cli.Env) {
				terminal(&shown)(e)
				at(r.URL)(e)
				if c.change != nil {
					c.change(e)
				}
			}, c.args...)
			got.wants(t, 0)
			if len(shown) > 0 {
				t.Error("a screen was shown")
			}
			if !strings.Contains(got.stdout, c.want) {
				t.Errorf("no %q in %q", c.want, got.stdout)
			}
		})
	}
}

func TestScreenErrors(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		code int
	}{
		{"unknown log", &api.Error{Code: api.NotFound, Msg: "no log x"}, 6},
		{"wrong key", &api.Error{Code: api.Unauthorized, Msg: "wrong key"}, 5},
		{"anything", errors.New("terminal gone"), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := run(t, func(e *cli.Env) {
				e.IsTerminal = func(any) bool { return true }
				e.Screen = func(context.Context, ui.Options) error { return c.err }
			}, "x")
			got.wants(t, c.code, "errata: "+c.err.Error())
		})
	}
}

// TestScreenHandlesSignals checks that an interrupt does not pull the service from under the
// screen.
func TestScreenHandlesSignals(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	got := runIn(t, ctx, func(e *cli.Env) {
		e.IsTerminal = func(any) bool { return true }
		e.Screen = func(ctx context.Context, _ ui.Options) error {
			cancel()
			return ctx.Err()
		}
	})
	got.wants(t, 0)
}

func TestPanic(t *testing.T) {
	got := run(t, func(e *cli.Env) {
		e.IsTerminal = func(any) bool { return true }
		e.Screen = func(context.Context, ui.Options) error { panic("lost\x1b[2J") }
	})
	got.wants(t, 1, "a fault in errata itself: lost␛[2J")
	if strings.Count(got.stderr, "\n") != 1 {
		t.Errorf("not one line: %q", got.stderr)
	}
}

func TestInterrupt(t *testing.T) {
	r := newRemote(t)
	ctx, cancel := context.WithCancel(t.Context())
	r.answer(func(_ http.ResponseWriter, req *http.Request, _ int) bool {
		cancel()
		<-req.Context().Done()
		return true
	})
	runIn(t, ctx, at(r.URL), "get", "log_a").wants(t, 130)
}

// full is a disk without room.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestOutputFails(t *testing.T) {
	var stderr bytes.Buffer
	got := run(t, func(e *cli.Env) { e.Stdout, e.Stderr = fullDisk{}, &stderr }, "version")
	if got.code != 1 || !strings.Contains(stderr.String(), "no space left") {
		t.Errorf("code %d, %s", got.code, stderr.String())
	}
}

// TestServeStops reads the line that serve prints, asks for something, interrupts it and waits for
// its end.
func TestServeStops(t *testing.T) {
	t.Parallel()
	stdout, w := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan result, 1)
	go func() {
		done <- runIn(t, ctx, func(e *cli.Env) { e.Stdout = w }, "serve", "--listen", "127.0.0.1:0")
		_ = w.Close()
	}()
	lines := bufio.NewReader(stdout)
	line, err := lines.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	url, _ := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	answer, err := http.Get(url + "/logs/x")
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("without a key: %s", answer.Status)
	}
	cancel()
	if rest, err := io.ReadAll(lines); err != nil || len(rest) > 0 {
		t.Errorf("more on stdout: %q %v", rest, err)
	}
	(<-done).wants(t, 0, "no API key yet")
}

func TestServeWarnsOfOtherMachines(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	got := runIn(t, ctx, func(e *cli.Env) {
		e.Environ = append(e.Environ, "ERRATA_SERVE_API_KEY=test-key")
		e.Stdout = &trigger{Writer: e.Stdout, on: "listening on", do: cancel}
	}, "serve", "--listen", "0.0.0.0:0")
	got.wants(t, 0, "other machines can reach this server", "ERRATA_SERVE_API_KEY is short enough to be guessed")
	if strings.Contains(got.stderr, "no API key") {
		t.Error("complains although the environment has a key")
	}
}

// TestServeTakesShortKeys wants no warning about a key that nobody can guess, or from nowhere else.
func TestServeTakesShortKeys(t *testing.T) {
	t.Parallel()
	for address, key := range map[string]string{"0.0.0.0:0": "a key of twenty signs", "127.0.0.1:0": "short"} {
		ctx, cancel := context.WithCancel(t.Context())
		got := runIn(t, ctx, func(e *cli.Env) {
			e.Environ = append(e.Environ, "ERRATA_SERVE_API_KEY="+key)
			e.Stdout = &trigger{Writer: e.Stdout, on: "listening on", do: cancel}
		}, "serve", "--listen", address)
		if got.code != 0 || strings.Contains(got.stderr, "guessed") {
			t.Errorf("%s on %s: exit code %d\n%s", key, address, got.code, got.stderr)
		}
	}
}

// TestImportSaysWhere checks that logs are not lost from sight when the settings name a server.
func TestImportSaysWhere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "log.json")
	if err := os.WriteFile(path, []byte(`{"id":"log_a","prompt":{"id":"pr_1"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	run(t, at("http://127.0.0.1:1"), "import", path).wants(t, 0, "1 log, 1 prompt imported", "the settings name http://127.0.0.1:1/v5")
}

func TestAFaultInTheProgramSaysWhereItIs(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	env := cli.Env{
		Args: []string{"demo"}, Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &stderr, Environ: []string{"HOME=" + t.TempDir()},
		IsTerminal: func(any) bool { return true },
		Screen: func(context.Context, ui.Options) error {
			return &term.EndError{Why: term.Panicked, Detail: "index out of range\x1b[31m\n\tform.go:12"}
		},
	}
	if code := cli.Run(t.Context(), env); code != 1 {
		t.Errorf("it ended with %d", code)
	}
	for _, want := range []string{"fault", "index out of range␛[31m", "form.go:12"} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("stderr does not say %q: %s", want, stderr.String())
		}
	}
}
