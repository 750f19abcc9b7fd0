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

// stretch is what is between two places of the old list and two of the new one.
type stretch struct{ old, toOld, now, toNow int }

func (g stretch) olds() int { return g.toOld - g.old }
func (g stretch) nows() int { return g.toNow - g.now }

// align leads from one list to the other, in order. Elements that stand once in either list and are
// the same hold both together, as long as they are in the same order, and so do their neighbours
// that are alike; between those as many as possible changed, and the rest came or went. They are
// the same bytes or, where none is and it is not too much to read, mean the same. The elements
// between the ends are hashed once, and compared with a few others at most.
func (e ends) align() []step {
	const much = 8 << 20 // bytes that are not read for their meaning
	seed := maphash.MakeSeed()
	written := sameness{func(raw []byte) uint64 { return maphash.Bytes(seed, raw) }, bytes.Equal}
	meant := sameness{func(raw []byte) uint64 { return jsonraw.Sum(seed, raw) }, jsonraw.Equal}
	return e.held(stretch{e.head, e.olds() - e.tail, e.head, e.nows() - e.tail}, written, func(g stretch) []step {
		if e.size(g) > much {
			return e.gap(g)
		}
		return e.held(g, meant, e.gap)
	})
}

// sameness is when two elements are the same; those that are have the same sum.
type sameness struct {
	sum  func(raw []byte) uint64
	same func(a, b []byte) bool
}

// held are the steps of a stretch that is held together by elements that are the same; rest gives
// those of what is between them.
func (e ends) held(g stretch, by sameness, rest func(stretch) []step) (list []step) {
	if g.olds() > 1 && g.nows() > 1 {
		same := func(i, j int) bool { return by.same(e.old(i), e.now(j)) }
		for _, a := range e.anchors(g, by) {
			if a.old < g.old || a.now < g.now { // it was taken with the one before it
				continue
			}
			at := a
			for at.old > g.old && at.now > g.now && same(at.old-1, at.now-1) {
				at = step{at.old - 1, at.now - 1}
			}
			list = append(list, rest(stretch{g.old, at.old, g.now, at.now})...)
			for g.old, g.now = a.old+1, a.now+1; g.old < g.toOld && g.now < g.toNow && same(g.old, g.now); {
				g.old, g.now = g.old+1, g.now+1
			}
		}
	}
	return append(list, rest(g)...)
}

// anchors are elements of a stretch that stand once in either list and are the same, as many as
// there are in the same order.
func (e ends) anchors(g stretch, by sameness) []step {
	type place struct{ olds, nows, old, now int }
	places := map[uint64]*place{}
	at := func(raw []byte) *place {
		sum := by.sum(raw)
		if places[sum] == nil {
			places[sum] = &place{}
		}
		return places[sum]
	}
	order := make([]*place, 0, g.olds())
	for i := g.old; i < g.toOld; i++ {
		p := at(e.old(i))
		p.olds, p.old = p.olds+1, i
		order = append(order, p)
	}
	for j := g.now; j < g.toNow; j++ {
		p := at(e.now(j))
		p.nows, p.now = p.nows+1, j
	}
	var once []step
	for _, p := range order {
		if p.olds == 1 && p.nows == 1 && by.same(e.old(p.old), e.now(p.now)) {
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

// gap is how what is between two places of the old list became what is between two of the new one.
func (e ends) gap(g stretch) (list []step) {
	i, j, olds, nows := g.old, g.now, g.olds(), g.nows()
	a, b := i, j
	partner := func(k int) step { return step{a + k, b + k} } // by position
	switch pairs := min(olds, nows); {
	case olds == nows, pairs == 0, olds*nows > mostPairs, e.size(g) > maxCompare:
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
	to(step{g.toOld, g.toNow})
	return list
}

// size is how many bytes are in a stretch of both lists.
func (e ends) size(g stretch) (n int) {
	if g.old < g.toOld {
		n += e.was.Items[g.toOld-1].Val.End - e.was.Items[g.old].Val.Start
	}
	if g.now < g.toNow {
		n += e.is.Items[g.toNow-1].Val.End - e.is.Items[g.now].Val.Start
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
