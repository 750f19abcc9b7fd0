package form

import (
	"bytes"
	"slices"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/judgment"
	"errata/model/path"
	"errata/ui/annotate"
)

// Repeated is what was said or changed last, in whichever form.
type Repeated struct{ last *annotate.Slot }

// repeatedMost is how many bytes a value may have that was given by hand and can be repeated on
// another log: nobody means to write one log's text into another.
const repeatedMost = 200

// repeatedWithin is how many bytes a value may have in which such a one is looked for: every level
// of it is read again.
const repeatedWithin = 1 << 20

// remember makes what was changed or judged by hand last what is repeated, where it came after the
// last digit.
func (m *Model) remember() {
	done := m.history.Done
	if m.digits = min(m.digits, len(done)); len(done) == m.digits {
		return
	}
	m.digits = len(done)
	s := done[len(done)-1]
	if s.Said == nil {
		m.rememberChange(s.Field)
		return
	}
	if d := s.Said.After; d != nil && d.Value.IsSet() && d.Evaluator.Spec.Returns != judgment.MultiSelect {
		m.o.Repeated.last = &annotate.Slot{Evaluator: d.Evaluator, Value: d.Value, Label: d.Evaluator.Title()}
	}
}

// rememberChange makes the change of a field what is repeated, as assignments.
func (m *Model) rememberChange(f *model.Field) {
	edit, changed := m.changes.Edit(f)
	if !changed || edit.Err != nil {
		return
	}
	var texts []string
	for _, text := range reassigned(f, m.changes.Base().Value(f), edit.Value) {
		if len(text) <= repeatedMost {
			texts = append(texts, text)
		}
	}
	s := annotate.Slot{Label: strings.Join(texts, " ")}
	for _, text := range texts {
		if a, err := model.ParseAssignment(text); err == nil {
			s.Tag = append(s.Tag, a)
		}
	}
	switch {
	case s.IsTag():
		m.o.Repeated.last = &s
	case m.o.Annotating == nil: // nobody means the change before that
		m.o.Repeated.last = nil
	}
}

// reassigned are the assignments that make one value of a field of another, none if they are very
// large.
func reassigned(f *model.Field, was, is model.Value) []string {
	if was.Len()+is.Len() > repeatedWithin {
		return nil
	}
	return assigned(path.Path{path.Member(f.Name)}, was.Bytes(), is.Bytes())
}

// assigned are the assignments that make one value of another, as errata set takes them. What was
// taken out is none.
func assigned(at path.Path, was, is []byte) (list []string) {
	members, err := jsonraw.Members(is)
	if err != nil || jsonraw.KindOf(is) != jsonraw.Object || jsonraw.KindOf(was) != jsonraw.Object && len(at) > 1 {
		if bytes.Equal(was, is) {
			return nil
		}
		return []string{at.String() + ":=" + string(is)}
	}
	before, _ := jsonraw.Members(was)
	for _, m := range members {
		var old []byte
		if b, ok := jsonraw.Find(before, m.Name); ok {
			old = b.Val.Of(was)
		}
		list = append(list, assigned(append(slices.Clone(at), path.Member(m.Name)), old, m.Val.Of(is))...)
	}
	return list
}
