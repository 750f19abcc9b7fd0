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
	"errata/model"
	"errata/ui/term/termtest"
)

// step is something that a script may do; often says how often against the others.
type step struct {
	often int
	do    func(*trial)
}

var steps = []step{
	{12, (*trial).typing},
	{3, (*trial).cutTyping},
	{5, (*trial).adding},
	{2, (*trial).nothing},
	{2, (*trial).revert},
	{2, (*trial).undo},
	{1, (*trial).redo},
	{2, (*trial).drop},
	{5, (*trial).writer},
	{10, (*trial).send},
	{2, (*trial).cutSending},
	{4, (*trial).leaveSending},
	{2, (*trial).ambush},
	{2, (*trial).reload},
	{3, (*trial).restart},
	{1, (*trial).openGates},
}

// play does some steps, in an order that the seed gives.
func (s *trial) play() {
	s.start()
	sum := 0
	for _, x := range steps {
		sum += x.often
	}
	for range 4 + s.rng.IntN(12) {
		s.clear()
		n := s.rng.IntN(sum)
		for _, x := range steps {
			if n -= x.often; n < 0 {
				x.do(s)
				break
			}
		}
		s.look()
		if len(s.book.verdict()) > 0 {
			return
		}
	}
	s.finish()
}

// clear settles a conflict, if one is shown, now and then by going back.
func (s *trial) clear() {
	if s.at(onForm, inEditor, onClash).place() != onClash {
		return
	}
	if s.rng.IntN(5) == 0 {
		s.note("esc: the conflict stays")
		s.r.Send("\x1b")
		s.at(onForm)
		return
	}
	s.settle(func() string { return []string{"m", "t", "e"}[s.rng.IntN(3)] })
	switch {
	case s.at(onReview, onForm, inEditor).place() != onReview: // nothing is left to send, or a text is no value
	case s.rng.IntN(2) == 0:
		s.r.Send("\x1b")
		s.at(onForm)
	default:
		s.submit()
		s.clear()
	}
}

// settle settles every field of the conflict screen, and goes on to the review or, when nothing is left to send, to the form.
func (s *trial) settle(choose func() string) {
	for {
		v := s.at(onClash)
		if strings.Contains(v[0], "all settled") {
			break
		}
		s.verdict(v, choose())
		s.until("the next field", func(now shot) bool { return now.place() == onClash && now[0] != v[0] })
	}
	s.r.Send("\r")
	s.at(onReview, onForm, inEditor)
}

// verdict settles the field that the conflict screen points at.
func (s *trial) verdict(v shot, choice string) {
	f := v.pointed()
	s.note("conflict in %s: %s", f.Name, choice)
	switch {
	case choice == "t":
		s.book.release(f, func(w *word, stored bool) bool { return w.own && !stored })
		s.r.Send("t")
	case choice == "e" && (f.Kind == model.Text || f.Kind == model.Line):
		s.r.Send("e")
		s.at(inMerge)
		s.r.Send("\x13")
		v := s.until("the merge kept", func(v shot) bool { return v.place() == onClash || strings.Contains(v.status(), "marks") })
		if v.place() == inMerge {
			s.r.Send("\x13")
		}
		s.book.merged(f)
	default:
		s.book.release(f, func(_ *word, stored bool) bool { return stored })
		s.r.Send("m")
	}
}

func (s *trial) anyField() *model.Field { return s.fields[s.rng.IntN(len(s.fields))] }

// edit opens the text editor on a field.
func (s *trial) edit(f *model.Field) {
	s.goTo(f)
	s.r.Send("t")
	s.at(inEditor)
}

// typing types a word, and leaves the editor now and then.
func (s *trial) typing() {
	f := s.anyField()
	text := s.fresh(f, 'q')
	s.note("type %s into %s", text, f.Name)
	s.edit(f)
	s.r.Send(keysFor(f, text))
	s.until(text, func(v shot) bool { return v.folds(tailOf(f, text)) })
	s.book.typed(f, text)
	if s.rng.IntN(2) == 0 {
		s.r.Send("\x1b")
		s.at(onForm)
	}
}

