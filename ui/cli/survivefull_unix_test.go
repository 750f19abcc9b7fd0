//go:build unix

package cli_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"errata/ui/term/termtest"
)

// fileLimit is more than a file can grow to in a cramped home: shells do not agree on what they
// count in.
const fileLimit = 4 << 10

// limited is errata as a process that the system lets write no large file.
func (h home) limited(args ...string) *exec.Cmd {
	h.t.Helper()
	name := filepath.Join(h.dir, "errata") // the name says what the test binary is to be
	cmd := h.command(args...)
	if err := os.Symlink(cmd.Path, name); err != nil && !os.IsExist(err) {
		h.t.Fatal(err)
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		h.t.Fatal(err)
	}
	cmd.Path, cmd.Args = shell, append([]string{"sh", "-c", `ulimit -f 4; exec "$0" "$@"`, name}, args...)
	return cmd
}

// cramped is limited over a server, at a terminal.
func (h home) cramped(srv *remote, args ...string) *termtest.Remote {
	h.t.Helper()
	cmd := h.limited(args...)
	cmd.Env = append(cmd.Env, "ERRATA_BASE_URL="+srv.URL+"/v5", "ERRATA_API_KEY="+key)
	return termtest.Start(h.t, cmd, surviveWidth, surviveHeight)
}

// TestWithoutRoomForDraftsEditingGoesOn pastes more than a draft has room for, goes on, and takes
// it back.
func TestWithoutRoomForDraftsEditingGoesOn(t *testing.T) {
	t.Parallel()
	const off = "drafts are off"
	srv := newRemote(t, tides)
	h, p := newHome(t), rehearse(t, srv.URL+"/v5", tides)
	r := h.cramped(srv, "log_tides")
	types := func(list ...stroke) {
		p.press(list...)
		for _, k := range list {
			r.Send(k.bytes)
		}
	}
	await(r, p.sight())
	types(strokes("jj" + keyEnter + " Or ten")...)
	await(r, p.sight())
	kept := p.work()

	types(pasted(strings.Repeat("much ", fileLimit/5)))
	r.Shows(off + ", editing goes on: file too large (" + h.dir[:10])
	types(strokes("more")...)
	r.Shows("much more")
	r.Lacks("editing goes on") // a key takes the news away
	r.Shows(off)               // but not this
	if work := h.drafted(); !maps.Equal(work, kept) {
		t.Errorf("the draft is %q, want what was written before: %q", work, kept)
	}

	types(strokes(keyBack + keyBack)...) // the words, and the paste
	r.Lacks("much")
	for strings.Contains(r.Screen(), off) { // it is tried again after a while
		types(strokes(".")...)
		r.Shows("ten.")
		types(strokes(keyBackspace)...)
		r.Lacks("ten.")
	}
	eventually(t, "a draft of everything again", func() bool { return maps.Equal(h.drafted(), p.work()) })
	r.Signal(syscall.SIGKILL)
	r.Ends()
	r = h.at(srv, "log_tides")
	r.Shows("restored unsaved work")
	r.Send(keyReview + keyReview)
	r.Shows("saved and verified")
	if got := srv.get(t, "log_tides"); got != p.document() {
		t.Errorf("the log is\n%s\nwant\n%s", got, p.document())
	}
}

// TestWithoutRoomForTheJournalNothingIsSent tries to save when the journal is full.
func TestWithoutRoomForTheJournalNothingIsSent(t *testing.T) {
	t.Parallel()
	srv := newRemote(t, tides)
	h := newHome(t)
	fill := h.command("set", "log_tides", "stdout="+strings.Repeat("tide ", fileLimit/5))
	fill.Env = append(fill.Env, "ERRATA_BASE_URL="+srv.URL+"/v5", "ERRATA_API_KEY="+key)
	if out, err := fill.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	r := h.cramped(srv, "log_tides")
	r.Shows("almanac/tides")
	r.Send("jj" + keyEnter + " Or ten." + keyReview + keyReview)
	r.Shows("not saved: see to the journal, then save again: file too large")
	r.Shows("1 changed")
	if len(srv.sent()) != 1 {
		t.Errorf("the server got %q", srv.sent()[1:])
	}
	if work := h.drafted(); work["output"] != "At nine. Or ten." {
		t.Errorf("the draft is %q", work)
	}
	r.Send("q")
	r.Shows("the draft stays")
	r.Send("y")
	r.Ends()

	r = h.at(srv, "log_tides")
	r.Shows("restored unsaved work")
	r.Send(keyReview + keyReview)
	r.Shows("saved and verified")
}

// TestAStoreThatFindsNoRoomIsNotMade makes stores where the system lets none grow. Each attempt
// ends with one sentence and leaves nothing, so that the next one finds what the first one found.
func TestAStoreThatFindsNoRoomIsNotMade(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	logs := filepath.Join(h.dir, "logs.jsonl")
	if err := os.WriteFile(logs, []byte(tides), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"import", logs}, {"keys", "add", "ann"}, {"serve", "--listen", "127.0.0.1:0"}} {
		dir := t.TempDir()
		db := filepath.Join(dir, "new.db")
		cmd := h.limited(append([]string{"--db", db}, args...)...)
		out, err := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != 1 {
			t.Errorf("%q: exit code %d, %v", args, code, err)
		}
		why := ": write " + db + ".import: file too large\n"
		if text := string(out); !strings.HasSuffix(text, "cannot open the store "+db+why) || strings.Count(text, "\n") != 1 {
			t.Errorf("%q: says %q", args, text)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%q: left %v, %v", args, left, err)
		}
	}
}
