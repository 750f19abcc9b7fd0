package model

import (
	"slices"
	"strings"
)

// Group is a heading of the form.
type Group int

// The groups, in the order of the form.
const (
	Conversation Group = iota + 1
	Outcome
	Usage
	Timing
	Context
	Provider
)

// String is the heading: "Conversation".
func (g Group) String() string {
	switch g {
	case Conversation:
		return "Conversation"
	case Outcome:
		return "Outcome"
	case Usage:
		return "Usage"
	case Timing:
		return "Timing"
	case Context:
		return "Context"
	case Provider:
		return "Provider"
	}
	return ""
}

// Field is one row of the table of updatable fields. Fields are compared by pointer: there is one
// of each.
type Field struct {
	Name  string // on the wire and on the command line
	Label string // on the form
	Group Group
	Kind  Kind
	Unit  string // "tokens", "USD", "s", or ""
	Help  string // one sentence
}

// Fields lists the 21 fields in the order of the API's documentation. The caller must not modify
// it.
func Fields() []*Field { return fields }

// Form lists the 21 fields in the order of the form, group by group. The caller must not modify it.
func Form() []*Field { return form }

// Lookup finds a field by its wire name.
func Lookup(name string) (*Field, bool) {
	i := slices.IndexFunc(fields, func(f *Field) bool { return f.Name == name })
	if i < 0 {
		return nil, false
	}
	return fields[i], true
}

// EvaluatorFields lists the fields that a log of an evaluator has, in the order of the API's
// documentation: all but those about a call to a model.
func EvaluatorFields() (list []*Field) {
	for _, f := range fields {
		if !slices.Contains(ofModels, f) {
			list = append(list, f)
		}
	}
	return list
}

// Names lists fields in a sentence: "output, error".
func Names(fields []*Field) string {
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}