// cutTyping has errata killed among the keys of a word; what has been on the screen must be kept. Then the rest is typed.
func (s *trial) cutTyping() {
	f := s.anyField()
	if f.Kind == model.Integer {
		return // parts of numbers are not to be told apart
	}
	text := s.fresh(f, 'q')
	keys := keysFor(f, text)
	part := keys[:1+s.rng.IntN(len(keys))]
	s.edit(f)
	s.note("type %q of %q into %s", part, keys, f.Name)
	s.r.Send(part)
	if len(part) > 5 {
		s.until("the first keys", func(v shot) bool { return v.has(text[:3]) })
	}
	s.book.touch(f)
	s.kill(syscall.SIGKILL)
	shown := s.shot().shown(text)
	if len(shown) >= 3 && !strings.Contains(string(s.edits()[f]), shown) {
		s.wrong("%s of %s was on the screen and is lost", shown, f.Name)
		return
	}
	was := strings.TrimSpace(string(s.edits()[f]))
	s.start()
	if s.at(onForm, inEditor, onClash).place() == onClash {
		return
	}
	rest := keys
	if f.Kind == model.Map && !strings.HasSuffix(was, "}") {
		rest = keys[1:]
	}
	for n := len(keys); n > 1; n-- {
		if strings.HasSuffix(was, keys[1:n]) {
			rest = keys[n:]
			break
		}
	}
	s.note("type the rest: %q", rest)
	if s.at(onForm, inEditor).place() == onForm {
		s.edit(f)
	}
	s.r.Send(rest)
	s.until(text, func(v shot) bool { return v.folds(tailOf(f, text)) || rest == "" && v.has(text) })
	s.book.typed(f, text)
}

// adding adds a member to a map in its outline. Now and then errata is killed among the keys, and goes on with them.
func (s *trial) adding() {
	f := s.anyField()
	if f.Kind != model.Map {
		s.typing()
		return
	}
	s.goTo(f)
	s.r.Send("\r")
	if !strings.Contains(s.at(inEditor)[faultHeight-1], "a add") { // it is no map, or its text is none
		return
	}
	text := s.fresh(f, 'q')
	keys := text + ":=1"
	n := 3 + s.rng.IntN(len(keys)-2)
	s.note("add %s to %s", text, f.Name)
	s.r.Send("a")
	s.at(inMember)
	s.r.Send(keys[:n])
	if s.rng.IntN(2) == 0 {
		s.until(keys[:n], func(v shot) bool { return v.has(keys[:n]) })
		s.note("  after %q", keys[:n])
		s.book.touch(f)
		s.kill(syscall.SIGKILL)
		s.start()
		v := s.at(onForm, inEditor, inMember, onClash)
		there := v.has(keys[:n])
		switch v.place() {
		case inEditor:
			there = false
		case onForm, onClash: // the log has moved, and what was typed is a member
			there = strings.Contains(string(s.edits()[f]), keys[:min(n, len(text))])
		}
		if !there {
			s.wrong("%s of %s was on the screen and is lost", keys[:n], f.Name)
		}
		if v.place() != inMember {
			return
		}
	}
	s.r.Send(keys[n:] + "\r")
	s.until(text, func(v shot) bool { return v.place() == inEditor && v.has(text+": 1") })
	s.book.typed(f, text)
}

func (s *trial) wrong(format string, args ...any) {
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	s.book.wrong(format, args...)
}

// nothing sets a field to null. A person who does so knows what stands there.
func (s *trial) nothing() {
	f := s.anyField()
	s.goTo(f)
	if _, value := s.shot().row(); value == "null" || value == "absent" || f.Kind == model.Map { // in which others write beside
		return
	}
	s.note("null: %s", f.Name)
	s.book.release(f, func(w *word, _ bool) bool { return w.own || w.seen })
	s.news("x", "null now", "as it was fetched")
}

