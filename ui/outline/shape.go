package outline

import "errata/model/tree"

// shape is how the children of an unfolded container are shown: a balanced, persistent sequence of runs of folded children and
// of single unfolded ones. Every change costs the logarithm of what is unfolded and leaves the old shape as it was,
// which is what undo goes back to. nil is the shape of no children.
type shape struct {
	left, right *shape // both nil in a leaf
	height      int
	count       int     // children
	rows        int     // rows that they take
	texts       bool    // an unfolded text is somewhere in it, whose rows depend on the width
	open        *opened // the one child of a leaf when it is unfolded; nil in a leaf of folded children
}

// opened is an unfolded node: a container, whose children have a shape, or a string, whose text has lines.
type opened struct {
	kids *shape
	text *passage // nil for a container
}

func (o *opened) rows() int {
	switch {
	case o == nil:
		return 0
	case o.text != nil:
		return o.text.rows()
	}
	return o.kids.size()
}

// folded is the shape of n children that are all folded.
func folded(n int) *shape {
	if n == 0 {
		return nil
	}
	return &shape{count: n, rows: n}
}

// leaf is the shape of one child, which o tells of.
func leaf(o *opened) *shape {
	if o == nil {
		return folded(1)
	}
	return &shape{count: 1, rows: 1 + o.rows(), open: o, texts: o.text != nil || o.kids != nil && o.kids.texts}
}

func (s *shape) len() int {
	if s == nil {
		return 0
	}
	return s.count
}

// size is the rows of s.
func (s *shape) size() int {
	if s == nil {
		return 0
	}
	return s.rows
}

func (s *shape) isLeaf() bool { return s.left == nil }

// run tells whether s is one run of folded children.
func (s *shape) run() bool { return s != nil && s.isLeaf() && s.open == nil }

// pair puts two shapes of nearly the same height side by side.
func pair(l, r *shape) *shape {
	return &shape{
		left: l, right: r, height: max(l.height, r.height) + 1,
		count: l.count + r.count, rows: l.rows + r.rows, texts: l.texts || r.texts,
	}
}

// join puts r behind l, whatever their heights.
func join(l, r *shape) *shape {
	switch {
	case l == nil:
		return r
	case r == nil:
		return l
	case l.run() && r.run():
		return folded(l.count + r.count)
	case l.height > r.height+1:
		return balance(l.left, join(l.right, r))
	case r.height > l.height+1:
		return balance(join(l, r.left), r.right)
	}
	return pair(l, r)
}

// balance pairs two shapes whose heights differ by two at most.
func balance(l, r *shape) *shape {
	switch {
	case l.height > r.height+1:
		if l.left.height < l.right.height {
			return pair(pair(l.left, l.right.left), pair(l.right.right, r))
		}
		return pair(l.left, pair(l.right, r))
	case r.height > l.height+1:
		if r.right.height < r.left.height {
			return pair(pair(l, r.left.left), pair(r.left.right, r.right))
		}
		return pair(pair(l, r.left), r.right)
	}
	return pair(l, r)
}

// split cuts s before child i.
func (s *shape) split(i int) (l, r *shape) {
	switch {
	case s == nil || i <= 0:
		return nil, s
	case i >= s.count:
		return s, nil
	case s.isLeaf():
		return folded(i), folded(s.count - i)
	case i < s.left.count:
		l, r = s.left.split(i)
		return l, join(r, s.right)
	}
	l, r = s.right.split(i - s.left.count)
	return join(s.left, l), r
}

// at is what is unfolded of child i, nil when it is folded.
func (s *shape) at(i int) *opened {
	for !s.isLeaf() {
		if i < s.left.count {
			s = s.left
		} else {
			i -= s.left.count
			s = s.right
		}
	}
	return s.open
}

// with is s with o as what is unfolded of child i.
func (s *shape) with(i int, o *opened) *shape {
	l, r := s.split(i)
	_, r = r.split(1)
	return join(join(l, leaf(o)), r)
}

// insert is s with one more child before child i.
func (s *shape) insert(i int, o *opened) *shape {
	l, r := s.split(i)
	return join(join(l, leaf(o)), r)
}

// remove is s without child i.
func (s *shape) remove(i int) *shape {
	l, r := s.split(i)
	_, r = r.split(1)
	return join(l, r)
}

// above counts the rows of the children before child i.
func (s *shape) above(i int) (rows int) {
	for s != nil {
		switch {
		case i >= s.count:
			return rows + s.rows
		case s.isLeaf():
			return rows + i
		case i < s.left.count:
			s = s.left
		default:
			i -= s.left.count
			rows += s.left.rows
			s = s.right
		}
	}
	return rows
}

// find is the child that row belongs to, and which row of it that is: 0 for its own.
func (s *shape) find(row int) (i, inside int) {
	for !s.isLeaf() {
		if row < s.left.rows {
			s = s.left
			continue
		}
		row -= s.left.rows
		i += s.left.count
		s = s.right
	}
	if s.open != nil {
		return i, row
	}
	return i + row, 0
}

// rewrap lays every unfolded text in s out again; depth is that of the children of s.
func (s *shape) rewrap(depth int, width func(depth int) int) *shape {
	switch {
	case s == nil || !s.texts:
		return s
	case !s.isLeaf():
		return pair(s.left.rewrap(depth, width), s.right.rewrap(depth, width))
	case s.open.text != nil:
		return leaf(&opened{text: s.open.text.wrapped(width(depth))})
	}
	return leaf(&opened{kids: s.open.kids.rewrap(depth+1, width)})
}

// unfolded is the shape of the children of n with all that is on the way to the node at path unfolded.
func (s *shape) unfolded(n *tree.Node, path []int) *shape {
	i := path[0]
	if len(path) == 1 {
		return s
	}
	n = n.Child(i)
	o := s.at(i)
	if o == nil {
		return s.with(i, &opened{kids: folded(n.Len()).unfolded(n, path[1:])})
	}
	kids := o.kids.unfolded(n, path[1:])
	if kids == o.kids {
		return s
	}
	return s.with(i, &opened{kids: kids})
}

// edited is the shape of the root's children with f applied to the shape of the container that holds the node at path, and to
// the node's position in it. Containers on the way that are folded show nothing of it.
func (s *shape) edited(path []int, f func(kids *shape, i int) *shape) *shape {
	if len(path) == 1 {
		return f(s, path[0])
	}
	o := s.at(path[0])
	if o == nil || o.text != nil {
		return s
	}
	return s.with(path[0], &opened{kids: o.kids.edited(path[1:], f)})
}
