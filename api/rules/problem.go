package rules

import (
	"fmt"
	"slices"
	"strings"

	"errata/api"
	"errata/model"
)

// statusInvalid is the HTTP status of a refused request.
const statusInvalid = 422

// text is how pydantic words a refusal.
type text struct{ msg, kind string }

// refusals words each rule of the model.
var refusals = map[model.Rule]text{
	model.WantString:   {"str type expected", "type_error.str"},
	model.WantInteger:  {"value is not a valid integer", "type_error.integer"},
	model.WantNumber:   {"value is not a valid float", "type_error.float"},
	model.WantDatetime: {"invalid datetime format", "value_error.datetime"},
	model.WantObject:   {"value is not a valid dict", "type_error.dict"},
	model.WantList:     {"value is not a valid list", "type_error.list"},
	model.WantMember:   {"field required", "value_error.missing"},
	model.WantOneOf:    {"value is not a valid enumeration member", "type_error.enum"},
	model.NotNull:      {"none is not an allowed value", "type_error.none.not_allowed"},
	model.Duplicate:    {"a name stands twice", "value_error.duplicate"},
}

// Refusals that no rule of the model covers.
var (
	missing  = refusals[model.WantMember]
	twice    = refusals[model.Duplicate]
	extra    = text{"extra fields not permitted", "value_error.extra"}
	notBool  = text{"value could not be parsed to a boolean", "type_error.bool"}
	tooShort = text{"ensure this value has at least 1 characters", "value_error.any_str.min_length"}
)

// entry makes one entry of the body of a 422.
func entry(t text, loc ...any) api.FieldError {
	return api.FieldError{Loc: loc, Msg: t.msg, Type: t.kind}
}

// entries makes the entries for the problems of a value; loc leads to the value. Warnings are
// passed over.
func entries(problems []model.Problem, loc ...any) []api.FieldError {
	var list []api.FieldError
	for _, p := range problems {
		switch {
		case p.Warn:
			continue
		case p.More > 0:
			list = append(list, more(p.More, loc...))
			continue
		}
		t, ok := refusals[p.Rule]
		if !ok {
			t = text{p.Msg, "value_error"}
		}
		if p.Rule == model.WantOneOf {
			t.msg += "; " + p.Msg
		}
		list = append(list, entry(t, append(append([]any{}, loc...), p.Path...)...))
	}
	return list
}

// more makes the entry that says how many further faults are not listed.
func more(n int, loc ...any) api.FieldError {
	msg := fmt.Sprintf("and %d more", n)
	if n >= model.MostCounted {
		msg = fmt.Sprintf("and at least %d more", n)
	}
	return api.FieldError{Loc: slices.Clone(loc), Msg: msg, Type: "value_error.more", More: n}
}

// mostEntries is how many entries a refusal lists; the last one then says how many there are
// besides.
const mostEntries = 100

// Refuse makes the error of a request that is refused for what entries say. It is nil when there
// are none.
func Refuse(list []api.FieldError) error {
	if len(list) == 0 {
		return nil
	}
	total := 0
	for _, e := range list {
		total += max(e.More, 1)
	}
	if len(list) > mostEntries {
		first := list[0].Loc
		list = append(slices.Clone(list[:mostEntries]), more(total-mostEntries, first[:min(1, len(first))]...))
	}
	first := list[0]
	msg := fmt.Sprintf("%s: %s", memberName(first.Loc), first.Msg)
	if total > 1 {
		msg += fmt.Sprintf(", and %d more", total-1)
	}
	return &api.Error{Code: api.Invalid, Status: statusInvalid, Msg: msg, Fields: list}
}

// memberName is the location of an entry without its first step: "messages.1.role", or the first
// step alone.
func memberName(loc []any) string {
	if len(loc) > 1 {
		loc = loc[1:]
	}
	steps := make([]string, len(loc))
	for i, step := range loc {
		steps[i] = fmt.Sprint(step)
	}
	return strings.Join(steps, ".")
}
