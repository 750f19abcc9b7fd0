package model

import (
	"errors"
	"slices"

	"errata/model/jsonraw"
)

// Rule is a reason to refuse a value, or to warn about it. The server turns rules into the entries
// of a 422.
type Rule string

// The rules.
const (
	WantString   Rule = "string"
	WantInteger  Rule = "integer"
	WantNumber   Rule = "number"
	WantDatetime Rule = "datetime"
	WantObject   Rule = "object"
	WantList     Rule = "list"
	WantMember   Rule = "missing"   // a required member is missing
	WantOneOf    Rule = "enum"      // not one of the allowed words
	NotNull      Rule = "null"      // null where a value is required
	Duplicate    Rule = "duplicate" // a name twice
	TooMany      Rule = "more"      // stands for problems that are not listed, see Problem.More
	OddRange     Rule = "odd"       // allowed, but unlikely: a warning
)

// Problem is one thing wrong, or odd, with a value.
type Problem struct {
	Path []any // string and int steps from the value down: [1, "role"]
	Rule Rule
	Msg  string // a sentence without a full stop that names the field
	Warn bool   // odd, or so before the edit: no reason to refuse it

	Stood bool // the same fault was there before the edit, see CheckEdit
	More  int  // so many more were found and are not listed, which this problem stands for; else 0
}

// How many problems of one value are listed, and how many more are counted. What is behind them is
// not looked at.
const (
	mostFindings = 10_000
	MostCounted  = 1_000_000
)

// Check lists what is wrong or odd with v as a value of f. Absent and null are always right.
func (f *Field) Check(v Value) []Problem { return problems(f.findings(v)) }

// checker collects the problems of one value.
type checker struct {
	field   *Field
	element Value // the innermost list element that is being checked, else the value
	found   []finding
	more    int // beyond mostFindings
}

// value checks a well-formed value by the kind of its field.
func (c *checker) value(v Value) {
	switch c.field.Kind {
	case Line, Text:
		c.want(v, nil, jsonraw.String)
	case Integer, Decimal:
		c.number(v)
	case Datetime:
		c.time(v)
	case Map:
		c.want(v, nil, jsonraw.Object)
	case Message:
		c.message(v, nil)
	case Messages:
		c.messages(v)
	case ToolChoice:
		c.choice(v)
	}
}

// add notes that what is at path breaks rule; clause follows the name of the place.
func (c *checker) add(path []any, rule Rule, clause string) {
	if len(c.found) >= mostFindings {
		c.more++ // without words
		return
	}
	c.note(finding{
		Problem: Problem{Path: slices.Clone(path), Rule: rule, Msg: c.field.Name + pathText(path) + " " + clause},
		fault:   placeText(path) + " " + clause,
	})
}

// note keeps a finding, or counts it when there are too many.
func (c *checker) note(x finding) {
	if len(c.found) >= mostFindings {
		c.more++
		return
	}
	x.element = c.element
	c.found = append(c.found, x)
}

// lacks notes that the object at path has no member of this name, which the problem points to.
func (c *checker) lacks(path []any, name string) {
	if len(c.found) >= mostFindings {
		c.more++
		return
	}
	clause := "has no " + name
	c.note(finding{
		Problem: Problem{Path: child(path, name), Rule: WantMember, Msg: c.field.Name + pathText(path) + " " + clause},
		fault:   placeText(path) + " " + clause,
	})
}

func (c *checker) unreadable(err error) {
	var fault *jsonraw.SyntaxError
	rule := WantString
	if errors.As(err, &fault) && fault.Twice {
		rule = Duplicate
	}
	c.add(nil, rule, "cannot be read: "+err.Error())
}

var kindRules = map[jsonraw.Kind]Rule{
	jsonraw.String: WantString,
	jsonraw.Number: WantNumber,
	jsonraw.Object: WantObject,
	jsonraw.Array:  WantList,
}

// want reports whether v is of kind, and notes it when it is not.
func (c *checker) want(v Value, path []any, kind jsonraw.Kind) bool {
	if v.Kind() == kind {
		return true
	}
	c.add(path, kindRules[kind], "wants "+kind.Word()+", not "+v.Kind().Word())
	return false
}

func (c *checker) number(v Value) {
	n, ok := jsonraw.ParseDecimal(v.Bytes())
	rule := WantNumber
	if c.field.Kind == Integer {
		rule = WantInteger
	}
	switch {
	case !ok:
		c.add(nil, rule, "wants "+c.field.Kind.wants()+", not "+v.Kind().Word())
	case rule == WantInteger && !n.IsWhole():
		c.add(nil, rule, "wants a whole number, not "+quoted(string(v.Bytes())))
	case n.Sign() < 0:
		c.note(finding{Problem: Problem{Rule: OddRange, Msg: c.field.Name + " is negative", Warn: true}, fault: " is negative"})
	}
}

func (c *checker) time(v Value) {
	text, ok := v.Text()
	if !ok {
		c.add(nil, WantDatetime, "wants a time, not "+v.Kind().Word())
		return
	}
	if _, _, err := ParseTime(text); err != nil {
		c.add(nil, WantDatetime, "wants a time, not "+quoted(text)+": "+err.Error())
	}
}

var choices = []string{"none", "auto", "required"}

func isChoice(word string) bool { return slices.Contains(choices, word) }

func (c *checker) choice(v Value) {
	if word, ok := v.Text(); ok {
		if !isChoice(word) {
			c.add(nil, WantOneOf, "wants none, auto, required or a function object, not "+quoted(word))
		}
		return
	}
	if v.Kind() != jsonraw.Object {
		c.add(nil, WantOneOf, "wants none, auto, required or a function object, not "+v.Kind().Word())
		return
	}
	m := c.members(v, nil)
	if kind, ok := c.required(m, nil, "type", jsonraw.String); ok {
		if word, _ := kind.Text(); word != "function" {
			c.add([]any{"type"}, WantOneOf, "wants \"function\", not "+quoted(word))
		}
	}
	if fn, ok := c.required(m, nil, "function", jsonraw.Object); ok {
		at := []any{"function"}
		c.required(c.members(fn, at), at, "name", jsonraw.String)
	}
}
