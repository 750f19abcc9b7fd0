package annotate

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"errata/model"
	"errata/model/judgment"
)

// Entry is one of [[annotate]] in the configuration: an evaluator, or a tag.
type Entry struct {
	Evaluator string // its path, name or id; empty for a tag
	// the digit of a tag, or the first one of an evaluator; empty for the next free
	Key string
	Set []string // the assignments of a tag, as errata set takes them
}

// Slot is what one key says about a log: an option of an evaluator, an evaluator that opens a line
// for a number or a text, or the assignments of a tag.
type Slot struct {
	Key       string // a digit from 1 to 9; empty if none was left
	Evaluator judgment.Evaluator
	Value     model.Value // of an option; absent if a line is opened
	Valence   judgment.Valence
	Tag       []model.Assignment // nil but for a tag
	Label     string
}

// IsTag reports whether the slot changes fields rather than judges.
func (s Slot) IsTag() bool { return s.Tag != nil }

// Opens reports whether the slot opens a line, or an editor, to judge.
func (s Slot) Opens() bool { return !s.IsTag() && s.Value.IsAbsent() }

// Several reports whether the option is one of many that may be chosen together.
func (s Slot) Several() bool { return s.Evaluator.Spec.Returns == judgment.MultiSelect }

// Slots are what is on the digits: the entries in their order or, where there are none, all
// evaluators. Digits that are named go to what names them, the others in order to what is left. The
// error names an entry that cannot be used.
func Slots(entries []Entry, known []judgment.Evaluator) (list []Slot, err error) {
	if len(entries) == 0 {
		for _, e := range known {
			list = append(list, slotsOf(e)...)
		}
		return numbered(list), nil
	}
	var wrong []error
	for _, e := range entries {
		some, err := e.slots(known)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		list = append(list, some...)
	}
	return numbered(list), errors.Join(wrong...)
}

func (e Entry) slots(known []judgment.Evaluator) (list []Slot, err error) {
	if e.Evaluator == "" {
		tag, err := e.tag()
		return []Slot{tag}, err
	}
	at := slices.IndexFunc(known, func(one judgment.Evaluator) bool { return (&judgment.Filter{Evaluator: e.Evaluator}).Of(one) })
	if at < 0 {
		return nil, fmt.Errorf("the server has no evaluator %s for people", e.Evaluator)
	}
	list = slotsOf(known[at])
	if len(list) > 0 {
		list[0].Key = e.Key
	}
	return list, nil
}

func (e Entry) tag() (s Slot, err error) {
	for _, text := range e.Set {
		a, err := model.ParseAssignment(text)
		if err == nil && a.FromFile {
			err = fmt.Errorf("%s: a tag takes no file", text)
		}
		if err != nil {
			return s, err
		}
		s.Tag = append(s.Tag, a)
	}
	s.Key, s.Label = e.Key, strings.Join(e.Set, " ")
	return s, nil
}

// slotsOf are the options of an evaluator, or the one slot that opens a line.
func slotsOf(e judgment.Evaluator) (list []Slot) {
	switch s := e.Spec; s.Returns {
	case judgment.Boolean:
		for _, literal := range []string{"true", "false"} {
			v := model.Raw([]byte(literal))
			list = append(list, Slot{Evaluator: e, Value: v, Valence: s.ValenceOf(v), Label: judgment.Words(v)})
		}
	case judgment.Select, judgment.MultiSelect:
		for _, o := range s.Options {
			if v, err := model.String(o.Name); err == nil {
				list = append(list, Slot{Evaluator: e, Value: v, Valence: o.Valence, Label: o.Name})
			}
		}
	case judgment.Number, judgment.Text:
		return []Slot{{Evaluator: e, Label: e.Title()}}
	}
	return list
}

// numbered gives the slots without a digit those that are free, in order.
func numbered(list []Slot) []Slot {
	taken := map[string]bool{}
	for _, s := range list {
		taken[s.Key] = true
	}
	next := '1'
	for i := range list {
		for list[i].Key == "" && next <= '9' {
			if digit := string(next); !taken[digit] {
				list[i].Key = digit
			}
			next++
		}
	}
	return list
}

// Judging are the evaluators among slots, each once.
func Judging(list []Slot) (evaluators []judgment.Evaluator) {
	for _, s := range list {
		if !s.IsTag() && !slices.ContainsFunc(evaluators, func(e judgment.Evaluator) bool { return e.ID == s.Evaluator.ID }) {
			evaluators = append(evaluators, s.Evaluator)
		}
	}
	return evaluators
}

// Complete reports whether each evaluator has a judgment of a log that was marked as completed: by
// anyone or, where user is not nil, by that user.
func Complete(log *model.Log, evaluators []judgment.Evaluator, user *string) bool {
	if len(evaluators) == 0 {
		return false
	}
	list := judgment.Of(log)
	for _, e := range evaluators {
		done := func(j judgment.Judgment) bool {
			return j.Completed && j.Evaluator.ID == e.ID && (user == nil || j.User == *user)
		}
		if !slices.ContainsFunc(list, done) {
			return false
		}
	}
	return true
}
