package jq

import (
	"slices"

	"github.com/itchyny/gojq"
)

// naming finds the members of a document that an expression names, wherever it does: on the
// document itself, on what is in one of its members, on a variable, in a pattern. If it cannot be
// told what a name is looked for in, it is passed over, and so is one of which the expression
// itself says that it may be missing: with a ? behind it, in a try, or ahead of a //.
type naming struct {
	loose int // how many parts around this one say so
	vars  map[string][]place
	funcs map[string]*gojq.Query // those without arguments; nil for one that is being followed
	named []place
}

// place is a way from the document to a value in it: names, and each for any element.
type place []string

// each is the step to any element of a list, or any value of an object. No name in an expression is
// written so.
const each = "\x00"

// named lists the members that a query names, each once.
func named(q *gojq.Query) []place {
	n := naming{vars: map[string][]place{}, funcs: map[string]*gojq.Query{}}
	n.query(q, []place{{}})
	return n.named
}

// query is where the value may be that a query makes of one of some places; none when it is made
// of several, or computed.
func (n *naming) query(q *gojq.Query, at []place) []place {
	if q == nil {
		return nil
	}
	for _, f := range q.FuncDefs {
		if len(f.Args) == 0 {
			n.funcs[f.Name] = f.Body
		}
	}
	switch q.Op {
	case gojq.OpPipe:
		left := n.query(q.Left, at)
		if len(q.Patterns) == 0 {
			return n.query(q.Right, left)
		}
		n.bindAll(q.Patterns, left)
		return n.query(q.Right, at)
	case gojq.OpAlt:
		return slices.Concat(n.loosely(func() []place { return n.query(q.Left, at) }), n.query(q.Right, at))
	case gojq.OpComma:
		return slices.Concat(n.query(q.Left, at), n.query(q.Right, at))
	case gojq.OpModify:
		n.query(q.Right, n.query(q.Left, at))
		return at
	}
	if q.Term != nil {
		return n.term(q.Term, at)
	}
	n.query(q.Left, at)
	n.query(q.Right, at)
	return nil
}

// loosely is what a part gives that may be missing.
func (n *naming) loosely(part func() []place) []place {
	n.loose++
	defer func() { n.loose-- }()
	return part()
}

func (n *naming) term(t *gojq.Term, at []place) []place {
	for i, s := range slices.Backward(t.SuffixList) {
		if s.Optional {
			return n.steps(t.SuffixList[i+1:], n.loosely(func() []place {
				return n.steps(t.SuffixList[:i], n.value(t, at), at)
			}), at)
		}
	}
	return n.steps(t.SuffixList, n.value(t, at), at)
}

// steps is what the steps behind a term lead to. What is computed for them is computed of what the
// whole term is.
func (n *naming) steps(list []*gojq.Suffix, of, at []place) []place {
	for _, s := range list {
		switch {
		case s.Iter:
			of = into(of, each)
		case s.Index != nil:
			of = n.step(s.Index, of, at)
		}
	}
	return of
}

// value is what a term gives, without the steps behind it.
func (n *naming) value(t *gojq.Term, at []place) []place {
	switch t.Type {
	case gojq.TermTypeIdentity:
		return at
	case gojq.TermTypeIndex:
		return n.step(t.Index, at, at)
	case gojq.TermTypeFunc:
		return n.function(t.Func, at)
	case gojq.TermTypeObject:
		n.object(t.Object, at)
	case gojq.TermTypeArray:
		n.query(t.Array.Query, at)
	case gojq.TermTypeUnary:
		n.term(t.Unary.Term, at)
	case gojq.TermTypeString, gojq.TermTypeFormat:
		n.text(t.Str, at)
	case gojq.TermTypeIf:
		return n.choice(t.If, at)
	case gojq.TermTypeTry:
		n.query(t.Try.Catch, nil)
		return n.loosely(func() []place { return n.query(t.Try.Body, at) })
	case gojq.TermTypeReduce:
		n.bindAll(t.Reduce.Patterns, n.query(t.Reduce.Query, at))
		n.query(t.Reduce.Start, at)
		n.query(t.Reduce.Update, nil)
	case gojq.TermTypeForeach:
		n.bindAll(t.Foreach.Patterns, n.query(t.Foreach.Query, at))
		n.query(t.Foreach.Start, at)
		n.query(t.Foreach.Update, nil)
		n.query(t.Foreach.Extract, nil)
	case gojq.TermTypeLabel:
		return n.query(t.Label.Body, at)
	case gojq.TermTypeQuery:
		return n.query(t.Query, at)
	}
	return nil
}

// choice is what one of several branches gives.
func (n *naming) choice(i *gojq.If, at []place) []place {
	n.query(i.Cond, at)
	all := n.query(i.Then, at)
	for _, e := range i.Elif {
		n.query(e.Cond, at)
		all = slices.Concat(all, n.query(e.Then, at))
	}
	if i.Else == nil {
		return slices.Concat(all, at)
	}
	return slices.Concat(all, n.query(i.Else, at))
}

