//go:build unix

package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"errata/ui/term/termtest"
)

// TestAFaultInTheProgramLosesNoWord has the program panic in the middle of work, in one place after
// another. Each time the terminal is as it was, one sentence says what happened, and the next start
// has everything.
func TestAFaultInTheProgramLosesNoWord(t *testing.T) {
	t.Parallel()
	h := newHome(t).load(tides)
	typed := "At nine."
	for _, c := range []struct{ fault, keys, shows string }{
		{updateFault, keyReview + keyReview, "almanac/tides"},
		{journalFault, keyEsc + "H", "a PATCH of log_tides was unaccounted for: not saved"},
		{readFault, keyEsc + "R", "restored unsaved work"},
	} {
		cmd := h.command("log_tides")
		cmd.Args[0] = "faulty"
		cmd.Env = append(cmd.Env, faultVariable+"="+c.fault)
		r := termtest.Start(t, cmd, surviveWidth, surviveHeight)
		r.Shows(c.shows)
		r.Send("jj" + keyEnter)
		r.Shows("editing")
		r.Send(" Or ten.")
		typed += " Or ten."
		r.Shows(typed)
		r.Send(c.keys)
		if code, _ := r.Ends(); code != 1 {
			t.Errorf("%s: it ended with %d", c.fault, code)
		}
		r.Left()
		file := filepath.Join(stateOf(h.dir), "fault.txt")
		sentence := "errata: stopped by a fault in the program; unsaved work is in the draft, and " + file + " tells where the fault is"
		// it is of several lines
		if got := r.Screen(); strings.Join(strings.Fields(got), "") != strings.ReplaceAll(sentence, " ", "") {
			t.Errorf("%s: it said\n%s\nwant\n%s", c.fault, got, sentence)
		}
		if text, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(text), c.fault+"\n") || !strings.Contains(string(text), ".go:") {
			t.Errorf("%s: the file says %v, %s", c.fault, err, text)
		}
		if work := h.drafted(); len(work) != 1 || work["output"] != typed {
			t.Errorf("%s: the draft is %q, want %q", c.fault, work, typed)
		}
	}
	r := h.open(surviveWidth, surviveHeight, "log_tides")
	r.Shows("restored unsaved work")
	r.Send(keyReview + keyReview)
	r.Shows("saved and verified")
	if got := h.run("get", "log_tides", "output"); got != typed {
		t.Errorf("the output is %q, want %q", got, typed)
	}
}
