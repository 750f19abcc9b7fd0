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

// TestWhateverEndsItTheWorkIsThere ends the program in the middle of a text, in every way there is.
func TestWhateverEndsItTheWorkIsThere(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*termtest.Remote){
		"hang-up":         func(r *termtest.Remote) { r.Signal(syscall.SIGHUP) },
		"termination":     func(r *termtest.Remote) { r.Signal(syscall.SIGTERM) },
		"kill":            func(r *termtest.Remote) { r.Signal(syscall.SIGKILL) },
		"closed terminal": func(r *termtest.Remote) { r.HangUp() },
		"quit": func(r *termtest.Remote) {
			r.Send("\x03")
			r.Shows("the draft stays")
			r.Send("y")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHome(t).load(tides)
			r := h.open(80, 24, "log_tides")
			r.Shows("almanac/tides")
			r.Send("jj" + keyEnter + " Or ten")
			r.Shows("At nine. Or ten")
			end(r)
			r.Ends()
			if list := h.run("drafts"); !strings.Contains(list, "log_tides") || !strings.Contains(list, "Or ten") {
				t.Errorf("errata drafts lists:\n%s", list)
			}
			r = h.open(80, 24, "log_tides")
			r.Shows("restored unsaved work")
			r.Shows("At nine. Or ten")
			r.Send(keyEsc + "gjj" + keyEnter + ", says the book." + keyReview)
			r.Shows("nothing is sent yet")
			r.Send("b")
			r.Shows(`{"output":"At nine. Or ten, says the book."}`)
			r.Send(keyReview)
			r.Shows("saved and verified")
			r.Send("q")
			r.Ends()
			if list := h.run("drafts"); strings.Contains(list, "log_tides") {
				t.Errorf("after the save errata drafts lists:\n%s", list)
			}
			if got := h.run("get", "log_tides", "output"); got != "At nine. Or ten, says the book." {
				t.Errorf("the output is %q", got)
			}
		})
	}
}

// TestWithoutAPlaceForDraftsEditingGoesOn has something in the way of the folder for drafts, or of
// those below it.
func TestWithoutAPlaceForDraftsEditingGoesOn(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"", "drafts"} {
		t.Run("in the way of "+in, func(t *testing.T) {
			t.Parallel()
			h := newHome(t).load(tides)
			way := filepath.Join(stateOf(h.dir), in)
			if err := os.MkdirAll(filepath.Dir(way), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(way, nil, 0o600); err != nil {
				t.Fatal(err)
			}
			r := h.open(80, 24, "log_tides")
			r.Shows("almanac/tides")
			r.Shows("drafts are off")
			r.Send("jj" + keyEnter + " Or ten.")
			r.Shows("At nine. Or ten.")
			r.Shows("drafts are off") // the header goes on saying so
			r.Send("\x03")
			r.Shows("1 changed field not sent: quit and lose them?")
			r.Send("n" + keyReview)
			r.Shows("nothing is sent yet")
			r.Send("b")
			r.Shows(`{"output":"At nine. Or ten."}`)
			if err := os.Remove(way); err != nil { // somebody makes room
				t.Fatal(err)
			}
			r.Send(keyReview)
			r.Shows("saved and verified")
		})
	}
}
