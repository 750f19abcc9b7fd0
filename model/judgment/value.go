package judgment

import (
	"slices"
	"strconv"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
)

// Check says what is wrong with a value as a judgment of this spec, nil when nothing is. Null is
// always right: it takes back what was judged before. An evaluator whose spec names no kind of
// value takes any that the API knows.
func (s Spec) Check(v model.Value) *model.Problem {
	kind := v.Kind()
	if v.IsAbsent() || kind == jsonraw.Null {
		return nil
	}
	switch s.Returns {
	case Boolean:
		if kind != jsonraw.True && kind != jsonraw.False {
			return wrong(model.WantOneOf, "a judgment wants true or false, not "+kind.Word())
		}
	case Number:
		return s.checkNumber(v)
	case Select:
		name, ok := v.Text()
		if !ok {
			return wrong(model.WantString, "a judgment wants the name of one option, not "+kind.Word())
		}
		return s.checkName(name)
	case MultiSelect:
		return s.checkNames(v)
	case Text:
		if kind != jsonraw.String {
			return wrong(model.WantString, "a judgment wants text, not "+kind.Word())
		}
	default:
		return checkAny(v)
	}
	return nil
}

func wrong(rule model.Rule, msg string) *model.Problem {
	return &model.Problem{Rule: rule, Msg: msg}
}

func (s Spec) checkNumber(v model.Value) *model.Problem {
	literal := string(v.Bytes())
	switch _, ok := jsonraw.ParseDecimal(v.Bytes()); {
	case !ok:
		return wrong(model.WantNumber, "a judgment wants a number, not "+v.Kind().Word())
	case s.Min != "" && compare(literal, s.Min) < 0:
		return wrong(model.WantNumber, "a judgment is at least "+s.Min+", not "+literal)
	case s.Max != "" && compare(literal, s.Max) > 0:
		return wrong(model.WantNumber, "a judgment is at most "+s.Max+", not "+literal)
	}
	return nil
}

func (s Spec) checkName(name string) *model.Problem {
	if _, ok := s.Find(name); ok || len(s.Options) == 0 {
		return nil
	}
	names := make([]string, len(s.Options))
	for i, o := range s.Options {
		names[i] = "'" + o.Name + "'"
	}
	return wrong(model.WantOneOf, "value is not a valid enumeration member; permitted: "+strings.Join(names, ", "))
}

func (s Spec) checkNames(v model.Value) *model.Problem {
	names, ok := Texts(v)
	if !ok {
		return wrong(model.WantList, "a judgment wants a list of names of options, not "+v.Kind().Word())
	}
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			return wrong(model.Duplicate, "an option is named twice")
		}
		if p := s.checkName(name); p != nil {
			return p
		}
	}
	return nil
}

// checkAny allows what some kind of evaluator gives.
func checkAny(v model.Value) *model.Problem {
	switch v.Kind() {
	case jsonraw.String, jsonraw.Number, jsonraw.True, jsonraw.False:
		return nil
	case jsonraw.Array:
		if _, ok := Texts(v); ok {
			return nil
		}
	}
	return wrong(model.WantOneOf, "a judgment is true or false, a number, text, a list of texts or null")
}

// compare compares two numbers as JSON writes them.
func compare(a, b string) int {
	x, okX := jsonraw.Rat(a)
	y, okY := jsonraw.Rat(b)
	if okX && okY {
		return x.Cmp(y)
	}
	// One has more zeros than anybody writes out: it is as good as infinite, or as 0.
	f, _ := strconv.ParseFloat(a, 64)
	g, _ := strconv.ParseFloat(b, 64)
	switch {
	case f < g:
		return -1
	case f > g:
		return 1
	}
	return 0
}

// Wire is a value as it is sent: a whole number with a fraction, 4 as 4.0. One of the official
// clients reads a bare 4 in a list as text, and a bare 1 as true.
func Wire(v model.Value) model.Value {
	if v.Kind() != jsonraw.Number || strings.ContainsAny(string(v.Bytes()), ".eE") {
		return v
	}
	return model.Raw(append(slices.Clone(v.Bytes()), ".0"...))
}

// Same reports whether two judgments say the same.
func Same(a, b model.Value) bool {
	if a.IsAbsent() {
		a = model.Null
	}
	if b.IsAbsent() {
		b = model.Null
	}
	return a.Equal(b)
}

// KindOf is the kind of value that an evaluator gives who has given v; text for null.
func KindOf(v model.Value) Returns {
	switch v.Kind() {
	case jsonraw.True, jsonraw.False:
		return Boolean
	case jsonraw.Number:
		return Number
	case jsonraw.Array:
		return MultiSelect
	default:
		return Text
	}
}
