package jq

import (
	"bytes"
	"slices"

	"github.com/itchyny/gojq"

	"errata/model/jsonraw"
)

// touching finds out which members of a document an expression can look at, so that the others need
// not be read. It follows the plain ways to write an expression; of any other all members count.
type touching struct {
	names []string
}

// kind is what a part of an expression gives.
type kind int

const (
	unclear kind = iota // it may look at any member
	inside              // something that was made of the members that are noted
	whole               // the document itself
)

// query is what a query over the document gives.
func (t *touching) query(q *gojq.Query) kind {
	switch {
	case q == nil || len(q.FuncDefs) > 0 || len(q.Imports) > 0 || q.Meta != nil:
		return unclear
	case q.Term != nil:
		return t.term(q.Term)
	case q.Op == gojq.OpPipe:
		return t.pipe(q)
	case q.Op == gojq.OpAssign || q.Op == gojq.OpModify || q.Op >= gojq.OpUpdateAdd:
		return unclear
	}
	return t.insides(q.Left, q.Right)
}

// insides is inside where all queries over the document are.
func (t *touching) insides(list ...*gojq.Query) kind {
	for _, q := range list {
		if t.query(q) != inside {
			return unclear
		}
	}
	return inside
}

// pipe is what a query makes of what another gives. Of what is inside nothing leads back.
func (t *touching) pipe(q *gojq.Query) kind {
	left := t.query(q.Left)
	switch {
	case len(q.Patterns) > 1, left == unclear:
		return unclear
	case len(q.Patterns) == 1:
		if p := q.Patterns[0]; left != inside || p.Name == "" {
			return unclear
		}
		return t.query(q.Right)
	case left == whole:
		return t.query(q.Right)
	}
	return inside
}

func (t *touching) term(term *gojq.Term) kind {
	suffixes := term.SuffixList
	is := unclear
	switch term.Type {
	case gojq.TermTypeIdentity:
		is = whole
	case gojq.TermTypeIndex:
		is = t.member(term.Index)
	case gojq.TermTypeNull, gojq.TermTypeTrue, gojq.TermTypeFalse, gojq.TermTypeNumber:
		is = inside
	case gojq.TermTypeString:
		if len(term.Str.Queries) == 0 {
			is = inside
		}
	case gojq.TermTypeUnary:
		is = t.insides(&gojq.Query{Term: term.Unary.Term})
	case gojq.TermTypeArray:
		if is = inside; term.Array.Query != nil {
			is = t.insides(term.Array.Query)
		}
	case gojq.TermTypeQuery:
		is = t.query(term.Query)
	case gojq.TermTypeTry:
		if is = t.query(term.Try.Body); term.Try.Catch != nil && is == whole {
			is = unclear
		}
	case gojq.TermTypeFunc:
		is = t.function(term.Func)
	}
	for _, s := range suffixes {
		is = t.suffix(is, s)
	}
	return is
}

// member is a member of the document.
func (t *touching) member(i *gojq.Index) kind {
	name := i.Name
	if text := literal(i); text != nil && len(text.Queries) == 0 {
		name = text.Str
	}
	if name == "" {
		return unclear
	}
	if !slices.Contains(t.names, name) {
		t.names = append(t.names, name)
	}
	return inside
}

// literal is the text with which a step names a member, nil for another step.
func literal(i *gojq.Index) *gojq.String {
	switch {
	case i.Start == nil && i.End == nil && !i.IsSlice:
		return i.Str
	case i.Start != nil && i.Start.Term != nil && !i.IsSlice && len(i.Start.Term.SuffixList) == 0:
		return i.Start.Term.Str // nil for what is not a text
	}
	return nil
}

// suffix is what a step makes of what is before it. What is computed for a step is computed of the
// document.
func (t *touching) suffix(of kind, s *gojq.Suffix) kind {
	switch {
	case of == unclear, s.Optional:
		return of
	case s.Iter && of == whole:
		return unclear
	case s.Index != nil && of == whole:
		return t.member(s.Index)
	case s.Index != nil:
		for _, q := range []*gojq.Query{s.Index.Start, s.Index.End} {
			if q != nil && t.query(q) != inside {
				return unclear
			}
		}
		if s.Index.Str != nil && len(s.Index.Str.Queries) > 0 {
			return unclear
		}
	}
	return inside
}

// function is what a call over the document gives. The second argument of any and all is about
// what the first one gives.
func (t *touching) function(f *gojq.Func) kind {
	switch {
	case len(f.Args) == 0 && (f.Name == "empty" || f.Name == "now" || f.Name[0] == '$'):
		return inside
	case len(f.Args) == 1 && f.Name == "select":
		if t.query(f.Args[0]) != unclear {
			return whole
		}
	case len(f.Args) == 1 && slices.Contains([]string{"any", "all", "not"}, f.Name):
		return unclear // over the values of all members
	case len(f.Args) == 1 && (f.Name == "isempty" || f.Name == "first" || f.Name == "last"),
		len(f.Args) == 2 && (f.Name == "any" || f.Name == "all"):
		return t.insides(f.Args[0])
	}
	return unclear
}

// touched lists the members of a document that a query may look at; known is false if it may be
// any. gives says what the query gives.
func touched(q *gojq.Query) (t touching, gives kind) {
	gives = t.query(q)
	return t, gives
}

// part is the members of an object with some names, the last of each, as gojq holds them; ok is
// false when the document has to be read as a whole.
func part(doc []byte, names []string) (v map[string]any, ok bool) {
	v = make(map[string]any, len(names))
	i := jsonraw.SkipSpace(doc, 0)
	if i >= len(doc) || doc[i] != '{' {
		return nil, false
	}
	for i++; ; {
		key, at, more := jsonraw.NextItem(doc, i, true)
		if !more {
			return v, at < len(doc)
		}
		name := key.Of(doc)
		if len(name) < len(`""`) || name[0] != '"' || bytes.IndexByte(name, '\\') >= 0 {
			return nil, false
		}
		i = jsonraw.ValueEnd(doc, at)
		if name = name[1 : len(name)-1]; !slices.Contains(names, string(name)) {
			continue
		}
		member, err := decode(doc[at:i])
		if err != nil {
			return nil, false
		}
		v[string(name)] = member
	}
}
