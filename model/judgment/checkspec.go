package judgment

import (
	"slices"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
)

// The words that members of a spec may have.
var (
	types     = []string{Human, "llm", "python", "external"}
	arguments = []string{"target_free", "target_required"}
	returns   = []string{string(Boolean), string(Number), string(Select), string(MultiSelect), string(Text)}
	valences  = []string{string(Positive), string(Negative), string(Neutral)}
)

// CheckSpec lists what is wrong with a spec that is to make an evaluator. Members that no spec has
// are passed over. The prompt of an evaluator of type llm is not looked into.
func CheckSpec(literal []byte) []model.Problem {
	c := &specChecker{}
	list, err := jsonraw.Members(literal)
	if err != nil {
		c.add(model.WantObject, "a spec is an object")
		return c.found
	}
	c.of = jsonraw.Document{Literal: literal, Members: list}
	kind := c.word(memberType, types, true)
	c.word(memberArguments, arguments, true)
	gives := c.word(memberReturns, returns, true)
	c.want("attributes", jsonraw.Object, false)
	c.options(Returns(gives), kind)
	c.limits()
	c.word(memberValence, valences, false)
	c.want(memberInstructions, jsonraw.String, false)
	switch kind {
	case "python":
		c.want("code", jsonraw.String, true)
	case "llm":
		c.want("prompt", jsonraw.Object, false)
	}
	return c.found
}

// specChecker collects what is wrong with a spec.
type specChecker struct {
	of    jsonraw.Document
	found []model.Problem
}

func (c *specChecker) add(rule model.Rule, msg string, path ...any) {
	c.found = append(c.found, model.Problem{Path: path, Rule: rule, Msg: msg})
}

var wants = map[jsonraw.Kind]model.Rule{
	jsonraw.String: model.WantString, jsonraw.Object: model.WantObject, jsonraw.Array: model.WantList, jsonraw.Number: model.WantNumber,
}

// want is a member of the spec if it is of a kind. Absent and null are wrong where it is required.
func (c *specChecker) want(name string, kind jsonraw.Kind, required bool) (literal []byte, ok bool) {
	literal = c.of.Raw(name)
	switch is := jsonraw.KindOf(literal); {
	case is == kind:
		return literal, true
	case is != jsonraw.None && is != jsonraw.Null:
		c.add(wants[kind], name+" wants "+kind.Word(), name)
	case required:
		c.add(model.WantMember, "a spec needs "+name, name)
	}
	return nil, false
}

// word is a text member that is one of some words, empty when it is not there or wrong.
func (c *specChecker) word(name string, words []string, required bool) string {
	literal, ok := c.want(name, jsonraw.String, required)
	if !ok {
		return ""
	}
	word, _ := jsonraw.Text(literal)
	if !slices.Contains(words, word) {
		c.add(model.WantOneOf, "permitted: "+strings.Join(words, ", "), name)
		return ""
	}
	return word
}

// options are needed where people choose.
func (c *specChecker) options(gives Returns, kind string) {
	chosen := gives == Select || gives == MultiSelect
	list, ok := c.want(memberOptions, jsonraw.Array, chosen && kind == Human)
	if !ok {
		return
	}
	n := 0
	seen := map[string]bool{}
	for e := range jsonraw.EachElement(list) {
		at := n
		n++
		members, err := jsonraw.Members(e.Val.Of(list))
		if err != nil {
			c.add(model.WantObject, "an option is an object", memberOptions, at)
			continue
		}
		option := jsonraw.Document{Literal: e.Val.Of(list), Members: members}
		name, ok := jsonraw.Text(option.Raw(optionName))
		switch {
		case !ok:
			c.add(model.WantMember, "an option needs a name", memberOptions, at, optionName)
		case seen[name]:
			c.add(model.Duplicate, "two options have one name", memberOptions, at, optionName)
		}
		seen[name] = true
		switch literal := option.Raw(optionValence); {
		case literal == nil || jsonraw.KindOf(literal) == jsonraw.Null:
		case !slices.Contains(valences, option.Text(optionValence)):
			c.add(model.WantOneOf, "permitted: "+strings.Join(valences, ", "), memberOptions, at, optionValence)
		}
	}
	if n == 0 && chosen && kind == Human {
		c.add(model.WantMember, "a choice needs options", memberOptions)
	}
}

// limits are numbers, the least no larger than the most, and a step above zero.
func (c *specChecker) limits() {
	literal, ok := c.want(memberLimits, jsonraw.Object, false)
	if !ok {
		return
	}
	of := jsonraw.ReadDocument(literal)
	for _, name := range []string{"min", "max", "step"} {
		switch jsonraw.KindOf(of.Raw(name)) {
		case jsonraw.None, jsonraw.Null, jsonraw.Number:
		default:
			c.add(model.WantNumber, name+" wants a number", memberLimits, name)
		}
	}
	least, most, step := of.Number("min"), of.Number("max"), of.Number("step")
	if least != "" && most != "" && compare(least, most) > 0 {
		c.add(model.WantNumber, "min is larger than max", memberLimits, "min")
	}
	if step != "" && compare(step, "0") <= 0 {
		c.add(model.WantNumber, "a step is larger than 0", memberLimits, "step")
	}
}

// Members are the literals of what a spec says, in the order in which an evaluator shows them, null
// for what it does not say. Two specs mean the same when all their members do.
func Members(spec []byte) []jsonraw.Edit {
	of := jsonraw.ReadDocument(spec)
	names := []string{memberArguments, memberReturns, "attributes", memberOptions, memberLimits, memberValence, memberType}
	switch of.Text(memberType) {
	case Human:
		names = append(names, memberInstructions)
	case "python":
		names = append(names, "code")
	case "llm":
		names = append(names, "prompt")
	}
	list := make([]jsonraw.Edit, len(names))
	for i, name := range names {
		literal := of.Raw(name)
		switch {
		case literal == nil:
			literal = []byte("null")
		case name == memberOptions && jsonraw.KindOf(literal) == jsonraw.Array:
			literal = spelledOut(literal)
		}
		list[i] = jsonraw.Edit{Name: name, Val: literal}
	}
	return list
}

// spelledOut are options with the valence of each.
func spelledOut(options []byte) []byte {
	list := []byte{'['}
	for e := range jsonraw.EachElement(options) {
		if len(list) > 1 {
			list = append(list, ',')
		}
		option := jsonraw.ReadDocument(e.Val.Of(options))
		valence := option.Raw(optionValence)
		if valence == nil || jsonraw.KindOf(valence) == jsonraw.Null {
			valence = []byte(`"` + string(Neutral) + `"`)
		}
		name := option.Raw(optionName)
		if name == nil {
			name = []byte("null")
		}
		list = append(append(list, `{"name":`...), name...)
		list = append(append(list, `,"valence":`...), valence...)
		list = append(list, '}')
	}
	return append(list, ']')
}

// SameSpec reports whether two specs mean the same.
func SameSpec(a, b []byte) bool {
	these, those := Members(a), Members(b)
	if len(these) != len(those) {
		return false
	}
	for i, m := range these {
		if m.Name != those[i].Name || !jsonraw.EqualSparse(m.Val, those[i].Val) {
			return false
		}
	}
	return true
}
