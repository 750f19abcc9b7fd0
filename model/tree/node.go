package tree

import (
	"fmt"
	"iter"
	"sync/atomic"
	"unsafe"

	"errata/model/jsonraw"
)

// Node is a value and what it holds. It never changes, and may be read from any goroutine. Only
// New, Text, List, Object and the edits make one.
type Node struct {
	kind jsonraw.Kind
	raw  []byte               // the literal; nil of a container that was edited or made
	body atomic.Pointer[body] // of a container, once somebody has looked into it
}

// body is what a container holds.
type body struct {
	kids seq
	tail []byte // what follows the last child, the closing bracket included
}

// empty is what a scalar holds.
var empty body

// Path leads from a root to a node below: the position of a child at each level. The empty Path is
// the root itself.
type Path []int

// New makes a tree of a JSON literal, which must be well formed and is shared, so it must not
// change. It costs nothing until somebody looks into it. White space around the literal is left
// out.
func New(literal []byte) *Node {
	raw := jsonraw.Trim(literal)
	return &Node{kind: jsonraw.KindOf(raw), raw: raw}
}

// Kind is the JSON kind of the value.
func (n *Node) Kind() jsonraw.Kind { return n.kind }

// holds reports whether n is a container.
func (n *Node) holds() bool { return n.kind == jsonraw.Object || n.kind == jsonraw.Array }

// in is what n holds; the first call reads n through.
func (n *Node) in() *body {
	if b := n.body.Load(); b != nil {
		return b
	}
	if !n.holds() {
		return &empty
	}
	// whoever is first counts: children are told apart by where they are
	n.body.CompareAndSwap(nil, index(n.raw))
	return n.body.Load()
}

// Len is the number of children, 0 of a scalar. The first call costs what n is long, later ones
// nothing.
func (n *Node) Len() int { return n.in().kids.Len() }

// Child is the child at a position from 0 to Len-1.
func (n *Node) Child(i int) *Node { return n.item(i).node }

// Name is the decoded name of the member at a position from 0 to Len-1, "" in an array. Bytes that
// are not UTF-8 pass through.
func (n *Node) Name(i int) string { return n.item(i).name() }

// Key is the literal that Name decodes.
func (n *Node) Key(i int) []byte {
	x := n.item(i)
	return x.key.Of(x.lead)
}

func (n *Node) item(i int) item {
	kids := n.in().kids
	if i < 0 || i >= kids.Len() {
		panic(fmt.Sprintf("tree: no child %d of %s of %d", i, n.kind.Word(), kids.Len()))
	}
	return kids.at(i)
}

// Find is the position of the last member of a name, which is the one that common readers take.
func (n *Node) Find(name string) (i int, ok bool) {
	if n.kind != jsonraw.Object {
		return 0, false
	}
	end := n.Len()
	for leaf := range n.in().kids.Backward() {
		list := leaf.items()
		end -= len(list)
		for j := len(list) - 1; j >= 0; j-- {
			if list[j].called(name) {
				return end + j, true
			}
		}
	}
	return 0, false
}

// At is the node that a path leads to; ok is false when there is none.
func (n *Node) At(p Path) (at *Node, ok bool) {
	for _, i := range p {
		if i < 0 || i >= n.Len() {
			return nil, false
		}
		n = n.Child(i)
	}
	return n, true
}

// Size is the number of bytes of the literal. It costs nothing.
func (n *Node) Size() int {
	if n.raw != nil || !n.holds() {
		return len(n.raw)
	}
	b := n.in()
	return 1 + b.kids.bytes() + len(b.tail)
}

// Bytes is the literal, which the caller must not modify: shared where n was not edited, put
// together otherwise.
func (n *Node) Bytes() []byte {
	if n.raw != nil {
		return n.raw
	}
	return n.append(make([]byte, 0, n.Size()))
}

// Pieces are the bytes of the literal in their order, without a copy: what was not edited is where
// it was read from.
func (n *Node) Pieces() iter.Seq[[]byte] { return func(yield func([]byte) bool) { n.pieces(yield) } }

func (n *Node) pieces(yield func([]byte) bool) (more bool) {
	if n.raw != nil || !n.holds() {
		return yield(n.raw)
	}
	b := n.in()
	return yield([]byte{byte(n.kind)}) && b.kids.pieces(yield) && yield(b.tail)
}

// Literal is the literal where it need not be put together: ok is false of a container that was
// edited or made.
func (n *Node) Literal() (raw []byte, ok bool) { return n.raw, n.raw != nil }

// append appends the literal.
func (n *Node) append(dst []byte) []byte {
	if n.raw != nil || !n.holds() {
		return append(dst, n.raw...)
	}
	b := n.in()
	dst = append(dst, byte(n.kind))
	return append(b.kids.slice(dst, 0, b.kids.Len()), b.tail...)
}

// Text is the decoded text of a string; ok as in jsonraw.Text.
func (n *Node) Text() (text string, ok bool) { return jsonraw.Text(n.raw) }

// TextPrefix is the start of the text of a string, at least limit bytes of it, at a cost that does
// not grow with the string; see jsonraw.TextPrefix.
func (n *Node) TextPrefix(limit int) (text string, whole bool) {
	return jsonraw.TextPrefix(n.raw, limit)
}

// Same reports, without reading, whether both are the very same value: one node, or the same bytes
// in memory. Values that are not may still be equal. A nil Node is the same as a nil one only.
func (n *Node) Same(m *Node) bool {
	if n == m || n == nil || m == nil {
		return n == m
	}
	return n.raw != nil && len(n.raw) == len(m.raw) && unsafe.SliceData(n.raw) == unsafe.SliceData(m.raw)
}
