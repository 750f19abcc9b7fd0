package draft

import (
	"slices"

	"errata/model"
	"errata/model/judgment"
)

// Said is what a Step changes of the judgments: the decision with one evaluator, before and after
// it. Nil decides nothing.
type Said struct {
	Evaluator     string // its id
	Before, After *judgment.Decision
}

func (s *Said) before() *judgment.Decision {
	if s == nil {
		return nil
	}
	return s.Before
}

func (s *Said) after() *judgment.Decision {
	if s == nil {
		return nil
	}
	return s.After
}

// Say changes the decision with an evaluator outside of the history, as every key of a text does. A
// nil Decision is none.
type Say struct {
	Evaluator string
	Decision  *judgment.Decision
}

// Judged says that the decision with an evaluator was carried out: it is none any more, and its
// steps are no longer on the history.
type Judged struct{ Evaluator string }

func (Say) event()    {}
func (Judged) event() {}

// Decided is the decision with an evaluator in a list of them, nil when there is none.
func Decided(list []judgment.Decision, evaluator string) *judgment.Decision {
	for i := range list {
		if list[i].Evaluator.ID == evaluator {
			return &list[i]
		}
	}
	return nil
}

// Decide is a list of decisions with another one for an evaluator, nil for none. The list stays as
// it is.
func Decide(list []judgment.Decision, evaluator string, d *judgment.Decision) []judgment.Decision {
	list = slices.Clone(list)
	i := slices.IndexFunc(list, func(d judgment.Decision) bool { return d.Evaluator.ID == evaluator })
	switch {
	case d == nil && i >= 0:
		return slices.Delete(list, i, i+1)
	case d == nil:
		return list
	case i >= 0:
		list[i] = *d
		return list
	}
	return append(list, *d)
}

// Drop takes the steps of an evaluator out of the history.
func (h *History) Drop(evaluator string) {
	of := func(s Step) bool { return s.Said != nil && s.Said.Evaluator == evaluator }
	h.Done, h.Undone = slices.DeleteFunc(slices.Clone(h.Done), of), slices.DeleteFunc(slices.Clone(h.Undone), of)
}

// decide carries a decision out.
func (l *live) decide(evaluator string, d *judgment.Decision) { l.said = Decide(l.said, evaluator, d) }

// saying is what makes one list of decisions into another, nothing where they are the same.
func saying(from, to []judgment.Decision) (events []Event) {
	if slices.EqualFunc(from, to, func(a, b judgment.Decision) bool { return a.SameAs(&b) }) {
		return nil
	}
	for _, d := range from {
		events = append(events, Say{d.Evaluator.ID, nil})
	}
	for _, d := range to {
		events = append(events, Say{d.Evaluator.ID, &d})
	}
	return events
}

// planSaid is what has to be recorded for a step of the judgments: what was typed outside of the
// history is taken back ahead of it, as the step says what was before.
func (l *live) planSaid(e Step) []Event {
	if Decided(l.said, e.Said.Evaluator).SameAs(e.Said.Before) {
		return []Event{e}
	}
	return []Event{Say{e.Said.Evaluator, e.Said.Before}, e}
}

// decision appends a decision; what it says comes last.
func decision(b []byte, evaluator string, d *judgment.Decision) (head, last []byte) {
	b = text(b, evaluator)
	if d == nil {
		return number(b, 0), nil
	}
	b = number(b, 1)
	for _, s := range []string{d.ID, d.User, d.Evaluator.Path, d.Evaluator.Name, d.Evaluator.VersionID} {
		b = text(b, s)
	}
	return b, d.Value.Bytes()
}

// decision reads one.
func (r *reader) decision() (evaluator string, d *judgment.Decision) {
	evaluator = r.text()
	if r.number() == 0 {
		return evaluator, nil
	}
	d = &judgment.Decision{ID: r.text(), User: r.text()}
	d.Evaluator = judgment.Evaluator{ID: evaluator, Path: r.text(), Name: r.text(), VersionID: r.text()}
	d.Value = model.Raw(r.rest())
	return evaluator, d
}
