//go:build unix

package cli_test

import (
	"strings"

	"errata/model"
)

// step is something that a script may do; often says how often against the others.
type step struct {
	often int
	do    func(*trial)
}

var stepsOften = []step{
	{12, (*trial).typing},
	{3, (*trial).cutTyping},
	{5, (*trial).adding},
	{2, (*trial).nothing},
	{2, (*trial).revert},
	{2, (*trial).undo},
	{1, (*trial).redo},
	{2, (*trial).leaveOut},
	{2, (*trial).leavePlaceOut},
	{5, (*trial).writer},
	{10, (*trial).send},
	{2, (*trial).cutSending},
	{4, (*trial).leaveSending},
	{2, (*trial).ambush},
	{2, (*trial).slowedSending},
	{2, (*trial).laggingSending},
	{2, (*trial).reload},
	{3, (*trial).restart},
	{4, (*trial).elsewhere},
	{2, (*trial).inOneGo},
	{1, (*trial).throughHistory},
	{1, (*trial).openGates},
}

// play does some steps, in an order that the seed gives, and looks whether all went well.
func (s *trial) play() {
	s.act()
	for _, wrong := range s.book.verdict() {
		s.Error(wrong)
	}
}

func (s *trial) steps() []string { return s.script }

func (s *trial) act() {
	s.start()
	sum := 0
	for _, x := range stepsOften {
		sum += x.often
	}
	for range 4 + s.rng.IntN(12) {
		s.clear()
		n := s.rng.IntN(sum)
		for _, x := range stepsOften {
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
	case s.at(onReview, onForm, inEditor).place() != onReview:
		// nothing is left to send, or a text is not a value
	case s.rng.IntN(2) == 0:
		s.r.Send("\x1b")
		s.at(onForm)
	default:
		s.submit()
		s.clear()
	}
}

// settle settles every field of the conflict screen, and goes on to the review or, when nothing is
// left to send, to the form.
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
