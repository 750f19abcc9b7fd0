package tree

import (
	"bytes"
	"fmt"

	"errata/model/jsonraw"
)

// Replace puts a value in the place of the one at p. A value with the literal that is there changes
// nothing: the result is n.
//
// Like every edit it gives a new root, leaves n as it is, costs no more than the number of
// containers on the path and the logarithm of their children, and panics where there is nothing at
// p.
func (n *Node) Replace(p Path, v *Node) *Node {
	trail := n.trail(p)
	old := trail[len(p)]
	if old.Same(v) || old.raw != nil && v.raw != nil && bytes.Equal(old.raw, v.raw) {
		return n
	}
	return rebuild(trail[:len(p)], p, v)
}

// Insert puts a value into the container at p[:len(p)-1], at the position p[len(p)-1] from 0 to its
// Len, in the spacing in use there. The name is that of a member of an object; bytes in it that are
// not UTF-8 become U+FFFD. An array leaves it out.
func (n *Node) Insert(p Path, name string, v *Node) *Node {
	trail, i := n.container(p)
	at := trail[len(trail)-1]
	b := at.in()
	if !at.holds() || i < 0 || i > b.kids.Len() {
		panic(fmt.Sprintf("tree: nothing can be inserted at %v", p))
	}
	var key []byte
	if at.kind == jsonraw.Object {
		key = jsonraw.Literal(name)
	}
	loose := looseAround(trail)
	now := b.insert(i, keyed(nil, key, b.colonAt(i, loose), v), b.gapAt(max(i, 1), loose))
	return rebuild(trail[:len(trail)-1], p[:len(p)-1], made(at.kind, now))
}

// insert puts an item at a position. gap is what to put ahead of a child that is not the first.
func (b *body) insert(i int, x item, gap []byte) body {
	kids := b.kids
	switch {
	case kids.Len() == 0:
		return body{seqOf([]item{x.behind(nil)}), b.tail[len(b.tail)-1:]}
	case i == 0: // the first one becomes the second
		first := kids.at(0)
		kids = kids.replace(0, first.behind(gap))
		gap, _, _ = first.parts()
	}
	return body{kids.insert(i, x.behind(gap)), b.tail}
}

// Remove takes the value at p, which is not the root, out of its container.
func (n *Node) Remove(p Path) *Node {
	trail, i := n.child(p)
	at := trail[len(trail)-1]
	return rebuild(trail[:len(trail)-1], p[:len(p)-1], made(at.kind, at.in().remove(i)))
}

func (b *body) remove(i int) body {
	kids := b.kids
	switch {
	case kids.Len() == 1:
		return body{seq{}, b.tail[len(b.tail)-1:]}
	case i == 0: // the second one becomes the first
		gap, _, _ := kids.at(0).parts()
		kids = kids.replace(1, kids.at(1).behind(gap))
	}
	return body{kids.remove(i), b.tail}
}

// Move gives the value at p another position in its container, from 0 to Len-1, with its name.
func (n *Node) Move(p Path, to int) *Node {
	trail, i := n.child(p)
	at := trail[len(trail)-1]
	b := at.in()
	switch {
	case to < 0 || to >= b.kids.Len():
		panic(fmt.Sprintf("tree: nothing can be moved from %v to %d", p, to))
	case to == i:
		return n
	}
	gap, _, _ := b.kids.at(max(i, 1)).parts()
	rest := b.remove(i)
	now := rest.insert(to, b.kids.at(i), gap)
	return rebuild(trail[:len(trail)-1], p[:len(p)-1], made(at.kind, now))
}

// Rename gives the member at p another name; with the name that it has, the result is n. Whether
// the name is in the object already is not looked at. The error is that of jsonraw.Quote.
func (n *Node) Rename(p Path, name string) (*Node, error) {
	trail, i := n.child(p)
	at := trail[len(trail)-1]
	if at.kind != jsonraw.Object {
		panic(fmt.Sprintf("tree: what stands at %v has no name", p))
	}
	b := at.in()
	x := b.kids.at(i)
	if x.name() == name {
		return n, nil
	}
	key, err := jsonraw.Quote(name)
	if err != nil {
		return nil, err
	}
	gap, _, colon := x.parts()
	now := body{b.kids.replace(i, keyed(gap, key, colon, x.node)), b.tail}
	return rebuild(trail[:len(trail)-1], p[:len(p)-1], made(at.kind, now)), nil
}

// trail is all nodes from n down to the one at p.
func (n *Node) trail(p Path) []*Node {
	list := append(make([]*Node, 0, len(p)+1), n)
	for _, i := range p {
		if i < 0 || i >= n.Len() {
			panic(fmt.Sprintf("tree: there is nothing at %v", p))
		}
		n = n.Child(i)
		list = append(list, n)
	}
	return list
}

// container is the trail to the container that p is in, and the position in it.
func (n *Node) container(p Path) (trail []*Node, i int) {
	if len(p) == 0 {
		panic("tree: the root is in no container")
	}
	return n.trail(p[:len(p)-1]), p[len(p)-1]
}

// child is like container, for a child that is there.
func (n *Node) child(p Path) (trail []*Node, i int) {
	trail, i = n.container(p)
	if i < 0 || i >= trail[len(trail)-1].Len() {
		panic(fmt.Sprintf("tree: there is nothing at %v", p))
	}
	return trail, i
}

// rebuild puts a value below the containers of a trail, and gives the new root.
func rebuild(trail []*Node, p Path, v *Node) *Node {
	for k := len(trail) - 1; k >= 0; k-- {
		at := trail[k]
		b := at.in()
		x := b.kids.at(p[k])
		x.node = v
		v = made(at.kind, body{b.kids.replace(p[k], x), b.tail})
	}
	return v
}
