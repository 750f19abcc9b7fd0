//go:build unix

package cli_test

import (
	"fmt"
	"maps"
	"strings"
	"syscall"
	"testing"

	"errata/ui/term/termtest"
)

// long is a log with an output of many pages.
func long() string {
	var lines strings.Builder
	for i := range 900 {
		fmt.Fprintf(&lines, `%d. springs follow the full moon, neaps the quarters: %[1]d\n`, i)
	}
	return strings.Replace(tides, "At nine.", lines.String(), 1)
}

// A stalled is a program that is typed at while its terminal takes nothing.
type stalled struct {
	t testing.TB
	h home
	r *termtest.Remote
	p rehearsal
}

// stall opens the output of a long log in an editor, and pages and types until the line is full.
func stall(t *testing.T) stalled {
	srv := newRemote(t, long())
	s := stalled{t: t, h: newHome(t), p: rehearse(t, srv.URL+"/v5", long())}
	s.r = s.h.at(srv, "log_tides")
	await(s.r, s.p.sight())
	s.types(strokes("jj" + keyEnter)...)
	await(s.r, s.p.sight())
	s.r.Deaf(true)
	for i := 0; !s.r.Full(); i++ {
		s.types(strokes([]string{keyPageUp, keyPageDn}[i/3%2] + "-")...)
		s.kept()
	}
	return s
}

func (s stalled) types(list ...stroke) {
	for _, k := range list {
		s.r.Send(k.bytes)
	}
	s.p.press(list...)
}

// kept waits until the draft on the disk holds all that was typed.
func (s stalled) kept() {
	s.t.Helper()
	eventually(s.t, "a draft of what was typed", func() bool { return maps.Equal(s.h.drafted(), s.p.work()) })
}

// TestTypingGoesOnWhileTheTerminalTakesNothing types hundreds of keys, pastes and pages at a
// terminal that has stopped reading.
func TestTypingGoesOnWhileTheTerminalTakesNothing(t *testing.T) {
	t.Parallel()
	s := stall(t)
	s.types(strokes(strings.Repeat("Hundreds of keys."+keyPageUp+keyBackspace+keyEnter, 30))...)
	s.kept()
	s.types(pasted(strings.Repeat("A line out of many that were pasted.\n", 6000)))
	s.kept()
	s.types(strokes(strings.Repeat(keyPageUp, 40) + keyPageDn)...)
	s.r.Deaf(false)
	await(s.r, s.p.sight())
	s.types(strokes(keyRight + "!")...)
	await(s.r, s.p.sight())
}

func TestSignalsEndAProgramWhoseTerminalTakesNothing(t *testing.T) {
	t.Parallel()
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		for name, script := range map[string]string{"a full line": "The end.", "a frame half sent": keyPageUp + keyPageUp + "The end."} {
			t.Run(sig.String()+" over "+name, func(t *testing.T) {
				t.Parallel()
				s := stall(t)
				s.types(strokes(script)...)
				s.kept()
				s.r.Signal(sig)
				s.r.Ends()
				s.kept()
				s.r.Deaf(false)
				s.r.Left()
			})
		}
	}
}
