package tree_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"errata/model/jsonraw"
	"errata/model/tree"
)

// plain is a value that is edited the slow and simple way.
type plain struct {
	literal string // of a scalar
	object  bool
	names   []string // literals; of an object
	kids    []*plain // nil in a scalar
}

func read(t testing.TB, literal []byte) *plain {
	t.Helper()
	switch jsonraw.KindOf(literal) {
	case jsonraw.Object:
		p := &plain{object: true, kids: []*plain{}}
		list, err := jsonraw.Members(literal)
		if err != nil {
			t.Fatalf("%.200s: %v", literal, err)
		}
		for _, m := range list {
			p.names = append(p.names, string(m.Key.Of(literal)))
			p.kids = append(p.kids, read(t, m.Val.Of(literal)))
		}
		return p
	case jsonraw.Array:
		p := &plain{kids: []*plain{}}
		list, err := jsonraw.Elements(literal)
		if err != nil {
			t.Fatalf("%.200s: %v", literal, err)
		}
		for _, e := range list {
			p.kids = append(p.kids, read(t, e.Val.Of(literal)))
		}
		return p
	}
	return &plain{literal: string(literal)}
}

func (p *plain) String() string {
	if p.kids == nil {
		return p.literal
	}
	var parts []string
	for i, k := range p.kids {
		if p.object {
			parts = append(parts, p.names[i]+":"+k.String())
		} else {
			parts = append(parts, k.String())
		}
	}
	if p.object {
		return "{" + strings.Join(parts, ",") + "}"
	}
	return "[" + strings.Join(parts, ",") + "]"
}

// paths lists all places in a value.
func (p *plain) paths(at tree.Path, list []tree.Path) []tree.Path {
	list = append(list, slices.Clone(at))
	for i, k := range p.kids {
		list = k.paths(append(at, i), list)
	}
	return list
}

func (p *plain) at(path tree.Path) *plain {
	for _, i := range path {
		p = p.kids[i]
	}
	return p
}

// edits carries one edit out on both sides, chosen by four bytes.
func edits(t testing.TB, n *tree.Node, p *plain, by []byte) *tree.Node {
	t.Helper()
	all := p.paths(nil, nil)
	path := all[(int(by[1])<<8|int(by[2]))%len(all)]
	value, fresh := sample(t, by[3])
	if by[0]%8 == 0 {
		*p.at(path) = *fresh
		return n.Replace(path, value)
	}
	if len(path) == 0 {
		return n
	}
	i := path[len(path)-1]
	in := p.at(path[:len(path)-1])
	name := names[int(by[3])%len(names)]
	key, err := jsonraw.Quote(name)
	if err != nil {
		t.Fatal(err)
	}
	switch by[0] % 8 {
	case 1, 2, 3:
		if by[0]%8 == 3 { // at the end
			i = len(in.kids)
			path[len(path)-1] = i
		}
		in.kids = slices.Insert(in.kids, i, fresh)
		if in.object {
			in.names = slices.Insert(in.names, i, string(key))
		}
		return n.Insert(path, name, value)
	case 4, 5:
		in.kids = slices.Delete(in.kids, i, i+1)
		if in.object {
			in.names = slices.Delete(in.names, i, i+1)
		}
		return n.Remove(path)
	case 6:
		to := int(by[3]) % len(in.kids)
		kid := in.kids[i]
		in.kids = slices.Insert(slices.Delete(in.kids, i, i+1), to, kid)
		if in.object {
			moved := in.names[i]
			in.names = slices.Insert(slices.Delete(in.names, i, i+1), to, moved)
		}
		return n.Move(path, to)
	}
	if !in.object {
		return n
	}
	if old, ok := jsonraw.Text([]byte(in.names[i])); !ok || old != name {
		in.names[i] = string(key)
	}
	m, err := n.Rename(path, name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var names = []string{"a", "", "b c", "ключ", "\"", "\xed\xa0\x80", "role"}

// sample is a value to put in, of both sides.
func sample(t testing.TB, by byte) (*tree.Node, *plain) {
	t.Helper()
	text, err := tree.Text(names[int(by)%len(names)])
	if err != nil {
		t.Fatal(err)
	}
	var n *tree.Node
	switch by % 5 {
	case 0:
		n = text
	case 1:
		n = tree.List(text, tree.New([]byte(" 1.0 ")), tree.List())
	case 2:
		n, err = tree.Object(tree.Entry{Name: "x", Node: text}, tree.Entry{Name: "x", Node: tree.New([]byte("{ }"))})
	case 3:
		n = tree.New([]byte("{\n  \"a\": [ ],\n  \"b\": null\n}"))
	default:
		n = tree.New(fmt.Appendf(nil, "%d", by))
	}
	if err != nil {
		t.Fatal(err)
	}
	return n, read(t, n.Bytes())
}

// spread makes one edit of one byte string.
func spread(t testing.TB, old, n *tree.Node) {
	t.Helper()
	was, is := old.Bytes(), n.Bytes()
	at, del, ins := n.Since(old)
	if got := slices.Concat(was[:at], ins, was[at+del:]); string(got) != string(is) {
		t.Fatalf("since: %d bytes at %d become %q:\n%s\nmade of:\n%s\nis not:\n%s", del, at, ins, got, was, is)
	}
	if del > 0 && len(ins) > 0 && (was[at] == ins[0] || was[at+del-1] == ins[len(ins)-1]) {
		t.Fatalf("since: %q became %q: more than what differs", was[at:at+del], ins)
	}
}
