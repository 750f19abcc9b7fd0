//go:build unix

package cli_test

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"time"

	"errata/api/apitest"
	"errata/api/journal"
	"errata/model"
	"errata/ui/term/termtest"
)

// review opens the review; ok is false when there is nothing to send. A text that is not a value,
// which only a conflict can leave, is reverted.
func (s *trial) review() (ok bool) {
	const nothing = "nothing to send"
	if status := s.at(onForm, inEditor).status(); strings.Contains(status, nothing) || strings.HasPrefix(status, notSent) {
		s.goTo(s.fields[0])
	}
	s.r.Send("\x13")
	v := s.until("the review", func(v shot) bool {
		return v.place() == onReview || strings.Contains(v.status(), nothing) || strings.HasPrefix(v.status(), notSent)
	})
	// all of it was left out before
	if v.place() == onReview && strings.Contains(v[0], "0 fields") {
		s.r.Send("d")
		s.until("a change taken back in", func(now shot) bool { return now[0] != v[0] })
	}
	if v.place() != inEditor {
		return v.place() == onReview
	}
	s.r.Send("\x1b")
	label, _ := s.at(onForm).row()
	for _, f := range s.fields {
		if f.Label == label {
			s.revertAt(f)
		}
	}
	return s.review()
}

// submit sends what the review shows.
func (s *trial) submit() {
	if s.at(onReview, onForm, inEditor).place() != onReview {
		return
	}
	s.asked++
	s.r.Send("\r")
	s.outcome()
}

// faults draws what happens to the requests to come.
func (s *trial) faults() {
	if s.rng.IntN(4) == 0 {
		return
	}
	f := apitest.Fault{Method: []string{http.MethodPatch, http.MethodPatch, http.MethodPatch, http.MethodGet}[s.rng.IntN(4)]}
	f.Harm = pick(s.rng, apitest.CutRequest, apitest.CutAnswer, apitest.Twice, apitest.Instead, apitest.Disguise)
	if !s.patient && s.rng.IntN(3) == 0 {
		f.Harm = pick(s.rng, apitest.Swallow, apitest.Mute, apitest.Hold)
	}
	switch f.Harm {
	case apitest.CutRequest, apitest.CutAnswer:
		f.At = s.rng.IntN(700)
	case apitest.Instead, apitest.Disguise:
		f.Status = pick(s.rng, 200, 204, 302, 400, 401, 403, 404, 408, 409, 412, 422, 429, 500, 502, 503, 504)
	case apitest.Hold:
		f.Gate = apitest.NewGate()
		s.gates = append(s.gates, f.Gate)
	}
	s.note("  fault: %v", f)
	s.harm(f)
}

// harm has faults happen to requests about the log alone: evaluators are read when it pleases.
func (s *trial) harm(faults ...apitest.Fault) {
	for _, f := range faults {
		f.Path = "/log"
		s.proxy.Harm(f)
	}
}

func pick[T any](rng *rand.Rand, from ...T) T { return from[rng.IntN(len(from))] }

// send sends the changes, through whatever happens.
func (s *trial) send() {
	s.note("send")
	if !s.review() {
		return
	}
	if s.rng.IntN(8) == 0 {
		s.note("  the server refuses connections")
		s.proxy.Refuse(true)
		s.submit()
		s.proxy.Refuse(false)
		return
	}
	s.faults()
	s.submit()
	s.proxy.Heal()
}

// cutSending has errata killed while it sends.
func (s *trial) cutSending() {
	s.note("send")
	if !s.review() {
		return
	}
	s.faults()
	s.asked++
	s.r.Send("\r")
	s.until("sending", func(v shot) bool {
		return v.place() != onReview || v.has("sending") || strings.HasPrefix(v.status(), notSent)
	})
	s.kill(syscall.SIGKILL)
	s.proxy.Heal()
	s.start()
}

