package index

import "slices"

// Clause is a term that a document must hold, or must not.
type Clause struct {
	Term Term
	Not  bool
}

// Expr is a search: one of several groups, of each of which all clauses hold. The empty Expr is
// that of every document.
type Expr [][]Clause

// Empty tells whether nothing is looked for.
func (e Expr) Empty() bool { return len(e) == 0 }

// In tells whether a document is one that is looked for.
func (e Expr) In(doc []byte) bool {
	holds := func(c Clause) bool { return c.Term.In(doc) != c.Not }
	return e.Empty() || slices.ContainsFunc(e, func(group []Clause) bool {
		return !slices.ContainsFunc(group, func(c Clause) bool { return !holds(c) })
	})
}

// Terms lists the terms.
func (e Expr) Terms() []Term {
	var all []Term
	for _, group := range e {
		for _, c := range group {
			all = append(all, c.Term)
		}
	}
	return all
}
