package provider

import (
	"strconv"

	"errata/model/jsonraw"
	"errata/model/spell"
)

// node is a JSON value whose parts are read when they are asked for, each once. The nil node is
// what is not there.
type node struct {
	raw   []byte
	read  bool
	kind  jsonraw.Kind
	names []string // of the members of an object
	kids  []node   // the values of its members, or the elements of an array
	text  *string  // of a string, once it was decoded
}

func newNode(raw []byte) *node { return &node{raw: raw, kind: jsonraw.KindOf(raw)} }

// open reads the members or elements of n. What cannot be read has none.
func (n *node) open() {
	if n == nil || n.read {
		return
	}
	n.read = true
	switch n.kind {
	case jsonraw.Object:
		members, _ := jsonraw.Members(n.raw)
		n.names, n.kids = make([]string, len(members)), make([]node, len(members))
		for i, m := range members {
			n.names[i] = m.Name
			n.kids[i] = node{raw: m.Val.Of(n.raw), kind: m.Kind}
		}
	case jsonraw.Array:
		elements, _ := jsonraw.Elements(n.raw)
		n.kids = make([]node, len(elements))
		for i, e := range elements {
			n.kids[i] = node{raw: e.Val.Of(n.raw), kind: e.Kind}
		}
	}
}

// member is the last member of the name, as common readers take it.
func (n *node) member(name string) *node {
	if n == nil || n.kind != jsonraw.Object {
		return nil
	}
	n.open()
	for i := len(n.names) - 1; i >= 0; i-- {
		if n.names[i] == name {
			return &n.kids[i]
		}
	}
	return nil
}

// field is a member by its name in snake_case, or in camelCase.
func (n *node) field(name string) *node {
	if found := n.member(name); found != nil {
		return found
	}
	return n.member(spell.Camel(name))
}

// at is an element of a list.
func (n *node) at(i int) *node {
	if list := n.list(); i >= 0 && i < len(list) {
		return &list[i]
	}
	return nil
}

// list are the elements of an array, none of anything else.
func (n *node) list() []node {
	if n == nil || n.kind != jsonraw.Array {
		return nil
	}
	n.open()
	return n.kids
}

// isSet reports whether n is there and not null.
func (n *node) isSet() bool { return n != nil && n.kind != jsonraw.Null && n.kind != jsonraw.None }

func (n *node) is(kind jsonraw.Kind) bool { return n != nil && n.kind == kind }

// str is the text of a string. ok is false when n is none, or holds bytes that are not UTF-8.
func (n *node) str() (text string, ok bool) {
	if !n.is(jsonraw.String) {
		return "", false
	}
	if n.text == nil {
		text, ok := jsonraw.Text(n.raw)
		if !ok {
			return "", false
		}
		n.text = &text
	}
	return *n.text, true
}

// word is the text of a string, "" when n is none.
func (n *node) word() string {
	text, _ := n.str()
	return text
}

// number is a number as an exact decimal.
func (n *node) number() (d jsonraw.Decimal, ok bool) {
	if !n.is(jsonraw.Number) {
		return d, false
	}
	return jsonraw.ParseDecimal(n.raw)
}

// get is what is at a path. A list is entered at the position that the path names; a name is found
// as it is written or in the other of the two styles, promptTokens for prompt_tokens.
func (n *node) get(p path) *node {
	for i := range p.steps {
		if n = n.step(&p.steps[i]); n == nil {
			return nil
		}
	}
	return n
}

func (n *node) step(s *step) *node {
	switch {
	case s.position:
		return n.at(s.index)
	case s.length:
		if list := n.list(); len(list) > 0 {
			return newNode(strconv.AppendInt(nil, int64(len(list)), 10))
		}
		return nil
	}
	found := n.member(s.name)
	if found == nil && s.twin != s.name {
		found = n.member(s.twin)
	}
	if s.where == nil || found == nil {
		return found
	}
	for i := range found.list() {
		if kid := found.at(i); kid.step(&s.where.step).word() == s.where.value {
			return kid
		}
	}
	return nil
}
