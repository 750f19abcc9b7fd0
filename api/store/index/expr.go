package index

import "slices"

// Clause is a term that a document must hold, or must not.
type Clause struct {
	Term Term
	Not  bool
}

// Expr is a search: a document matches if all clauses of at least one group hold. The empty Expr
// matches every document.
type Expr [][]Clause

// Empty reports whether nothing is looked for.
func (e Expr) Empty() bool { return len(e) == 0 }

// In reports whether a document is one that is looked for.
func (e Expr) In(doc []byte) bool {
	holds := func(c Clause) bool { return c.Term.In(doc) != c.Not }
	return e.Empty() || slices.ContainsFunc(e, func(group []Clause) bool {
		return !slices.ContainsFunc(group, func(c Clause) bool { return !holds(c) })
	})
}

// Folded is the search without the spellings that were typed: two searches are alike when theirs
// are.
func (e Expr) Folded() Expr {
	var all Expr
	for _, group := range e {
		var clauses []Clause
		for _, c := range group {
			clauses = append(clauses, Clause{c.Term.Folded(), c.Not})
		}
		all = append(all, clauses)
	}
	return all
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
