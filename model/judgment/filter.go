package judgment

import (
	"slices"
	"strings"

	"errata/model"
)

// Filter says which judgments are looked for. The zero Filter is any.
type Filter struct {
	Evaluator string // by path, name or id; empty for any
	Value     string // as Words has it, or its JSON
	Any       bool   // of any value
}

// ReadFilter reads "*" for any judgment, EVALUATOR for one of that evaluator, or EVALUATOR=VALUE.
func ReadFilter(text string) *Filter {
	name, value, valued := strings.Cut(text, "=")
	if name == "*" {
		name = ""
	}
	return &Filter{Evaluator: name, Value: value, Any: !valued}
}

// Passes reports whether a log has such a judgment that was not withdrawn. A nil Filter lets every
// log pass.
func (f *Filter) Passes(log *model.Log) bool {
	return f == nil || slices.ContainsFunc(Standings(Of(log)), func(s Standing) bool {
		return !s.Withdrawn() && f.Of(s.Evaluator) && (f.Any || f.says(s.Newest.Value))
	})
}

// Of reports whether the judgments of an evaluator are looked for.
func (f *Filter) Of(e Evaluator) bool {
	return f.Evaluator == "" || f.Evaluator == e.Path || f.Evaluator == e.Name || f.Evaluator == e.ID
}

// says reports whether a value is the one that is looked for. One of several options will do.
func (f *Filter) says(v model.Value) bool {
	if names, ok := Texts(v); ok && slices.Contains(names, f.Value) {
		return true
	}
	return Words(v) == f.Value || v.Equal(model.Raw([]byte(f.Value)))
}
