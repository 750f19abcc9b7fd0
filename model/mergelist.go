package model

import (
	"iter"
	"slices"

	"errata/model/tree"
)

// listMerge merges three lists by their elements. The same element has the same number in all three
// lists, even if it was moved or changed: its index in the base, or a higher one if it was added.
type listMerge struct {
	orders [3][]int       // of base, mine and theirs: the numbers of their elements, in order
	places [3]map[int]int // where each is
	// the elements that a side added or moved
	movedMine, movedTheirs map[int]bool
	regions                []region
}

func newListMerge(base, mine, theirs *oneOf) *listMerge {
	l := &listMerge{}
	l.number([3]*oneOf{base, mine, theirs})
	a, b := hunks(l.orders[0], l.orders[1]), hunks(l.orders[0], l.orders[2])
	l.movedMine, l.movedTheirs = put(l.orders[1], a), put(l.orders[2], b)
	l.regions = regionsOf(len(l.orders[0]), l.orders[1], l.orders[2], a, b)
	return l
}

// list merges by elements, and merges the content of those that are in all three lists. So an
// element that one side moved and the other changed is both moved and changed. An element that is
// in a list once is never in the merge twice.
func (m *placeMerge) list(base, mine, theirs *tree.Node, depth int) *tree.Node {
	means, words, lists := newNumbering(), map[string]int{}, [3]*tree.Node{base, mine, theirs}
	var all [3]*oneOf
	for i, list := range lists {
		all[i] = elementsOf(list, means, words)
	}
	l := newListMerge(all[0], all[1], all[2])
	in := func(i, e int) *tree.Node {
		if k, ok := l.places[i][e]; ok {
			return lists[i].Child(k)
		}
		return nil
	}
	merged := map[int]*tree.Node{} // of those that go nothing
	for e := range l.each() {
		merged[e] = m.node(in(0, e), in(1, e), in(2, e), depth)
	}
	return written(theirs, l.orders[2], m.order(l, func(e int) bool { return merged[e] != nil }), merged)
}

// moves reports whether a side moved an element of the base.
func (l *listMerge) moves() bool {
	return slices.ContainsFunc(l.orders[0], func(e int) bool { return l.movedMine[e] || l.movedTheirs[e] })
}

// each yields the elements of all lists.
func (l *listMerge) each() iter.Seq[int] {
	return func(yield func(int) bool) {
		done := map[int]bool{}
		for _, order := range l.orders {
			for _, e := range order {
				if !done[e] && !yield(e) {
					return
				}
				done[e] = true
			}
		}
	}
}

// order are the elements that stay, in the order of the merge.
func (m *placeMerge) order(l *listMerge, stays func(e int) bool) (order []int) {
	for _, r := range l.regions {
		order = append(order, m.taken(l, r, stays)...)
	}
	return order
}

// put are the elements that hunks put into a side.
func put(side []int, hunks []hunk) map[int]bool {
	list := map[int]bool{}
	for _, h := range hunks {
		for _, e := range cut(side, h.side) {
			list[e] = true
		}
	}
	return list
}

// number gives the elements their numbers.
func (l *listMerge) number(all [3]*oneOf) {
	a, b := hunks(all[0].ids, all[1].ids), hunks(all[0].ids, all[2].ids)
	for i := range all[0].ids {
		l.orders[0] = append(l.orders[0], i)
	}
	l.orders[1] = partners(all[0], all[1], a, placesOf(all[2].ids, b))
	l.orders[2] = partners(all[0], all[2], b, placesOf(all[1].ids, a))
	next, both := len(l.orders[0]), map[int][]int{} // by what they mean those that came in mine
	for i, order := range l.orders[1:] {
		ids := all[i+1].ids
		for k, e := range order {
			if e != came {
				continue
			}
			if same := both[ids[k]]; i == 1 && len(same) > 0 {
				order[k], both[ids[k]] = same[0], same[1:]
				continue
			}
			if order[k] = next; i == 0 {
				both[ids[k]] = append(both[ids[k]], next)
			}
			next++
		}
	}
	for i, order := range l.orders {
		l.places[i] = make(map[int]int, len(order))
		for k, e := range order {
			l.places[i][e] = k
		}
	}
}

// taken are the elements that are in a region then. One that both sides put somewhere stands where
// mine has it.
func (m *placeMerge) taken(l *listMerge, r region, stays func(e int) bool) []int {
	mine, theirs := cut(l.orders[1], r.mine), cut(l.orders[2], r.theirs)
	var ours, others []int
	for _, e := range mine {
		if stays(e) && (l.movedMine[e] || !l.movedTheirs[e]) {
			ours = append(ours, e)
		}
	}
	if r.from == fromMine || r.from == unchanged {
		return ours
	}
	for _, e := range theirs {
		switch {
		case !stays(e):
		case !l.movedMine[e] || l.mineHas(r, e):
			others = append(others, e)
		case l.movedTheirs[e]: // each put it somewhere else
			m.met++
		}
	}
	switch {
	case r.from == fromTheirs:
		return l.with(others, ours)
	case holdsAll(others, ours):
		return others
	case holdsAll(ours, others):
		return ours
	}
	m.met++
	there := map[int]bool{}
	for _, e := range ours {
		there[e] = true
	}
	return append(ours, slices.DeleteFunc(others, func(e int) bool { return there[e] })...)
}

// with is a list of elements of theirs with those of mine that theirs took away. Each of these
// stands behind what it stands behind in mine.
func (l *listMerge) with(theirs, mine []int) (list []int) {
	there := map[int]bool{}
	for _, e := range theirs {
		there[e] = true
	}
	const first = -1
	behind, at := map[int][]int{}, first
	for _, e := range mine {
		if _, has := l.places[2][e]; !has {
			behind[at] = append(behind[at], e)
		} else if there[e] {
			at = e
		}
	}
	if len(behind) == 0 {
		return theirs
	}
	list = behind[first]
	for _, e := range theirs {
		list = append(append(list, e), behind[e]...)
	}
	return list
}

// mineHas reports whether an element is in a region in mine.
func (l *listMerge) mineHas(r region, e int) bool {
	k, ok := l.places[1][e]
	return ok && r.mine.start <= k && k < r.mine.end
}

// holdsAll reports whether a list has the elements of another in their order, and perhaps more.
func holdsAll(list, others []int) bool {
	for _, e := range list {
		if len(others) > 0 && e == others[0] {
			others = others[1:]
		}
	}
	return len(others) == 0
}

// written is a list whose elements are in an order, changed to have merged ones in another.
func written(list *tree.Node, was, order []int, merged map[int]*tree.Node) *tree.Node {
	for _, h := range slices.Backward(hunks(was, order)) {
		list = swapped(list, h.base, cut(order, h.side), merged)
	}
	for i, e := range order {
		if v := merged[e]; v != list.Child(i) {
			list = list.Replace(tree.Path{i}, v)
		}
	}
	return list
}

// swapped is a list with merged elements in the place of some of its own.
func swapped(list *tree.Node, at span, order []int, merged map[int]*tree.Node) *tree.Node {
	for i := at.end; i > at.start+len(order); i-- {
		list = list.Remove(tree.Path{i - 1})
	}
	for k, e := range order {
		if i := at.start + k; i < at.end {
			list = list.Replace(tree.Path{i}, merged[e])
		} else {
			list = list.Insert(tree.Path{i}, "", merged[e])
		}
	}
	return list
}
