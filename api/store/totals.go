package store

import (
	"context"
	"fmt"
	"sync"
	"time"

	"errata/api/store/sieve"
)

// totals counts searches that many logs match. The page of such a search is there at once and its total is not: the first page then tells an
// upper bound, so that nobody stops too early, while the logs are counted; later pages wait for the exact total.
type totals struct {
	mu      sync.Mutex
	known   map[string]*total
	running sync.WaitGroup
	turn    chan struct{} // one count at a time: pages must not wait for connections
	ending  context.Context
	end     context.CancelFunc
}

// total is an exact total, there when done is closed.
type total struct {
	done   chan struct{}
	n      int
	err    error
	writes int64 // how much this store had written when it was counted
	since  time.Time
}

// How long a page waits for its exact total, and how long one counts that others may have changed.
const (
	firstWait = 20 * time.Millisecond
	laterWait = 2 * time.Second
	totalAge  = 10 * time.Second
	totalMost = 64
	counters  = 2 // how many count at the same time
)

// begin gives the count of a selection that is known or under way, or starts it.
func (t *totals) begin(s *Store, sel selection, set *sieve.Set) *total {
	key := fmt.Sprint(sel)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ending == nil {
		t.known = map[string]*total{}
		t.turn = make(chan struct{}, 1)
		t.ending, t.end = context.WithCancel(context.Background())
	}
	writes := s.writes.Load()
	if known := t.known[key]; known != nil && known.writes == writes && time.Since(known.since) < totalAge {
		return known
	}
	if len(t.known) >= totalMost {
		clear(t.known)
	}
	one := &total{done: make(chan struct{}), writes: writes, since: time.Now()}
	t.known[key] = one
	ctx := t.ending
	t.running.Go(func() {
		defer close(one.done)
		select {
		case t.turn <- struct{}{}:
		case <-ctx.Done():
			one.err = ctx.Err()
			return
		}
		defer func() { <-t.turn }()
		one.n, one.err = s.countApart(ctx, sel, set)
	})
	return one
}

// countApart counts the selected logs with several connections of its own.
func (s *Store) countApart(ctx context.Context, sel selection, set *sieve.Set) (int, error) {
	var all sync.WaitGroup
	var counts [counters]int
	var errs [counters]error
	step := set.Cap()/counters + 1
	for i := range int64(counters) {
		all.Go(func() {
			errs[i] = s.look(ctx, "cannot count the logs", func(c *conn) (err error) {
				counts[i], err = c.countAll(ctx, sel, set, i*step, (i+1)*step)
				return err
			})
		})
	}
	all.Wait()
	n := 0
	for i, err := range errs {
		if err != nil {
			return 0, err
		}
		n += counts[i]
	}
	return n, nil
}

// wait gives the exact total of a page, or the upper bound when that takes too long.
func (t *totals) wait(ctx context.Context, p *page) int {
	long := laterWait
	if p.number == 1 {
		long = firstWait
	}
	patience := time.NewTimer(long)
	defer patience.Stop()
	select {
	case <-p.counting.done:
		if p.counting.err == nil {
			return p.counting.n
		}
	case <-patience.C:
	case <-ctx.Done():
	}
	return p.total
}

// stop ends what is being counted.
func (t *totals) stop() {
	t.mu.Lock()
	if t.end != nil {
		t.end()
	}
	t.mu.Unlock()
	t.running.Wait()
}
