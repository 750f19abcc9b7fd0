package outline

import (
	"errata/model/sequence"
	"errata/model/tree"
)

// shape is how the children of an unfolded container are shown: a persistent list of runs of folded
// children and of single unfolded ones. Every change costs the logarithm of what is unfolded and
// leaves the old shape as it was, which is what undo goes back to. The zero shape is that of no
// children.
type shape struct{ *sequence.List[run] }

// What is counted of a shape: its children, the rows that they take, and the unfolded texts in it,
// whose rows depend on the width.
const (
	children = iota
	lines
	texts
)

// run is some folded children in a row, or a single unfolded one.
type run struct {
	count int
	open  *opened // nil in a run of folded children
}

// opened is an unfolded node: a container, whose children have a shape, or a string, whose text has
// lines.
type opened struct {
	kids shape
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

// Sums counts children, rows and texts.
func (r run) Sums() sequence.Sums {
	sums := sequence.Sums{children: r.count, lines: r.count + r.open.rows()}
	switch {
	case r.open == nil:
	case r.open.text != nil:
		sums[texts] = 1
	default:
		sums[texts] = r.open.kids.Sums()[texts]
	}
	return sums
}

// Split cuts a run of folded children; no other has more than one.
func (r run) Split(at int) (run, run) { return run{count: at}, run{count: r.count - at} }

// Join makes one run of folded children of two.
func (r run) Join(next run) (run, bool) {
	return run{count: r.count + next.count}, r.open == nil && next.open == nil
}

// folded is the shape of n children that are all folded.
func folded(n int) shape { return shape{sequence.Of(run{count: n})} }

// leaf is the shape of one child, which o tells of.
func leaf(o *opened) shape { return shape{sequence.Of(run{1, o})} }

// size is the rows of s.
func (s shape) size() int { return s.Sums()[lines] }

// run reports whether s is one run of folded children.
func (s shape) run() bool {
	r, ok := s.Only()
	return ok && r.open == nil
}

// at is what is unfolded of child i, nil when it is folded.
func (s shape) at(i int) *opened {
	r, _ := s.At(i)
	return r.open
}

// with is s with o as what is unfolded of child i.
func (s shape) with(i int, o *opened) shape { return s.splice(i, i+1, leaf(o)) }

// insert is s with one more child before child i.
func (s shape) insert(i int, o *opened) shape { return s.splice(i, i, leaf(o)) }

// remove is s without child i.
func (s shape) remove(i int) shape { return s.splice(i, i+1, shape{}) }

func (s shape) splice(from, to int, middle shape) shape {
	return shape{sequence.Splice(s.List, from, to, middle.List)}
}

// above counts the rows of the children before child i.
func (s shape) above(i int) int {
	if i >= s.Len() {
		return s.size()
	}
	_, before := s.Seek(children, i)
	return before[lines] + i - before[children]
}

// find is the child that row belongs to, and which row of it that is: 0 for its own.
func (s shape) find(row int) (i, inside int) {
	r, before := s.Seek(lines, row)
	i, row = before[children], row-before[lines]
	if r.open != nil {
		return i, row
	}
	return i + row, 0
}

// rewrap lays every unfolded text in s out again; depth is that of the children of s.
func (s shape) rewrap(depth int, width func(depth int) int) shape {
	return shape{s.Map(
		func(sums sequence.Sums) bool { return sums[texts] > 0 },
		func(r run) run {
			if r.open.text != nil {
				return run{1, &opened{text: r.open.text.wrapped(width(depth))}}
			}
			return run{1, &opened{kids: r.open.kids.rewrap(depth+1, width)}}
		},
	)}
}

// unfolded is the shape of the children of n with all that is on the way to the node at path
// unfolded.
func (s shape) unfolded(n *tree.Node, path []int) shape {
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

// edited is the shape of the root's children with f applied to the shape of the container that
// holds the node at path, and to the node's position in it. Containers on the way that are folded
// show nothing of it.
func (s shape) edited(path []int, f func(kids shape, i int) shape) shape {
	if len(path) == 1 {
		return f(s, path[0])
	}
	o := s.at(path[0])
	if o == nil || o.text != nil {
		return s
	}
	return s.with(path[0], &opened{kids: o.kids.edited(path[1:], f)})
}
