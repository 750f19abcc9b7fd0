package form

import (
	"slices"
	"strings"

	"errata/model/judgment"
	"errata/ui/draft"
)

// NoEvaluators is the note of a server on which nobody has made an evaluator for people.
const NoEvaluators = "no evaluators yet: errata evaluators add"

// Rubric is what logs are judged with here, as far as it is known. The zero Rubric shows nothing
// but what a log holds already.
type Rubric struct {
	List   []judgment.Evaluator // those of the server, for people
	Note   string               // what there is to say where List is empty
	Locked string               // why nothing can be judged, "" if it can
	Coming bool                 // they are being read for the first time
}

// judged is an evaluator, and what was said of the log with it.
type judged struct {
	is        judgment.Evaluator
	standings []judgment.Standing
}

// name names the evaluator so that no other is meant.
func (j *judged) name() string {
	if j.is.Path != "" {
		return j.is.Path
	}
	return j.is.ID
}

// about is a sentence about the evaluator.
func (j *judged) about() string {
	if kind := j.is.Spec.Type; kind != "" && kind != judgment.Human {
		return "wants " + wants(j.is.Spec) + "; an evaluator of the type " + kind
	}
	return "wants " + wants(j.is.Spec)
}

// judgments are the rows of the group: a row for each evaluator of the server, then those that the
// log or a draft knows beside them.
func (l *fieldList) judgments() (rows []row) {
	var list []*judged
	of := func(e judgment.Evaluator) *judged {
		i := slices.IndexFunc(list, func(j *judged) bool { return j.is.ID == e.ID })
		if i < 0 {
			i, list = len(list), append(list, &judged{is: e})
		}
		return list[i]
	}
	for _, e := range l.rubric.List {
		of(e)
	}
	for _, s := range judgment.Standings(judgment.Of(l.changes.Base())) {
		j := of(s.Evaluator)
		j.standings = append(j.standings, s)
	}
	for _, d := range l.said {
		of(d.Evaluator)
	}
	note := l.rubric.Note
	if l.rubric.Locked != "" {
		note = "locked: " + l.rubric.Locked
	}
	if len(list) == 0 && note == "" {
		return nil
	}
	rows = append(rows, row{kind: headingRow, text: "Judgments"})
	if note != "" && (len(l.rubric.List) == 0 || l.rubric.Locked != "") {
		rows = append(rows, row{kind: noteRow, text: note})
	}
	for _, j := range list {
		rows = append(rows, row{kind: judgmentRow, of: j})
	}
	return rows
}

// SetRubric gives the form other evaluators. Update shows them: the cursor stays where it was, and
// so does what is open, an editor among it.
func (m *Model) SetRubric(r Rubric) { m.coming = &r }

// takeRubric shows the evaluators that have come, unless a search is counting on the rows.
func (m *Model) takeRubric() {
	if m.coming == nil || m.search.run != nil {
		return
	}
	before := m.rows
	m.rubric, m.coming, m.marks = *m.coming, nil, nil
	m.relist()
	m.renumber(before)
	m.search.follow(before)
	m.scroll()
}

// mine is what the user of the form has said, and not taken back.
func (l *fieldList) mine(j *judged) (s judgment.Standing, ok bool) {
	return judgment.By(l.o.Author, j.is, j.standings)
}

// decision is what is to be said with an evaluator, nil for nothing.
func (s *sheet) decision(j *judged) *judgment.Decision { return draft.Decided(s.said, j.is.ID) }

// says is a row in words: what is to be said, then what stands by whom.
func (l *fieldList) says(j *judged) string {
	var list []string
	d := l.decision(j)
	if d != nil {
		list = append(list, l.turn(j, d)+by(d.User))
	}
	mine, _ := l.mine(j)
	for _, s := range j.standings {
		if !s.Withdrawn() && (d == nil || s.Newest.ID != mine.Newest.ID) {
			list = append(list, judgment.Words(s.Newest.Value)+by(s.User))
		}
	}
	if len(list) == 0 {
		return "not judged"
	}
	return strings.Join(list, ", ")
}

// turn is what a decision makes of what stands: "good → bad".
func (l *fieldList) turn(j *judged, d *judgment.Decision) string {
	return l.was(j) + " → " + judgment.Words(d.Value)
}

// was is what the user of the form has said before, in words.
func (l *fieldList) was(j *judged) string {
	if s, ok := l.mine(j); ok {
		return judgment.Words(s.Newest.Value)
	}
	return "nothing"
}

// by names who said something.
func by(user string) string {
	if user == "" {
		return ""
	}
	return " · " + user
}

// current is the value of a row: what is to be said, else what the user of the form has said, else
// what somebody else has.
func (l *fieldList) current(j *judged) (v judgment.Judgment) {
	if d := l.decision(j); d != nil {
		return judgment.Judgment{Value: d.Value, Evaluator: j.is}
	}
	if s, ok := l.mine(j); ok {
		return s.Newest
	}
	for _, s := range j.standings {
		if !s.Withdrawn() {
			return s.Newest
		}
	}
	return v
}
