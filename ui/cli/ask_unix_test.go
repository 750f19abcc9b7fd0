//go:build unix

package cli_test

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"errata/ui/cli"
	"errata/ui/term/termtest"
)

// shell runs a line of the shell on a terminal, in which errata is found.
func (h home) shell(line string) *termtest.Remote {
	h.t.Helper()
	self, err := os.Executable()
	if err != nil {
		h.t.Fatal(err)
	}
	bin := h.t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "errata")); err != nil {
		h.t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", line)
	cmd.Env = []string{"HOME=" + h.dir, "PATH=" + bin + ":" + os.Getenv("PATH"), "GORACE=atexit_sleep_ms=0", pagesBeside(h.t)}
	return termtest.Start(h.t, cmd, 80, 24)
}

// TestAPipeIsAskedAboutOnTheTerminal pipes data into a change at a terminal: the question is put
// there all the same.
func TestAPipeIsAskedAboutOnTheTerminal(t *testing.T) {
	t.Parallel()
	const change = `{"id":"log_tides","set":{"output":"At ten."}}`
	for name, c := range map[string]struct {
		line, answer string
		want         string // the output afterwards
		code         int
	}{
		"a text, yes":      {"printf 'At ten.' | errata set log_tides output=@-", "y\r", "At ten.", 0},
		"a text, no":       {"printf 'At ten.' | errata set log_tides output=@-", "n\r", "At nine.", 1},
		"a text, the end":  {"printf 'At ten.' | errata set log_tides output=@-", "\x04", "At nine.", 1},
		"changes, yes":     {"echo '" + change + "' | errata apply -", "y\r", "At ten.", 0},
		"changes, no":      {"echo '" + change + "' | errata apply -", "n\r", "At nine.", 1},
		"changes, stop":    {"echo '" + change + "' | errata apply -", "q\r", "At nine.", 1},
		"changes, the end": {"echo '" + change + "' | errata apply -", "\x04", "At nine.", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHome(t).load(tides)
			r := h.shell(c.line)
			r.Shows("[y/N]")
			if got := h.run("get", "log_tides", "output"); got != "At nine." {
				t.Errorf("before the answer the output is %q", got)
			}
			r.Send(c.answer)
			if code, _ := r.Ends(); code != c.code {
				t.Errorf("it ended with %d, want %d", code, c.code)
			}
			if got := h.run("get", "log_tides", "output"); got != c.want {
				t.Errorf("the output is %q, want %q", got, c.want)
			}
		})
	}
}

// TestAPipeIsNotAskedAbout sends at once where nobody can be asked, or --yes says so.
func TestAPipeIsNotAskedAbout(t *testing.T) {
	t.Parallel()
	opened := 0
	for name, c := range map[string]struct {
		change func(*cli.Env)
		args   []string
		opened int
	}{
		"no terminal":         {func(e *cli.Env) {}, nil, 0},
		"words go to a file":  {func(e *cli.Env) { e.IsTerminal = func(s any) bool { return s == e.Stdout } }, nil, 0},
		"it cannot be opened": {func(e *cli.Env) { e.IsTerminal = func(s any) bool { return s == e.Stderr } }, nil, 1},
		"--yes at a terminal": {func(e *cli.Env) { e.IsTerminal = func(s any) bool { return s == e.Stderr } }, []string{"--yes"}, 0},
	} {
		opened = 0
		r := newRemote(t, tides)
		got := run(t, func(e *cli.Env) {
			at(r.URL)(e)
			e.Stdin = strings.NewReader("At ten.")
			e.Terminal = func() (io.ReadCloser, error) {
				opened++
				return nil, errors.New("no terminal here")
			}
			c.change(e)
		}, append([]string{"set", "log_tides", "output=@-"}, c.args...)...)
		got.wants(t, 0, "saved and verified")
		if len(r.sent()) != 1 || opened > 0 != (c.opened > 0) {
			t.Errorf("%s: sent %q, the terminal was opened %d times", name, r.sent(), opened)
		}
	}
}
