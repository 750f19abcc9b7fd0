package model

import (
	"slices"

	"errata/model/tree"
)

// listMerge is a merge of three lists by their elements. Each element has a number, by which it is
// the same one in all three lists, wherever it stands and whatever became of what it holds: its
// place in the base, or a number behind those for one that came.
type listMerge struct {
	*placeMerge
	lists  [3]*tree.Node // base, mine, theirs
	orders [3][]int      // the numbers of their elements, in order
	places [3]map[int]int
	// the elements that a side put where they stand, because they came or were moved
	movedMine, movedTheirs map[int]bool
	merged                 map[int]*tree.Node // what an element holds then; of those that go nothing
}

// list merges by elements, and within those that are in all three lists: what one side moved is
// moved, also where the other changed what it holds. No element that is in a list once stands
// twice.
func (m *placeMerge) list(base, mine, theirs *tree.Node, depth int) *tree.Node {
	l := &listMerge{placeMerge: m, lists: [3]*tree.Node{base, mine, theirs}}
	l.number()
	l.merge(depth)
	a, b := hunks(l.orders[0], l.orders[1]), hunks(l.orders[0], l.orders[2])
	l.movedMine, l.movedTheirs = put(l.orders[1], a), put(l.orders[2], b)
	var order []int
	for _, r := range regionsOf(base.Len(), l.orders[1], l.orders[2], a, b) {
		order = append(order, l.taken(r)...)
	}
	return l.written(order)
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
func (l *listMerge) number() {
	means, words := newNumbering(), map[string]int{}
	var all [3]*oneOf
	for i, list := range l.lists {
		all[i] = newOneOf(list, means, words)
	}
	a, b := hunks(all[0].ids, all[1].ids), hunks(all[0].ids, all[2].ids)
	for i := range l.lists[0].Len() {
		l.orders[0] = append(l.orders[0], i)
	}
	l.orders[1] = partners(all[0], all[1], a, placesOf(all[2].ids, b))
	l.orders[2] = partners(all[0], all[2], b, placesOf(all[1].ids, a))
	next, both := l.lists[0].Len(), map[int][]int{} // by what they mean those that came in mine
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

// in is an element as it is in one of the lists, nil where it is not.
func (l *listMerge) in(list, e int) *tree.Node {
	if k, ok := l.places[list][e]; ok {
		return l.lists[list].Child(k)
	}
	return nil
}

// merge merges what each element holds.
func (l *listMerge) merge(depth int) {
	l.merged = map[int]*tree.Node{}
	for _, order := range l.orders {
		for _, e := range order {
			if _, done := l.merged[e]; !done {
				l.merged[e] = l.node(l.in(0, e), l.in(1, e), l.in(2, e), depth)
			}
		}
	}
}

// taken are the elements that stand in a region then. One that both sides put somewhere stands
// where mine has it.
func (l *listMerge) taken(r region) (order []int) {
	mine, theirs := cut(l.orders[1], r.mine), cut(l.orders[2], r.theirs)
	ours := l.left(mine, func(e int) bool { return l.movedMine[e] || !l.movedTheirs[e] })
	if r.from == fromMine || r.from == unchanged {
		return ours
	}
	others := l.left(theirs, func(e int) bool {
		if l.movedMine[e] && l.movedTheirs[e] && !slices.Contains(mine, e) {
			l.met++ // each put it somewhere else
		}
		return !l.movedMine[e] || slices.Contains(mine, e)
	})
	switch {
	case r.from == fromTheirs || holdsAll(others, ours):
		return others
	case holdsAll(ours, others):
		return ours
	}
	l.met++
	return append(ours, slices.DeleteFunc(others, func(e int) bool { return slices.Contains(ours, e) })...)
}

// left are the elements of some that do not go and of which keep holds.
func (l *listMerge) left(order []int, keep func(int) bool) (list []int) {
	for _, e := range order {
		if l.merged[e] != nil && keep(e) {
			list = append(list, e)
		}
	}
	return list
}

// holdsAll tells whether a list has the elements of another in their order, and perhaps more.
func holdsAll(list, others []int) bool {
	for _, e := range list {
		if len(others) > 0 && e == others[0] {
			others = others[1:]
		}
	}
	return len(others) == 0
}

// written is theirs, changed to have the merged elements in an order.
func (l *listMerge) written(order []int) *tree.Node {
	now := l.lists[2]
	for _, h := range slices.Backward(hunks(l.orders[2], order)) {
		now = l.swapped(now, h.base, cut(order, h.side))
	}
	for i, e := range order {
		if v := l.merged[e]; v != now.Child(i) {
			now = now.Replace(tree.Path{i}, v)
		}
	}
	return now
}

// swapped is a list with other elements in the place of some of its own.
func (l *listMerge) swapped(now *tree.Node, at span, order []int) *tree.Node {
	for i := at.end; i > at.start+len(order); i-- {
		now = now.Remove(tree.Path{i - 1})
	}
	for k, e := range order {
		if i := at.start + k; i < at.end {
			now = now.Replace(tree.Path{i}, l.merged[e])
		} else {
			now = now.Insert(tree.Path{i}, "", l.merged[e])
		}
	}
	return now
}
