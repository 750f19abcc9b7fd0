// Package sequence is a persistent list of anything: a balanced tree whose leaves hold a few
// elements each.
//
// Every change costs the logarithm of the leaves and gives a new list that shares all it did not
// touch with the old one, so that keeping old lists is undo. Each branch knows the sums of what is
// below it, which serve to find places.
//
// The package knows leaves and their sums alone. It must not know what they hold.
package sequence

// Sums are what is counted of a part of a list: its length first, in the unit by which lists are
// split, then two more numbers that its leaves give a meaning to. The sums of two parts add up to
// those of both.
type Sums [3]int

func (s *Sums) add(t *Sums) {
	s[0] += t[0]
	s[1] += t[1]
	s[2] += t[2]
}

// Leaf is some elements in a row. It never changes.
type Leaf[L any] interface {
	// Sums counts what it holds.
	Sums() Sums
	// Join makes one leaf of this and the next, where ok says that they are better off as one.
	Join(next L) (one L, ok bool)
}

// Divisible is a leaf that can be cut.
type Divisible[L any] interface {
	Leaf[L]
	// Split cuts it before the place at, which is neither its start nor its end.
	Split(at int) (L, L)
}

// List is a leaf, or two lists whose heights differ by one at most. The empty list is nil, and so
// is the list of a leaf of no length.
type List[L Leaf[L]] struct {
	left, right *List[L] // nil in a leaf
	leaf        L
	sums        Sums
	height      int // 0 of a leaf
}

// Of is the list of one leaf.
func Of[L Leaf[L]](leaf L) *List[L] {
	sums := leaf.Sums()
	if sums[0] == 0 {
		return nil
	}
	return &List[L]{leaf: leaf, sums: sums}
}

// Balanced makes a balanced list of leaves, without joining any of them.
func Balanced[L Leaf[L]](leaves []*List[L]) *List[L] {
	switch len(leaves) {
	case 0:
		return nil
	case 1:
		return leaves[0]
	}
	half := len(leaves) / 2
	return fork(Balanced(leaves[:half]), Balanced(leaves[half:]))
}

// Sums are those of the whole list.
func (l *List[L]) Sums() Sums {
	if l == nil {
		return Sums{}
	}
	return l.sums
}

// Len is the length of the list.
func (l *List[L]) Len() int {
	if l == nil {
		return 0
	}
	return l.sums[0]
}

// Only is the leaf of a list that has one.
func (l *List[L]) Only() (leaf L, ok bool) {
	if l == nil || l.height > 0 {
		return leaf, false
	}
	return l.leaf, true
}

// Height is how many steps lead from the root to the farthest leaf.
func (l *List[L]) Height() int {
	if l == nil {
		return 0
	}
	return l.height
}

func fork[L Leaf[L]](l, r *List[L]) *List[L] {
	f := &List[L]{left: l, right: r, sums: l.sums, height: max(l.height, r.height) + 1}
	f.sums.add(&r.sums)
	return f
}

// Join is l with r behind it. It costs the difference of their heights.
func (l *List[L]) Join(r *List[L]) *List[L] {
	switch {
	case l == nil:
		return r
	case r == nil:
		return l
	case l.height > r.height+1:
		return balance(l.left, l.right.Join(r))
	case r.height > l.height+1:
		return balance(l.Join(r.left), r.right)
	case l.height == 0 && r.height == 0:
		if one, ok := l.leaf.Join(r.leaf); ok {
			return Of(one)
		}
	case r.height == 0: // and l is two leaves
		if one, ok := l.right.leaf.Join(r.leaf); ok {
			return fork(l.left, Of(one))
		}
	case l.height == 0:
		if one, ok := l.leaf.Join(r.left.leaf); ok {
			return fork(Of(one), r.right)
		}
	}
	return fork(l, r)
}

// balance forks two lists whose heights differ by two at most.
func balance[L Leaf[L]](l, r *List[L]) *List[L] {
	switch {
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

// Split cuts a list before a place.
func Split[L Divisible[L]](l *List[L], at int) (before, behind *List[L]) {
	switch {
	case l == nil || at <= 0:
		return nil, l
	case at >= l.sums[0]:
		return l, nil
	case l.height == 0:
		head, tail := l.leaf.Split(at)
		return Of(head), Of(tail)
	}
	if half := l.left.sums[0]; at >= half {
		before, behind = Split(l.right, at-half)
		return l.left.Join(before), behind
	}
	before, behind = Split(l.left, at)
	return before, behind.Join(l.right)
}

// Splice is a list with the part from one place to another replaced.
func Splice[L Divisible[L]](l *List[L], from, to int, middle *List[L]) *List[L] {
	before, rest := Split(l, from)
	_, behind := Split(rest, to-from)
	return before.Join(middle).Join(behind)
}

// Edit is the list with the leaf that holds a place replaced by what f makes of it, and of the
// place seen from its start. The end of the list belongs to the last leaf; there must be one.
func (l *List[L]) Edit(at int, f func(leaf L, at int) *List[L]) *List[L] {
	if l.height == 0 {
		return f(l.leaf, at)
	}
	if half := l.left.sums[0]; at >= half {
		return l.left.Join(l.right.Edit(at-half, f))
	}
	return l.left.Edit(at, f).Join(l.right)
}

// Map is the list with other leaves, each as long as it was, in the branches whose sums ask for it.
func (l *List[L]) Map(asks func(Sums) bool, f func(L) L) *List[L] {
	switch {
	case l == nil || !asks(l.sums):
		return l
	case l.height == 0:
		return Of(f(l.leaf))
	}
	return fork(l.left.Map(asks, f), l.right.Map(asks, f))
}
