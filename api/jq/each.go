package jq

import (
	"strings"

	"github.com/itchyny/gojq"
)

// Each is the expression that makes of each element of an array what e makes of the array, element
// by element: that of ".[] | .id" is ".id". ok is false if e has no such part, or may look at more
// than one element at a time.
func (e *Expr) Each() (each *Expr, ok bool) {
	query, err := gojq.Parse(e.text)
	if err != nil || strings.Contains(e.text, "halt") || !element(query) {
		return nil, false
	}
	code, err := gojq.Compile(query)
	if err != nil {
		return nil, false
	}
	of, gives := touched(query)
	return &Expr{text: e.text, code: code, of: of, gives: gives}, true
}

// element makes of a query over an array, if it begins with its elements, one over an element.
func element(q *gojq.Query) bool {
	if q.Op == gojq.OpPipe && q.Left != nil && len(q.Patterns) == 0 {
		return element(q.Left)
	}
	t := q.Term
	if t == nil || t.Type != gojq.TermTypeIdentity || len(t.SuffixList) == 0 || !t.SuffixList[0].Iter {
		return false
	}
	rest := t.SuffixList[1:]
	if len(rest) > 0 && rest[0].Optional { // an array has elements
		rest = rest[1:]
	}
	for _, suffix := range rest {
		if suffix.Optional { // what fails within ends the whole
			return false
		}
	}
	t.SuffixList = rest
	return true
}
