// Package group does work together that arrives while other work of the same kind is under way, so
// that many writers share one wait for a disk.
//
// It knows neither what is done nor why, and nothing of errata.
package group

import "sync"

// Group collects pieces of work. It is safe for concurrent use.
type Group[T any] struct {
	do func([]T)

	mu      sync.Mutex
	waiting []T
	busy    bool
}

// New is a group whose work is done by a function. It is called by one goroutine at a time, with
// all that was added since it was called last, in that order.
func New[T any](do func([]T)) *Group[T] { return &Group[T]{do: do} }

// Add adds a piece of work. If none is under way, the caller does it, and so waits for nobody else.
// Otherwise Add does not wait: the work itself says when it is done.
func (g *Group[T]) Add(piece T) {
	g.mu.Lock()
	if g.busy {
		g.waiting = append(g.waiting, piece)
		g.mu.Unlock()
		return
	}
	g.busy = true
	g.mu.Unlock()
	defer func() {
		if list := g.next(); list != nil {
			go g.work(list)
		}
	}()
	g.do([]T{piece})
}

// next takes what waits; nil when nothing does, and then no work is under way any more.
func (g *Group[T]) next() []T {
	g.mu.Lock()
	defer g.mu.Unlock()
	list := g.waiting
	g.waiting, g.busy = nil, len(list) > 0
	return list
}

func (g *Group[T]) work(list []T) {
	for ; list != nil; list = g.next() {
		g.do(list)
	}
}

// Waiting is how many pieces wait for work that is under way.
func (g *Group[T]) Waiting() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.waiting)
}
