package ui

import (
	"errata/model/figure"
	"errata/ui/annotate"
	"errata/ui/bars"
)

// slots finds out what is on the digits, as far as the evaluators are known.
func (s *session) slots() {
	if s.strip == nil {
		return
	}
	list, err := annotate.Slots(s.o.Annotate, s.rubric.List)
	s.strip.Slots, s.strip.Note = list, ""
	switch {
	case s.rubric.Locked != "":
		s.strip.Note = s.rubric.Locked
	case len(s.rubric.List) == 0 && s.rubric.Note != "":
		s.strip.Note = s.rubric.Note
	case err != nil:
		s.strip.Note = bars.Reason(err)
	}
}

// progress says how far the queue is.
func (s *session) progress() {
	r := s.queue.Report()
	s.strip.Progress = figure.Int(r.Done) + " of " + figure.Int(r.Logs)
	if r.Skipped > 0 {
		s.strip.Progress += " · " + figure.Int(r.Skipped) + " skipped"
	}
	if r.Failed > 0 {
		s.strip.Progress += " · " + figure.Int(r.Failed) + " failed"
	}
}