// text looks at what is computed within a string.
func (n *naming) text(s *gojq.String, at []place) {
	if s != nil {
		for _, q := range s.Queries {
			n.query(q, at)
		}
	}
}

// object is one that is made: {name} and {"name"} take members of the same name.
func (n *naming) object(o *gojq.Object, at []place) {
	for _, kv := range o.KeyVals {
		n.query(kv.KeyQuery, at)
		n.text(kv.KeyString, at)
		if kv.Val != nil {
			n.query(kv.Val, at)
			continue
		}
		n.member(nameOf(kv.Key, kv.KeyString), at)
	}
}

// nameOf is the name that a key spells, empty for a variable or one that is computed.
func nameOf(key string, text *gojq.String) string {
	switch {
	case text != nil && len(text.Queries) == 0:
		return text.Str
	case key != "" && key[0] == '$':
		return ""
	}
	return key
}

// bindAll gives variables the places of what a pattern takes apart.
func (n *naming) bindAll(list []*gojq.Pattern, of []place) {
	for _, p := range list {
		n.bind(p, of)
	}
}

func (n *naming) bind(p *gojq.Pattern, of []place) {
	if p == nil {
		return
	}
	if p.Name != "" {
		n.vars[p.Name] = of
	}
	for _, one := range p.Array {
		n.bind(one, into(of, each))
	}
	for _, o := range p.Object {
		name := nameOf(o.Key, o.KeyString)
		if len(o.Key) > 1 && o.Key[0] == '$' { // {$name} is {name: $name}
			name = o.Key[1:]
		}
		member := n.member(name, of)
		if len(o.Key) > 1 && o.Key[0] == '$' {
			n.vars[o.Key] = member
		}
		n.bind(o.Val, member)
	}
}

// step is what a step leads to. What is computed for it is computed of what the whole term is.
func (n *naming) step(i *gojq.Index, of, at []place) []place {
	name := i.Name
	if text := literal(i); text != nil && len(text.Queries) == 0 {
		name = text.Str
	}
	if name != "" {
		return n.member(name, of)
	}
	n.text(i.Str, at)
	n.query(i.Start, at)
	n.query(i.End, at)
	if i.IsSlice {
		return of
	}
	if i.Start != nil && i.Start.Term != nil && i.Start.Term.Type == gojq.TermTypeNumber {
		return into(of, each)
	}
	return nil
}

// member notes a member of some places.
func (n *naming) member(name string, of []place) []place {
	if name == "" {
		return nil
	}
	list := into(of, name)
	for _, p := range list {
		if n.loose == 0 && !slices.ContainsFunc(n.named, func(o place) bool { return slices.Equal(o, p) }) {
			n.named = append(n.named, p)
		}
	}
	return list
}

// into is one step further from each place.
func into(of []place, step string) []place {
	list := make([]place, len(of))
	for i, p := range of {
		list[i] = append(slices.Clone(p), step)
	}
	return list
}

// Functions by what their arguments are computed of.
var (
	ofElements = []string{"map", "map_values", "any", "all", "sort_by", "group_by", "unique_by", "min_by", "max_by"}
	ofInput    = []string{"test", "match", "startswith", "endswith", "contains", "inside", "index", "rindex", "indices",
		"ltrimstr", "rtrimstr", "split", "join", "IN", "range", "isempty", "error", "path", "pick", "add", "has"}
	givesArgument = []string{"first", "last", "limit", "until", "getpath"}
	givesInput    = []string{"select", "del"}
)

// function is what a call gives.
func (n *naming) function(f *gojq.Func, at []place) []place {
	if of, ok := n.vars[f.Name]; ok {
		return of
	}
	if body := n.funcs[f.Name]; body != nil && len(f.Args) == 0 {
		n.funcs[f.Name] = nil
		defer func() { n.funcs[f.Name] = body }()
		return n.query(body, at)
	}
	arguments := func(at []place) (last []place) {
		for _, q := range f.Args {
			last = n.query(q, at)
		}
		return last
	}
	switch is := func(list []string) bool { return slices.Contains(list, f.Name) }; {
	case len(f.Args) == 2 && (f.Name == "any" || f.Name == "all"):
		n.query(f.Args[1], n.query(f.Args[0], at))
	case is(ofElements):
		arguments(into(at, each))
	case f.Name == "has" && len(f.Args) == 1 && f.Args[0].Term != nil && f.Args[0].Term.Type == gojq.TermTypeString:
		n.member(nameOf("", f.Args[0].Term.Str), at)
	case is(ofInput):
		arguments(at)
	case is(givesInput):
		arguments(at)
		return at
	case is(givesArgument):
		return arguments(at)
	}
	return nil
}