// leaveSending gives up waiting for an answer, and goes on while errata finds out what became of
// the PATCH, which goes on or is lost with it.
func (s *trial) leaveSending() {
	if !s.patient {
		s.send()
		return
	}
	s.goTo(s.fields[0])
	s.read() // so that there is nothing to keep the PATCH from going
	if s.shot().place() == onClash || !s.review() {
		return
	}
	s.note("send, and esc")
	patch, get := apitest.NewGate(), apitest.NewGate()
	s.harm(
		apitest.Fault{Method: http.MethodGet},
		apitest.Fault{Method: http.MethodPatch, Harm: apitest.Hold, Gate: patch},
		apitest.Fault{Method: http.MethodGet, Harm: apitest.Hold, Gate: get},
	)
	s.gates = append(s.gates, patch, get)
	s.asked++
	s.r.Send("\r")
	select {
	case <-patch.Reached():
		s.r.Send("\x1b")
	case <-time.After(termtest.Patience):
		s.Fatal("no PATCH came")
	}
	s.at(onForm)
	if s.rng.IntN(2) == 0 {
		s.note("  the PATCH goes on")
		patch.Open()
	}
	for range s.rng.IntN(3) {
		pick(s.rng, (*trial).typing, (*trial).nothing, (*trial).writer)(s)
	}
	s.openGates()
	s.until("what became of the PATCH", func(v shot) bool {
		return slices.ContainsFunc([]string{"saved and verified", "not saved", "sent, but"}, func(end string) bool { return strings.HasPrefix(v.status(), end) })
	})
	s.note("  %s", s.shot().status())
	s.proxy.Heal()
}

// ambush has somebody write between errata's reading and its PATCH.
func (s *trial) ambush() {
	f := s.anyField()
	text := s.fresh(f, 'w')
	s.note("send, and somebody else writes %s into %s just before", text, f.Name)
	if !s.review() {
		return
	}
	s.book.mu.Lock()
	s.book.ambush = func() { s.book.other(f, text) }
	s.book.mu.Unlock()
	s.submit()
	s.book.mu.Lock()
	s.book.ambush = nil
	s.book.mu.Unlock()
}

// slowedSending sends to a server that asks to slow down: errata waits and sends again.
func (s *trial) slowedSending() {
	if !s.review() {
		return
	}
	method := pick(s.rng, http.MethodPatch, http.MethodGet)
	n := 1 + s.rng.IntN(2)
	s.note("send, and the server asks %d times to slow down: %s", n, method)
	for range n {
		s.harm(apitest.Fault{Method: method, Harm: apitest.SlowDown})
	}
	s.asked++
	s.r.Send("\r")
	if status := s.outcome(); strings.Contains(status, "slow down") {
		s.wrong("it was not sent again: %s", status)
	}
	s.proxy.Heal()
}

// laggingSending sends to a server that shows the log as it was for a while after it accepted the
// PATCH: for less or for longer than errata goes on reading it.
func (s *trial) laggingSending() {
	if !s.review() {
		return
	}
	n := pick(s.rng, 1, 2, 6)
	s.note("send, and the server shows the log %d times as it was", n)
	s.harm(apitest.Fault{Method: http.MethodGet}) // the reading before the PATCH
	for range n {
		s.harm(apitest.Fault{Method: http.MethodGet, Harm: apitest.Stale})
	}
	s.asked++
	s.r.Send("\r")
	status := s.outcome()
	s.proxy.Heal()
	accepted := strings.HasPrefix(status, "accepted, but")
	switch {
	case accepted && n < 6, s.patient && strings.HasPrefix(status, "sent, but"):
		s.wrong("it was not read back: %s", status)
	case accepted && s.shot().place() == onForm:
		s.goTo(s.fields[0])
		s.read()
		s.noneOpen()
	}
}

