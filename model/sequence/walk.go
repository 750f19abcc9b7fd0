package sequence

import "iter"

// At finds the leaf that holds a place, and the place seen from its start. The end of the list
// belongs to the last leaf; the list must not be empty.
func (l *List[L]) At(place int) (leaf L, at int) {
	for l.height > 0 {
		if half := l.left; place < half.sums[0] {
			l = half
		} else {
			place -= half.sums[0]
			l = l.right
		}
	}
	return l.leaf, place
}

// Seek finds the leaf in which one of the sums goes beyond n, and the sums of all that is before
// that leaf. It is the last leaf where none does; the list must not be empty.
func (l *List[L]) Seek(which, n int) (leaf L, before Sums) {
	for l.height > 0 {
		half := l.left
		if here := half.sums[which]; n < here {
			l = half
		} else {
			n -= here
			before.add(&half.sums)
			l = l.right
		}
	}
	return l.leaf, before
}

// Range calls do for the leaves from one place to another, in order, with the part of each that
// lies between, until it returns false. It reports whether it got to the end.
func (l *List[L]) Range(from, to int, do func(leaf L, from, to int) bool) bool {
	size := l.Len()
	switch {
	case from >= to || to <= 0 || from >= size:
		return true
	case l.height == 0:
		return do(l.leaf, max(from, 0), min(to, size))
	}
	half := l.left.sums[0]
	return l.left.Range(from, to, do) && l.right.Range(from-half, to-half, do)
}

// Backward yields the leaves from the last to the first.
func (l *List[L]) Backward() iter.Seq[L] {
	return func(yield func(L) bool) { l.backward(yield) }
}

func (l *List[L]) backward(yield func(L) bool) bool {
	switch {
	case l == nil:
		return true
	case l.height == 0:
		return yield(l.leaf)
	}
	return l.right.backward(yield) && l.left.backward(yield)
}

// Cursor goes through a list from one of its ends, by whole branches where it can.
type Cursor[L Leaf[L]] struct {
	ahead []*List[L] // what comes next is last
	back  bool
}

// From is a cursor at the start of the list, or at its end where it goes back.
func (l *List[L]) From(back bool) *Cursor[L] {
	c := &Cursor[L]{back: back}
	if l != nil {
		c.ahead = append(c.ahead, l)
	}
	return c
}

// Next gives the next leaf; ok is false at the end.
func (c *Cursor[L]) Next() (leaf L, ok bool) {
	for len(c.ahead) > 0 {
		if l := c.top(); l.height == 0 {
			c.pass()
			return l.leaf, true
		}
		c.open()
	}
	return leaf, false
}

func (c *Cursor[L]) top() *List[L] { return c.ahead[len(c.ahead)-1] }

func (c *Cursor[L]) pass() { c.ahead = c.ahead[:len(c.ahead)-1] }

// open puts the halves of the next branch in its place.
func (c *Cursor[L]) open() {
	l := c.top()
	c.pass()
	if c.back {
		c.ahead = append(c.ahead, l.left, l.right)
	} else {
		c.ahead = append(c.ahead, l.right, l.left)
	}
}

// Shared passes over what two lists have in common in front of two cursors, branch by branch, as
// far as it is no longer than limit, and gives its sums. Both stop at a leaf that is not shared.
func Shared[L Leaf[L]](x, y *Cursor[L], limit int) (sums Sums) {
	for len(x.ahead) > 0 && len(y.ahead) > 0 {
		l, r := x.top(), y.top()
		switch {
		case l == r && sums[0]+l.sums[0] <= limit:
			sums.add(&l.sums)
			x.pass()
			y.pass()
		case l.height+r.height == 0:
			return sums
		case l.height >= r.height:
			x.open()
		default:
			y.open()
		}
	}
	return sums
}
