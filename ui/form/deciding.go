package form

import (
	"slices"

	"errata/model"
	"errata/model/judgment"
	"errata/ui/bars"
	"errata/ui/change"
	"errata/ui/draft"
)

// Decision is what is to be said of the log with an evaluator.
type Decision struct {
	judgment.Decision
	Was  string // what the same user has said before, in words; "nothing" where that is nothing
	Left bool   // it is left out of the next request
}

// Decisions lists what is to be said of the log, in the order in which it was decided. Each has the
// spec of its evaluator, if that is known in the version that it was decided with.
func (m *Model) Decisions() (list []Decision) {
	for _, d := range m.said {
		one := Decision{Decision: d, Was: "nothing", Left: slices.Contains(m.unsaid, d.Evaluator.ID)}
		if r := m.rows[m.rowOfEvaluator(d.Evaluator.ID)]; r.of != nil {
			one.Was = m.was(r.of)
			if r.of.is.VersionID == d.Evaluator.VersionID {
				one.Evaluator = r.of.is
			}
		}
		list = append(list, one)
	}
	return list
}

// Judges reports whether anything is to be said of the log.
func (m *Model) Judges() bool { return len(m.said) > 0 }

// Judged takes note that a decision was carried out: it is none any more. id is that of the
// judgment; a decision that was made since stays.
func (m *Model) Judged(evaluator, id string) {
	if d := draft.Decided(m.said, evaluator); d == nil || d.ID != id {
		return
	}
	m.said = draft.Decide(m.said, evaluator, nil)
	m.history.Drop(evaluator)
	m.keep(draft.Judged{Evaluator: evaluator})
	m.spoken(evaluator)
}

// LeaveUnsaid leaves the decision with an evaluator out of the next request, or takes it back in.
func (m *Model) LeaveUnsaid(evaluator string) {
	if i := slices.Index(m.unsaid, evaluator); i >= 0 {
		m.unsaid = slices.Delete(m.unsaid, i, i+1)
		return
	}
	m.unsaid = append(m.unsaid, evaluator)
}

// LeaveAllOut leaves all that was not sent yet out of the next request.
func (m *Model) LeaveAllOut() {
	for _, f := range m.changes.Changed() {
		m.LeaveOut(f, &change.LeftOut{Field: f})
	}
	for _, d := range m.said {
		if !slices.Contains(m.unsaid, d.Evaluator.ID) {
			m.LeaveUnsaid(d.Evaluator.ID)
		}
	}
}

// say changes the decision with an evaluator, without a step of undo.
func (e *edits) say(evaluator string, d *judgment.Decision) {
	e.said = draft.Decide(e.said, evaluator, d)
	e.unsaid = slices.DeleteFunc(e.unsaid, func(id string) bool { return id == evaluator })
	e.spoken(evaluator)
}

// decide changes the decision with an evaluator, as one step of undo. before is what was decided
// until then: what was typed since has no step of its own.
func (e *edits) decide(evaluator string, before, after *judgment.Decision) {
	now := draft.Decided(e.said, evaluator)
	switch {
	case !before.SameAs(after):
		s := draft.Step{Said: &draft.Said{Evaluator: evaluator, Before: before, After: after}}
		e.history.Add(s)
		e.keep(s)
	case !now.SameAs(after):
		e.keep(draft.Say{Evaluator: evaluator, Decision: after})
	}
	e.say(evaluator, after)
}

// unspeak gives an evaluator the decision of a step that is undone or redone.
func (e *edits) unspeak(s *draft.Said, to *judgment.Decision, event draft.Event, done string) {
	e.say(s.Evaluator, to)
	e.keep(event)
	for _, d := range []*judgment.Decision{s.Before, s.After} {
		if d != nil {
			e.Say(bars.News{Text: done + d.Evaluator.Title()})
		}
	}
}

// judge decides a value for an evaluator; the value that stands already decides nothing.
func (l *fieldList) judge(j *judged, before *judgment.Decision, v model.Value) {
	l.decide(j.is.ID, before, l.deciding(j, before, v))
}

// deciding is the decision for a value, nil if the user of the form has said just that.
func (l *fieldList) deciding(j *judged, before *judgment.Decision, v model.Value) *judgment.Decision {
	s, stands := l.mine(j)
	switch {
	case stands && judgment.Same(s.Newest.Value, v), !stands && !v.IsSet():
		return nil
	case before != nil && judgment.Same(before.Value, v) && before.Evaluator.VersionID == j.is.VersionID:
		return before
	}
	id := ""
	if l.o.NewJudgment != nil {
		id = l.o.NewJudgment()
	}
	of := j.is
	of.Spec = judgment.Spec{}
	return &judgment.Decision{ID: id, Evaluator: of, User: l.o.Author, Value: v}
}

// takeBack takes the user's own judgment back, or what was decided; again: it is as it was.
func (l *fieldList) takeBack(j *judged) {
	before := l.decision(j)
	taken := l.deciding(j, nil, model.Null)
	gone := before == nil && taken == nil || before != nil && taken != nil && !before.Value.IsSet()
	if gone {
		back, ok := l.beforeTaken(j)
		if !ok && before == nil {
			l.Say(bars.News{Text: j.is.Title() + " was not judged by you: there is nothing to take back"})
			return
		}
		l.decide(j.is.ID, before, back)
		l.Say(bars.News{Text: j.is.Title() + ": " + l.says(j)})
		return
	}
	l.decide(j.is.ID, before, taken)
	l.Say(bars.News{Text: j.is.Title() + ": taken back; x again brings it back"})
}

// beforeTaken is the decision that was last taken back; ok is false if none was.
func (l *fieldList) beforeTaken(j *judged) (d *judgment.Decision, ok bool) {
	for _, s := range slices.Backward(l.history.Done) {
		if s.Said == nil || s.Said.Evaluator != j.is.ID {
			continue
		}
		after := s.Said.After
		return s.Said.Before, after == nil || !after.Value.IsSet()
	}
	return nil, false
}

// unsay drops the decision with an evaluator.
func (l *fieldList) unsay(j *judged) {
	before := l.decision(j)
	if before == nil {
		l.Say(bars.News{Text: j.is.Title() + " is as it was fetched"})
		return
	}
	l.decide(j.is.ID, before, nil)
	l.Say(bars.News{Text: j.is.Title() + " is as it was fetched; u brings the judgment back"})
}
