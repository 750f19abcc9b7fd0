package tree

import (
	"slices"
	"sync/atomic"

	"errata/model/jsonraw"
	"errata/model/sequence"
)

// item is a child and what is ahead of it.
type item struct {
	// from the end of the child before, or from the bracket: white space, the comma, the name, the
	// colon
	lead []byte
	key  jsonraw.Span // of the name in lead; empty in an array
	node *Node
}

// name is the decoded name.
func (x item) name() string {
	name, _ := jsonraw.TextPrefix(x.key.Of(x.lead), x.key.End)
	return name
}

// called compares the name, mostly without decoding it.
func (x item) called(name string) bool {
	if key := x.key.Of(x.lead); len(key) == len(name)+2 && string(key[1:len(key)-1]) == name {
		return !slices.Contains(key, '\\')
	}
	return x.key.End-x.key.Start > len(name)+2 && x.name() == name
}

// chunk is how many children a leaf has at most.
const chunk = 64

// seq is a persistent list of children. The zero one is empty.
type seq struct{ *sequence.List[*leaf] }

// What is counted of a list: its children, and the bytes of their literals and of what is ahead of
// them.
const (
	children = iota
	literals
)

// leaf is a few children in a row.
type leaf struct {
	count  int
	raw    []byte // of a leaf as it was read, until somebody looks into it and after
	object bool   // the children in raw have names
	list   atomic.Pointer[[]item]
}

// leafOf makes a leaf of a few children.
func leafOf(list []item) *leaf {
	l := &leaf{count: len(list)}
	l.list.Store(&list)
	return l
}

// seqOf makes a list of children.
func seqOf(list []item) seq {
	if len(list) <= chunk {
		return seq{sequence.Of(leafOf(list))}
	}
	parts := (len(list) + chunk - 1) / chunk
	leaves := make([]*sequence.List[*leaf], parts)
	for i := range parts {
		from, to := i*len(list)/parts, (i+1)*len(list)/parts
		leaves[i] = sequence.Of(leafOf(list[from:to:to]))
	}
	return seq{sequence.Balanced(leaves)}
}

// Sums counts children and bytes.
func (l *leaf) Sums() sequence.Sums {
	if l.raw != nil {
		return sequence.Sums{children: l.count, literals: len(l.raw)}
	}
	return sequence.Sums{children: l.count, literals: sizeOf(l.items())}
}

// Join leaves leaves alone: one of them may not have been read yet.
func (l *leaf) Join(*leaf) (*leaf, bool) { return nil, false }

// items are the children in a leaf.
func (l *leaf) items() []item {
	if list := l.list.Load(); list != nil {
		return *list
	}
	list := parse(l.raw, l.object, l.count)
	l.list.CompareAndSwap(nil, &list)
	return *l.list.Load()
}

// append appends some children of a leaf as they are in the literal.
func (l *leaf) append(dst []byte, from, to int) []byte {
	if l.raw != nil && to-from == l.count {
		return append(dst, l.raw...)
	}
	for _, x := range l.items()[from:to] {
		dst = x.node.append(append(dst, x.lead...))
	}
	return dst
}

// sizeOf is the bytes of children and of what is ahead of them.
func sizeOf(list []item) (size int) {
	for _, x := range list {
		size += len(x.lead) + x.node.Size()
	}
	return size
}

// bytes is how many bytes all children take.
func (s seq) bytes() int { return s.Sums()[literals] }

// at is a child that exists.
func (s seq) at(i int) item {
	leaf, i := s.At(i)
	return leaf.items()[i]
}

// before is how many bytes the first i children take.
func (s seq) before(i int) int {
	if i == s.Len() {
		return s.bytes()
	}
	leaf, before := s.Seek(children, i)
	return before[literals] + sizeOf(leaf.items()[:i-before[children]])
}

// slice appends the children from up to to as they are in the literal.
func (s seq) slice(dst []byte, from, to int) []byte {
	s.Range(from, to, func(l *leaf, from, to int) bool {
		dst = l.append(dst, from, to)
		return true
	})
	return dst
}

// pieces yields the bytes of all children as they are in the literal, until no more are wanted.
func (s seq) pieces(yield func([]byte) bool) (more bool) {
	return s.Range(0, s.Len(), func(l *leaf, _, _ int) bool {
		if l.raw != nil {
			return yield(l.raw)
		}
		for _, x := range l.items() {
			if !yield(x.lead) || !x.node.pieces(yield) {
				return false
			}
		}
		return true
	})
}

// edit gives the list in which the leaf that holds position i has other children: f makes them of
// those it has, which it must not modify. The end of the list belongs to the last leaf.
func (s seq) edit(i int, f func(list []item, i int) []item) seq {
	return seq{s.Edit(i, func(l *leaf, i int) *sequence.List[*leaf] { return seqOf(f(l.items(), i)).List })}
}

func (s seq) replace(i int, x item) seq {
	return s.edit(i, func(list []item, i int) []item {
		list = slices.Clone(list)
		list[i] = x
		return list
	})
}

func (s seq) insert(i int, x item) seq {
	return s.edit(i, func(list []item, i int) []item { return slices.Concat(list[:i], []item{x}, list[i:]) })
}

func (s seq) remove(i int) seq {
	return s.edit(i, func(list []item, i int) []item { return slices.Concat(list[:i], list[i+1:]) })
}
