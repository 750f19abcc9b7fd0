package judge

import (
	"fmt"
	"strings"

	"errata/api"
	"errata/model"
	"errata/model/jsonraw"
	"errata/model/judgment"
	"errata/model/spell"
)

// Words are judgments as they are typed, the same of any log.
type Words struct {
	Said      []string // EVALUATOR=VALUE, EVALUATOR=@FILE or EVALUATOR:=JSON
	Note      string   // said with the evaluator for notes; empty for none
	User      string   // who judges
	Completed bool
	File      func(name string) ([]byte, error) // reads what is behind @
}

// UsageError is the error for words that are not a judgment, or do not say which is meant.
type UsageError struct{ Msg string }

// Error says what is wrong with them.
func (e *UsageError) Error() string { return e.Msg }

// Acts are the judgments that are typed, by evaluators of a list. They have no id and no log yet.
// The error is an *api.Error or a *UsageError, or says why a file cannot be read.
func (w Words) Acts(list []judgment.Evaluator) (acts []Act, err error) {
	for _, word := range w.Said {
		e, v, err := w.read(list, word)
		if err != nil {
			return nil, err
		}
		if acts, err = w.add(acts, e, v); err != nil {
			return nil, err
		}
	}
	if w.Note == "" {
		return acts, nil
	}
	e, err := forNotes(list)
	if err != nil {
		return nil, err
	}
	v, err := model.String(w.Note)
	if err != nil {
		return nil, invalid("--note: %v", err)
	}
	return w.add(acts, e, v)
}

func (w Words) add(acts []Act, e judgment.Evaluator, v model.Value) ([]Act, error) {
	for _, other := range acts {
		if other.Evaluator.ID == e.ID {
			return nil, &UsageError{e.Called() + " is judged twice"}
		}
	}
	act := Act{Evaluator: e, Value: v, User: w.User, Completed: w.Completed}
	if wrong := act.Check(); wrong != "" {
		return nil, invalid("%s", wrong)
	}
	return append(acts, act), nil
}

// read reads one word.
func (w Words) read(list []judgment.Evaluator, word string) (e judgment.Evaluator, v model.Value, err error) {
	name, text, ok := strings.Cut(word, "=")
	if !ok {
		return e, v, &UsageError{spell.Begun(word) + " is no judgment; write EVALUATOR=VALUE"}
	}
	name, literal := strings.CutSuffix(name, ":")
	i, err := Find(list, name)
	if err != nil {
		return e, v, err
	}
	e = list[i]
	if file, isFile := strings.CutPrefix(text, "@"); isFile {
		raw, err := w.File(file)
		if err != nil {
			return e, v, err
		}
		text = string(raw)
	}
	switch {
	case !literal:
		v, err = e.Spec.Parse(text)
	case jsonraw.Check([]byte(text)) != nil:
		return e, v, invalid("%s:= wants JSON, not %q", name, spell.Begun(text))
	default:
		v = model.Raw([]byte(text))
	}
	if err != nil {
		return e, v, invalid("%s wants %s, not %q", e.Title(), e.Spec.Wanted(), spell.Begun(text))
	}
	return e, v, nil
}

// Find is the index of an evaluator in a list, given by its path, its id, or its name when only one
// has that name. The error is an *api.Error or a *UsageError.
func Find(list []judgment.Evaluator, typed string) (int, error) {
	var names, called []string
	at := -1
	for i, e := range list {
		if e.Path == typed || e.ID == typed {
			return i, nil
		}
		if names = append(names, e.Path, e.Name); e.Name == typed {
			at, called = i, append(called, e.Path)
		}
	}
	switch len(called) {
	case 1:
		return at, nil
	case 0:
		return 0, &api.Error{Code: api.NotFound, Msg: "no evaluator is called " + typed + spell.Meant(typed, names) + "; errata evaluators lists them, and errata evaluators add makes one"}
	}
	return 0, &UsageError{typed + " may be " + spell.Either(called) + "; name it by its path"}
}

// forNotes is the evaluator with which notes are written: the only one of people that wants a text,
// or the one of them that is called note.
func forNotes(list []judgment.Evaluator) (judgment.Evaluator, error) {
	var texts []judgment.Evaluator
	for _, e := range list {
		if e.Spec.Returns == judgment.Text && e.Spec.Type == judgment.Human {
			texts = append(texts, e)
		}
	}
	if len(texts) == 1 {
		return texts[0], nil
	}
	for _, e := range texts {
		if e.Name == "note" {
			return e, nil
		}
	}
	return judgment.Evaluator{}, &api.Error{Code: api.NotFound, Msg: "no evaluator is called note: errata evaluators add note --text makes one"}
}

func invalid(format string, args ...any) error {
	return &api.Error{Code: api.Invalid, Msg: fmt.Sprintf(format, args...)}
}

// Now is the current judgment of a log by the user and the evaluator of the act, from the standings
// of that log; absent if there is none.
func (a Act) Now(standings []judgment.Standing) model.Value {
	now := model.Absent
	for _, s := range standings {
		if s.Evaluator.ID == a.Evaluator.ID && s.User == a.User && !s.Withdrawn() {
			now = s.Newest.Value
		}
	}
	return now
}
