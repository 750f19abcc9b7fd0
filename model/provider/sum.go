package provider

import (
	"strings"

	"errata/model/jsonraw"
)

// A sum is a count made of members of a response, as the table writes it:
//
//	usage.input_tokens + usage.cache_read_input_tokens?
//
// A term with a question mark may be missing; if all have one, one of them must be there. A term
// with a minus is taken away. Alternatives are in one term: "usage.a | usage.b".
type sum struct {
	text  string
	terms []term
}

type term struct {
	places   []path
	optional bool
	minus    bool
}

func newSum(text string) sum {
	s := sum{text: text}
	if text == "" {
		return s
	}
	for _, part := range strings.Split(strings.ReplaceAll(text, " - ", " + -"), " + ") {
		t := term{minus: strings.HasPrefix(part, "-")}
		part = strings.TrimPrefix(part, "-")
		t.optional = strings.HasSuffix(part, "?")
		t.places = paths(strings.TrimSuffix(part, "?"))
		s.terms = append(s.terms, t)
	}
	return s
}

// Count is a number of tokens from a response.
type Count struct {
	Told    bool
	Value   jsonraw.Decimal
	Literal string // as the response writes it, or the sum
	Where   string // "usage.input_tokens + cache_read_input_tokens"
	// Fault is why a count that is there was not taken: "usage.prompt_tokens is the text \"12\"".
	Fault string
}

// count adds a sum of counts up.
func (n *node) count(s sum) Count { return n.total(s, whole) }

// total adds a sum up; take reads a term, or says why it is not taken.
func (n *node) total(s sum, take func(*node, string) (jsonraw.Decimal, string)) (c Count) {
	parts := 0
	for i := range s.terms {
		t := &s.terms[i]
		found, at := n.first(t.places)
		if found == nil {
			if t.optional {
				continue
			}
			return Count{}
		}
		value, fault := take(found, at)
		switch {
		case fault != "":
			return Count{Fault: fault}
		case parts > 0 && value.Sign() == 0:
			continue
		case t.minus:
			value = negative(found.raw)
		}
		if !c.add(value, t.minus, at) {
			return Count{}
		}
		if parts++; parts == 1 {
			c.Literal = string(found.raw)
		} else {
			c.Literal = c.Value.String()
		}
	}
	c.Told = parts > 0
	if c.Value.Sign() < 0 {
		return Count{Fault: c.Where + " is below zero"}
	}
	return c
}

// add adds a term and notes where it is, without what it shares with the place before it.
func (c *Count) add(value jsonraw.Decimal, minus bool, at string) (ok bool) {
	if c.Value, ok = c.Value.Add(value); !ok {
		return false
	}
	if c.Where == "" {
		c.Where = at
		return true
	}
	sign := " + "
	if minus {
		sign = " − "
	}
	first, _, _ := strings.Cut(c.Where, " ")
	if i := strings.LastIndexByte(first, '.'); i >= 0 && strings.HasPrefix(at, first[:i+1]) {
		at = at[i+1:]
	}
	c.Where += sign + at
	return true
}

// whole reads a count: a whole number that is not below zero. Anything else is reported, not used.
func whole(n *node, at string) (d jsonraw.Decimal, fault string) {
	d, ok := n.number()
	switch {
	case n.is(jsonraw.String):
		return d, at + " is the text " + brief(n.raw) + ", not a number"
	case !ok:
		return d, at + " is " + n.kind.Word() + ", not a number"
	case d.Sign() < 0:
		return d, at + " is below zero: " + brief(n.raw)
	case !d.IsWhole():
		return d, at + " is not a whole number: " + brief(n.raw)
	}
	return d, ""
}

// amount reads a number that is not below zero, such as a cost.
func amount(n *node, at string) (d jsonraw.Decimal, fault string) {
	d, ok := n.number()
	switch {
	case !ok:
		return d, at + " is " + n.kind.Word() + ", not a number"
	case d.Sign() < 0:
		return d, at + " is below zero: " + brief(n.raw)
	}
	return d, ""
}

func negative(literal []byte) jsonraw.Decimal {
	d, _ := jsonraw.ParseDecimal(append([]byte("-"), literal...))
	return d
}

// brief is a literal short enough for a message.
func brief(raw []byte) string {
	const most = 40
	if len(raw) > most {
		return strings.ToValidUTF8(string(raw[:most]), "") + "…"
	}
	return string(raw)
}