func (s *trial) revert() {
	f := s.anyField()
	s.goTo(f)
	s.revertAt(f)
}

func (s *trial) revertAt(f *model.Field) {
	s.note("revert %s", f.Name)
	s.book.release(f, func(w *word, stored bool) bool { return w.own && !stored })
	s.news("r", "as it was fetched")
}

func (s *trial) undo() {
	s.travel("u", "undone: ", "nothing to undo")
	if s.rng.IntN(2) == 0 {
		s.redo()
	}
}

func (s *trial) redo() { s.travel("\x12", "redone: ", "nothing to redo") }

// travel undoes or does again: whatever that brings is what the person wanted of this field.
func (s *trial) travel(key, done, none string) {
	s.goTo(s.fields[0])
	s.note("undo or redo")
	_, name, ok := strings.Cut(s.news(key, done, none), done)
	if !ok {
		return
	}
	if f, known := model.Lookup(strings.Fields(name)[0]); known {
		s.book.release(f, func(w *word, _ bool) bool { return w.own || w.seen && f.Kind != model.Map })
	}
}

// writer writes behind errata's back.
func (s *trial) writer() {
	f := s.anyField()
	text := s.fresh(f, 'w')
	s.note("somebody else writes %s into %s", text, f.Name)
	s.book.mu.Lock()
	defer s.book.mu.Unlock()
	s.book.other(f, text)
}

// review opens the review; ok is false when there is nothing to send. A text that is no value, which only a conflict can leave,
// is reverted.
func (s *trial) review() (ok bool) {
	const nothing = "nothing to send"
	if status := s.at(onForm, inEditor).status(); strings.Contains(status, nothing) || strings.HasPrefix(status, notSent) {
		s.goTo(s.fields[0])
	}
	s.r.Send("\x13")
	v := s.until("the review", func(v shot) bool {
		return v.place() == onReview || strings.Contains(v.status(), nothing) || strings.HasPrefix(v.status(), notSent)
	})
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
	s.proxy.Harm(f)
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

// leaveSending gives up waiting for an answer, and goes on while errata finds out what became of the PATCH, which goes on or is
// lost with it.
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
	s.proxy.Harm(
		apitest.Fault{Method: http.MethodGet},
		apitest.Fault{Method: http.MethodPatch, Harm: apitest.Hold, Gate: patch},
		apitest.Fault{Method: http.MethodGet, Harm: apitest.Hold, Gate: get},
	)
	s.asked++
	s.r.Send("\r")
	select {
	case <-patch.Reached():
		s.r.Send("\x1b")
	case <-time.After(termtest.Patience):
		s.Fatal("no PATCH came")
	}
	s.at(onForm)
	s.gates = append(s.gates, patch, get)
	if s.rng.IntN(2) == 0 {
		s.note("  the PATCH goes on")
		patch.Open()
	}
	for range s.rng.IntN(3) {
		pick(s.rng, (*trial).typing, (*trial).nothing, (*trial).writer)(s)
	}
	s.openGates()
	s.until("what became of the PATCH", func(v shot) bool {
		return slices.ContainsFunc([]string{"saved and verified", "not saved:", "sent, but"}, func(end string) bool { return strings.HasPrefix(v.status(), end) })
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

// drop drops the first change in the review.
func (s *trial) drop() {
	if !s.review() {
		return
	}
	v := s.shot()
	f := v.pointed()
	s.note("drop %s", f.Name)
	s.book.release(f, func(w *word, stored bool) bool { return w.own && !stored })
	s.r.Send("d")
	s.until("one less", func(now shot) bool { return now.place() == onForm || now[0] != v[0] })
	if s.shot().place() == onReview {
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

// finish kills errata once more, sends all there is when all is well, and looks whether everything has arrived.
func (s *trial) finish() {
	s.note("the end: all is well, everything is sent")
	s.openGates()
	s.proxy.Heal()
	s.kill(syscall.SIGKILL)
	s.proxy.Settle()
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
}