// noneOpen wants no entry of the journal to be open that a reading can settle.
func (s *trial) noneOpen() {
	for e, err := range s.journal().Entries(journal.Filter{}) {
		if err == nil && e.Outcome == journal.Accepted {
			s.wrong("entry %s was accepted, and a reading has not settled it", e.ID)
		}
	}
}

// leaveOut leaves the first change of the review out, and sends the rest or goes back. Left out is
// not lost.
func (s *trial) leaveOut() {
	if !s.review() {
		return
	}
	v := s.shot()
	f := v.pointed()
	s.note("leave %s out", f.Name)
	s.r.Send("d")
	s.until("one less", func(now shot) bool { return now.place() == onForm || now[0] != v[0] })
	s.sendOrNot()
}

// leavePlaceOut adds members to a map and leaves one place of it out, which then remains.
func (s *trial) leavePlaceOut() {
	for _, f := range s.fields {
		for n := 0; f.Kind == model.Map && n < 2; n++ {
			if s.at(onForm, inEditor, onClash).place() == onClash {
				return
			}
			s.add(f)
		}
	}
	if s.at(onForm, inEditor, onClash).place() == onClash || !s.review() {
		return
	}
	v := s.shot()
	var rows []int
	for i, l := range v {
		if strings.HasPrefix(l, "    ●") {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		s.r.Send("\x1b")
		s.at(onForm)
		return
	}
	at := pick(s.rng, rows...)
	s.note("leave out %s", strings.TrimSpace(v[at]))
	s.r.Send(strings.Repeat("j", at-v.point()))
	s.until("the place", func(now shot) bool { return now.point() == at })
	s.r.Send("d")
	s.until("one place less", func(now shot) bool { return now.place() == onForm || now[0] != v[0] })
	s.sendOrNot()
}

// sendOrNot sends what is not left out, or goes back.
func (s *trial) sendOrNot() {
	switch {
	case s.shot().place() != onReview: // the log was read again meanwhile, and nothing remains
	case s.rng.IntN(2) == 0:
		s.submit()
	default:
		s.r.Send("\x1b")
		s.at(onForm)
	}
}

// reload reads the log again.
func (s *trial) reload() {
	s.goTo(s.fields[0])
	s.faults()
	s.read()
}

func (s *trial) read() {
	s.note("read the log again")
	s.r.Send("R")
	s.until("the log", func(v shot) bool {
		return v.place() == onClash || v.status() != "" && !strings.HasPrefix(v.status(), "reading ")
	})
	s.proxy.Heal()
}

// restart ends errata and starts it again.
func (s *trial) restart() {
	if s.rng.IntN(4) == 0 {
		s.goTo(s.fields[0])
		s.quit()
	} else {
		s.kill(pick(s.rng, syscall.SIGKILL, syscall.SIGTERM, syscall.SIGHUP))
	}
	if s.rng.IntN(3) == 0 {
		s.writer()
	}
	s.start()
}

// openGates lets requests go on that were held.
func (s *trial) openGates() {
	for _, g := range s.gates {
		g.Open()
	}
	s.gates = nil
}

// finish kills errata once more, sends all there is when all is well, and looks whether everything
// has arrived.
func (s *trial) finish() {
	s.note("the end: all is well, everything is sent")
	s.openGates()
	s.proxy.Heal()
	s.kill(syscall.SIGKILL)
	s.proxy.Settle()
	s.healthy = true
	s.start()
	for range 10 {
		if s.at(onForm, inEditor, onClash).place() == onClash {
			s.settle(func() string { return "e" })
		} else if !s.review() {
			break
		}
		s.submit()
	}
	s.book.missing("at the end", func(*word) bool { return false })
	s.r.Send("q")
	if code, _ := s.r.Ends(); code != 0 {
		s.wrong("errata ended with %d", code)
	}
	if left := s.edits(); len(left) > 0 {
		s.wrong("there is a draft left of %d fields", len(left))
	}
	s.count()
	s.noneOpen()
}
