//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"errata/ui/term/termtest"
)

// noEditor stands for an editor: it saves words, says so on the terminal, and waits until it is let
// go.
const noEditor = `#!/bin/sh
printf '%s' "$WORDS" > "$1"
env > "$HOME/env"
ls -ld "$(dirname "$1")" "$1" > "$HOME/modes"
echo "the editor has saved"
read -r line < "$HOME/gate"
exit 0
`

// withEditor is errata on the log of tides with that editor, which is open on a field. letGo ends
// the editor.
func withEditor(t *testing.T, h home, words, keys string) (r *termtest.Remote, letGo func()) {
	t.Helper()
	script, gate := filepath.Join(h.dir, "editor"), filepath.Join(h.dir, "gate")
	if err := os.WriteFile(script, []byte(noEditor), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(gate, 0o600); err != nil {
		t.Fatal(err)
	}
	letGo = func() {
		go func() { // waits until the editor waits
			if file, err := os.OpenFile(gate, os.O_WRONLY, 0); err == nil {
				_ = file.Close()
			}
		}()
	}
	t.Cleanup(func() { // lets go an editor that is still there, and the wait for one that is not
		if file, err := os.OpenFile(gate, os.O_RDWR, 0); err == nil {
			_ = file.Close()
		}
	})
	cmd := h.command("log_tides")
	cmd.Env = append(cmd.Env, "EDITOR="+script, "WORDS="+words, "ERRATA_API_KEY=test-key-a", "HUMANLOOP_API_KEY=test-key-b",
		"ERRATA_SERVE_API_KEY=test-key-c", "PGPASSWORD=test-key-d", "ERRATA_PROFILE=")
	r = termtest.Start(t, cmd, 100, 40)
	r.Shows("almanac/tides")
	r.Send(keys + "e")
	r.Shows("the editor has saved")
	return r, letGo
}

// edited are the files of editors in a home.
func edited(t *testing.T, h home) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(stateOf(h.dir), "drafts", "*.edit*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestTheEditorGetsAPrivateFileAndNoSecret(t *testing.T) {
	t.Parallel()
	h := newHome(t).load(tides)
	r, letGo := withEditor(t, h, "At ten.", "jj")
	env, err := os.ReadFile(filepath.Join(h.dir, "env"))
	if err != nil || !strings.Contains(string(env), "WORDS=At ten.") || strings.Contains(string(env), "test-key") {
		t.Errorf("the editor's environment (%v):\n%s", err, env)
	}
	modes, err := os.ReadFile(filepath.Join(h.dir, "modes"))
	lines := strings.Split(string(modes), "\n")
	if err != nil || !strings.HasPrefix(lines[0], "drwx------") || !strings.HasPrefix(lines[1], "-rw-------") {
		t.Errorf("the modes of directory and file (%v):\n%s", err, modes)
	}
	letGo()
	r.Shows("taken over from the editor: output")
	if left := edited(t, h); len(left) > 0 {
		t.Errorf("there are still %v", left)
	}
	r.Send("\x13\x13")
	r.Shows("saved and verified")
	r.Send("q")
	r.Ends()
	if got := h.run("get", "log_tides", "output"); got != "At ten." {
		t.Errorf("the output is %q", got)
	}
	if left, _ := filepath.Glob(filepath.Join(stateOf(h.dir), "drafts", "[^.]*")); len(left) > 0 {
		t.Errorf("after the save there are still %v", left)
	}
}

// However errata ends while the editor is open, the words are named, taken over at the next start,
// and sent.
func TestWordsInTheEditorOutliveErrata(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*termtest.Remote){
		"killed":                func(r *termtest.Remote) { r.Signal(syscall.SIGKILL) },
		"told to end":           func(r *termtest.Remote) { r.Signal(syscall.SIGTERM) },
		"hung up":               func(r *termtest.Remote) { r.Signal(syscall.SIGHUP) },
		"the terminal has gone": func(r *termtest.Remote) { r.HangUp() },
	} {
		for field, c := range map[string]struct{ keys, words, patch string }{
			"text":            {"jj", "At ten, or later.", `{"output":"At ten, or later."}`},
			"no value":        {strings.Repeat("j", 17), `{"a": "ten, or lat`, ""},
			"in an outline":   {strings.Repeat("j", 17) + "\rG", "ten, or later", `{"metadata":{"b":1e-07,"a":"ten, or later"}}`},
			"in an outline ✗": {strings.Repeat("j", 17) + "\r", `{"b": ten, or lat`, ""},
		} {
			t.Run(name+", "+field, func(t *testing.T) {
				t.Parallel()
				h := newHome(t).load(tides)
				r, letGo := withEditor(t, h, c.words, c.keys)
				end(r)
				r.Ends()
				letGo()
				files := edited(t, h)
				if len(files) != 1 {
					t.Fatalf("the editor's files are %v", files)
				}
				if got := h.run("drafts"); !strings.Contains(got, "an editor left "+files[0]+", opening the log takes it over") {
					t.Errorf("drafts are listed as\n%s", got)
				}
				if got := h.run("drafts", "show", "log_tides"); !strings.Contains(got, c.words) {
					t.Errorf("the draft is shown as\n%s", got)
				}
				r = h.open(100, 40, "log_tides")
				r.Shows("restored unsaved work")
				r.Shows("1 changed")
				if left := edited(t, h); len(left) > 0 {
					t.Errorf("taken over, and there are still %v", left)
				}
				r.Send("\x13")
				if c.patch == "" {
					r.Shows("not sent:")
					r.Shows("ten, or lat")
					r.Send("\x03")
					r.Shows("the draft stays")
					r.Send("y")
				} else {
					r.Shows("nothing is sent yet")
					r.Send("b")
					r.Shows(c.patch)
					r.Send("\r")
					r.Shows("saved and verified")
					r.Send("q")
				}
				r.Ends()
			})
		}
	}
}

// vi is what git and kubectl take, too.
func TestWithoutAnEditorViIsTaken(t *testing.T) {
	t.Parallel()
	h := newHome(t).load(tides)
	bin := t.TempDir()
	script := "#!/bin/sh\nprintf 'At noon.\\n' > \"$1\"\n"
	if err := os.WriteFile(filepath.Join(bin, "vi"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	cmd := h.command("log_tides")
	cmd.Env = append(cmd.Env, "PATH="+bin+":/bin:/usr/bin")
	r := termtest.Start(t, cmd, 80, 24)
	r.Shows("almanac/tides")
	r.Send("jje")
	r.Shows("taken over from the editor: output")
	r.Shows("At noon.")
	r.Send("\x13\x13")
	r.Shows("saved and verified")
	r.Send("q")
	r.Ends()
}
