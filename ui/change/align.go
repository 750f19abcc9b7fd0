package change

import (
	"bytes"
	"hash/maphash"
	"sort"

	"errata/model/jsonraw"
)

// step is one element that makes two lists differ, by its position in either: one that changed, one
// that went, whose now is none, or one that came, whose old is none. All other elements follow each
// other in both lists alike.
type step struct{ old, now int }

const none = -1

func (s step) went() bool    { return s.now == none }
func (s step) came() bool    { return s.old == none }
func (s step) changed() bool { return s.old != none && s.now != none }

// mostPairs is how many pairs of elements are compared, at most, to find out which of those that
// changed is which.
const mostPairs = 4096

// align leads from one list to the other, in order. Elements that stand once in either list and are
// the same bytes hold both together, as long as they are in the same order, and so do their
// neighbours that are alike; between those as many as possible changed, and the rest came or went.
// The elements between the ends are hashed once, and compared with a few others at most.
func (e ends) align() (list []step) {
	i, j := e.head, e.head
	toOld, toNow := len(e.was)-e.tail, len(e.is)-e.tail
	if e.gone() > 1 && e.come() > 1 {
		for _, a := range e.anchors() {
			if a.old < i || a.now < j { // it was taken with the one before it
				continue
			}
			at := a
			for at.old > i && at.now > j && e.identical(at.old-1, at.now-1) {
				at = step{at.old - 1, at.now - 1}
			}
			list = append(list, e.gap(i, at.old, j, at.now)...)
			for i, j = a.old+1, a.now+1; i < toOld && j < toNow && e.identical(i, j); {
				i, j = i+1, j+1
			}
		}
	}
	return append(list, e.gap(i, toOld, j, toNow)...)
}

func (e ends) identical(i, j int) bool { return bytes.Equal(e.old(i), e.now(j)) }

// anchors are elements between the ends that stand once in either list and are the same, as many as
// there are in the same order.
func (e ends) anchors() []step {
	type place struct{ olds, nows, old, now int }
	places, seed := map[uint64]*place{}, maphash.MakeSeed()
	at := func(raw []byte) *place {
		sum := maphash.Bytes(seed, raw)
		if places[sum] == nil {
			places[sum] = &place{}
		}
		return places[sum]
	}
	order := make([]*place, 0, e.gone())
	for i := e.head; i < len(e.was)-e.tail; i++ {
		p := at(e.old(i))
		p.olds, p.old = p.olds+1, i
		order = append(order, p)
	}
	for j := e.head; j < len(e.is)-e.tail; j++ {
		p := at(e.now(j))
		p.nows, p.now = p.nows+1, j
	}
	var once []step
	for _, p := range order {
		if p.olds == 1 && p.nows == 1 && e.identical(p.old, p.now) {
			once = append(once, step{p.old, p.now})
		}
	}
	return rising(once)
}

// rising are the most of some steps, which are in the order of the old list, that are in the order
// of the new one as well.
func rising(list []step) []step {
	ends := []int{}                  // of the chains by their length: the step with the lowest end
	before := make([]int, len(list)) // the step ahead of each in its chain
	for k, s := range list {
		n := sort.Search(len(ends), func(n int) bool { return list[ends[n]].now > s.now })
		if before[k] = none; n > 0 {
			before[k] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, k)
		} else {
			ends[n] = k
		}
	}
	chain := make([]step, len(ends))
	for n, k := len(ends)-1, none; n >= 0; n-- {
		if k == none {
			k = ends[n]
		} else {
			k = before[k]
		}
		chain[n] = list[k]
	}
	return chain
}

// gap is how what stands between two places of the old list became what stands between two of the
// new one.
func (e ends) gap(i, toOld, j, toNow int) (list []step) {
	a, b, olds, nows := i, j, toOld-i, toNow-j
	partner := func(k int) step { return step{a + k, b + k} } // by position
	switch pairs := min(olds, nows); {
	case olds == nows, pairs == 0, olds*nows > mostPairs, e.size(i, toOld, j, toNow) > maxCompare:
	case olds < nows:
		of := closest(olds, nows, func(x, y int) float64 { return alike(e.old(a+x), e.now(b+y)) })
		partner = func(k int) step { return step{a + k, b + of[k]} }
	default:
		of := closest(nows, olds, func(x, y int) float64 { return alike(e.old(a+y), e.now(b+x)) })
		partner = func(k int) step { return step{a + of[k], b + k} }
	}
	to := func(p step) {
		for ; i < p.old; i++ {
			list = append(list, step{i, none})
		}
		for ; j < p.now; j++ {
			list = append(list, step{none, j})
		}
	}
	for k := range min(olds, nows) {
		p := partner(k)
		if to(p); !e.equal(p.old, p.now) {
			list = append(list, p)
		}
		i, j = p.old+1, p.now+1
	}
	to(step{toOld, toNow})
	return list
}

// size is how many bytes stand between two places of either list.
func (e ends) size(i, toOld, j, toNow int) (n int) {
	if i < toOld {
		n += e.was[toOld-1].Val.End - e.was[i].Val.Start
	}
	if j < toNow {
		n += e.is[toNow-1].Val.End - e.is[j].Val.Start
	}
	return n
}

// alike is how much of two elements is the same at both ends, from 0 to 1.
func alike(a, b []byte) float64 {
	head, tail := jsonraw.Shared(a, b)
	return float64(head+tail) / float64(max(len(a), len(b), 1))
}

// closest finds for each of some elements its partner among more of them, in the same order, so
// that as much as possible is alike.
func closest(few, many int, alike func(x, y int) float64) []int {
	best := make([][]float64, few+1)
	for x := range best {
		best[x] = make([]float64, many+1)
		for y := x; x > 0 && y <= many-few+x; y++ {
			if best[x][y] = best[x-1][y-1] + alike(x-1, y-1); y > x {
				best[x][y] = max(best[x][y], best[x][y-1])
			}
		}
	}
	of := make([]int, few)
	for x, y := few, many; x > 0; y-- {
		if y > x && best[x][y-1] >= best[x][y] {
			continue
		}
		x--
		of[x] = y - 1
	}
	return of
}
