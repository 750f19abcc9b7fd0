package tree

import (
	"iter"
	"slices"
	"sync/atomic"

	"errata/model/jsonraw"
)

// item is a child and what stands ahead of it.
type item struct {
	lead []byte       // from the end of the child before, or from the bracket: white space, the comma, the name, the colon
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

// seq is a persistent list of children: a leaf, or a fork whose sides differ in height by one at most. The empty list is nil.
type seq struct {
	left, right *seq // nil in a leaf
	height      int  // 0 of a leaf
	count       int  // children
	size        int  // bytes of their literals and what stands ahead of them

	raw    []byte // of a leaf as it was read, until somebody looks into it and after
	object bool   // the children in raw have names
	list   atomic.Pointer[[]item]
}

// leafOf makes a leaf of a few children.
func leafOf(list []item) *seq {
	s := &seq{count: len(list)}
	for _, x := range list {
		s.size += len(x.lead) + x.node.Size()
	}
	s.list.Store(&list)
	return s
}

// seqOf makes a list of children.
func seqOf(list []item) *seq {
	if len(list) == 0 {
		return nil
	}
	var leaves []*seq
	parts := (len(list) + chunk - 1) / chunk
	for i := range parts {
		from, to := i*len(list)/parts, (i+1)*len(list)/parts
		leaves = append(leaves, leafOf(list[from:to:to]))
	}
	return balanced(leaves)
}

// balanced makes a list of leaves.
func balanced(leaves []*seq) *seq {
	switch len(leaves) {
	case 0:
		return nil
	case 1:
		return leaves[0]
	}
	half := len(leaves) / 2
	return fork(balanced(leaves[:half]), balanced(leaves[half:]))
}

func fork(l, r *seq) *seq {
	return &seq{left: l, right: r, height: max(l.height, r.height) + 1, count: l.count + r.count, size: l.size + r.size}
}

// join is l followed by r, whose heights differ by two at most.
func join(l, r *seq) *seq {
	switch {
	case l == nil:
		return r
	case r == nil:
		return l
	case l.height > r.height+1 && l.left.height >= l.right.height:
		return fork(l.left, fork(l.right, r))
	case l.height > r.height+1:
		return fork(fork(l.left, l.right.left), fork(l.right.right, r))
	case r.height > l.height+1 && r.right.height >= r.left.height:
		return fork(fork(l, r.left), r.right)
	case r.height > l.height+1:
		return fork(fork(l, r.left.left), fork(r.left.right, r.right))
	}
	return fork(l, r)
}

func (s *seq) len() int {
	if s == nil {
		return 0
	}
	return s.count
}

func (s *seq) bytes() int {
	if s == nil {
		return 0
	}
	return s.size
}

// items are the children in a leaf.
func (s *seq) items() []item {
	if list := s.list.Load(); list != nil {
		return *list
	}
	list := parse(s.raw, s.object, s.count)
	s.list.CompareAndSwap(nil, &list)
	return *s.list.Load()
}

// append appends a leaf as it stands in the literal.
func (s *seq) append(dst []byte) []byte {
	if s.raw != nil {
		return append(dst, s.raw...)
	}
	for _, x := range s.items() {
		dst = x.node.append(append(dst, x.lead...))
	}
	return dst
}

// at is a child that exists.
func (s *seq) at(i int) item {
	for s.height > 0 {
		if i < s.left.count {
			s = s.left
		} else {
			s, i = s.right, i-s.left.count
		}
	}
	return s.items()[i]
}

// before is how many bytes the first i children take.
func (s *seq) before(i int) (size int) {
	if i == s.len() {
		return s.bytes()
	}
	for s.height > 0 {
		if i < s.left.count {
			s = s.left
		} else {
			s, i, size = s.right, i-s.left.count, size+s.left.size
		}
	}
	for _, x := range s.items()[:i] {
		size += len(x.lead) + x.node.Size()
	}
	return size
}

// slice appends the children from up to to as they stand in the literal.
func (s *seq) slice(dst []byte, from, to int) []byte {
	switch {
	case s == nil || from >= to || to <= 0 || from >= s.count:
		return dst
	case s.height > 0:
		dst = s.left.slice(dst, from, to)
		return s.right.slice(dst, from-s.left.count, to-s.left.count)
	case from <= 0 && to >= s.count:
		return s.append(dst)
	}
	for _, x := range s.items()[max(from, 0):min(to, s.count)] {
		dst = x.node.append(append(dst, x.lead...))
	}
	return dst
}

// edit gives the list in which the leaf that holds position i has other children: f makes them of those it has, which it must
// not modify. The end of the list belongs to the last leaf.
func (s *seq) edit(i int, f func(list []item, i int) []item) *seq {
	switch {
	case s == nil:
		return seqOf(f(nil, 0))
	case s.height == 0:
		return seqOf(f(s.items(), i))
	case i < s.left.count:
		return join(s.left.edit(i, f), s.right)
	}
	return join(s.left, s.right.edit(i-s.left.count, f))
}

func (s *seq) replace(i int, x item) *seq {
	return s.edit(i, func(list []item, i int) []item {
		list = slices.Clone(list)
		list[i] = x
		return list
	})
}

func (s *seq) insert(i int, x item) *seq {
	return s.edit(i, func(list []item, i int) []item { return slices.Concat(list[:i], []item{x}, list[i:]) })
}

func (s *seq) remove(i int) *seq {
	return s.edit(i, func(list []item, i int) []item { return slices.Concat(list[:i], list[i+1:]) })
}

// forward yields the leaves in order.
func (s *seq) forward() iter.Seq[*seq] {
	return func(yield func(*seq) bool) { s.walk(yield, false) }
}

// backward yields the leaves from the last to the first.
func (s *seq) backward() iter.Seq[*seq] {
	return func(yield func(*seq) bool) { s.walk(yield, true) }
}

func (s *seq) walk(yield func(*seq) bool, back bool) bool {
	switch {
	case s == nil:
		return true
	case s.height == 0:
		return yield(s)
	case back:
		return s.right.walk(yield, back) && s.left.walk(yield, back)
	}
	return s.left.walk(yield, back) && s.right.walk(yield, back)
}
