// Package group does together what comes while other work of the same kind is under way: so that
// many writers share one wait for a disk.
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

// Add adds a piece of work. It does not wait: the work itself tells whoever added it when it is
// done.
func (g *Group[T]) Add(piece T) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.waiting = append(g.waiting, piece)
	if !g.busy {
		g.busy = true
		go g.work()
	}
}

func (g *Group[T]) work() {
	for {
		g.mu.Lock()
		list := g.waiting
		g.waiting = nil
		if len(list) == 0 {
			g.busy = false
			g.mu.Unlock()
			return
		}
		g.mu.Unlock()
		g.do(list)
	}
}

// Waiting is how many pieces wait for work that is under way.
func (g *Group[T]) Waiting() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.waiting)
}
