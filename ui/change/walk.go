package change

import (
	"slices"

	"errata/model/jsonraw"
	"errata/model/path"
)

// walker finds the places in which two JSON values differ. Every level of them is read again, so
// that what it reads in all is bounded.
type walker struct {
	left  int // bytes
	known *known
	found func(Place) // is told of each place
	full  func() bool // no more places are wanted
	// called with what is beside the steps of a list; may be nil
	beside func(at spot, e ends, r run, before, after *step)
}

// bytesFor is how many bytes are read of two values: as many as in some levels that are as large as
// all of it.
func bytesFor(both int) int {
	const levels = 6
	return levels*both + maxCompare
}

// spot is where something is in the old value and in the new one.
type spot struct{ old, now path.Path }

func (s spot) member(name string) spot {
	return spot{below(s.old, path.Member(name)), below(s.now, path.Member(name))}
}

func (s spot) element(old, now int) spot {
	return spot{below(s.old, path.Element(old)), below(s.now, path.Element(now))}
}

// below is the path to what a value at a path holds.
func below(where path.Path, s path.Step) path.Path { return append(slices.Clip(where), s) }

func (w *walker) walk(at spot, before, after []byte) {
	p := Place{Old: at.old, New: at.now, Before: before, After: after}
	if w.left -= len(before) + len(after); w.left < 0 {
		p.huge = true
		w.found(p)
		return
	}
	if kind := jsonraw.KindOf(before); kind == jsonraw.KindOf(after) && len(at.old) < maxDepth {
		switch kind {
		case jsonraw.Object:
			if m, ok := matched(before, after); ok {
				w.members(at, m, before, after)
				return
			}
		case jsonraw.Array:
			if e, ok := w.known.narrowed(before, after); ok {
				w.elements(at, e)
				return
			}
		}
	}
	w.found(p)
}

// members goes through an object by name: what went or changed in the order of the old one, then
// what came.
func (w *walker) members(at spot, m matching, before, after []byte) {
	for _, old := range m.old {
		if w.full() {
			return
		}
		value, to := old.Val.Of(before), at.member(old.Name)
		switch now, ok := m.is[old.Name]; {
		case !ok:
			w.found(Place{Old: to.old, New: to.now, Before: value})
		case slices.Contains(m.changed, old.Name):
			w.walk(to, value, now.Val.Of(after))
		}
	}
	for _, name := range m.come {
		to := at.member(name)
		w.found(Place{Old: to.old, New: to.now, After: m.is[name].Val.Of(after)})
	}
}

// elements goes through a list, as align finds what differs.
func (w *walker) elements(at spot, e ends) {
	var last *step
	r := run{}
	for k := range e.steps {
		if w.full() {
			return
		}
		s := &e.steps[k]
		if r.n = s.old - r.old; s.came() {
			r.n = s.now - r.now
		}
		if w.beside != nil {
			w.beside(at, e, r, last, s)
		}
		w.step(at.element(r.old+r.n, r.now+r.n), e, *s)
		r, last = r.behind(*s), s
	}
	if r.n = e.olds() - r.old; w.beside != nil && !w.full() {
		w.beside(at, e, r, last, nil)
	}
}

// step goes into an element that made two lists differ.
func (w *walker) step(at spot, e ends, s step) {
	switch {
	case s.went():
		w.found(Place{Old: at.old, New: at.now, Before: e.old(s.old)})
	case s.came():
		w.found(Place{Old: at.old, New: at.now, After: e.now(s.now)})
	default:
		w.walk(at, e.old(s.old), e.now(s.now))
	}
}

// run is a number of elements that are the same in two lists, from a place in either on.
type run struct{ old, now, n int }

// behind is where the next run begins.
func (r run) behind(s step) run {
	r.old, r.now = r.old+r.n, r.now+r.n
	if !s.came() {
		r.old++
	}
	if !s.went() {
		r.now++
	}
	return r
}
