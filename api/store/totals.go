package store

import (
	"context"
	"sync"
	"time"

	"errata/api/store/index"
)

// totals counts searches that many logs match. The page of such a search is there at once and its
// total is not: the first page then tells an upper bound, so that nobody stops too early, while
// the logs are counted; later pages wait for the exact total. What was counted is remembered, and
// what is written afterwards is looked at alone, see carried.
type totals struct {
	mu      sync.Mutex
	known   map[string]*total
	running sync.WaitGroup
	waiting int           // counts that are not done
	turn    chan struct{} // one count at a time: pages must not wait for connections
	ending  context.Context
	end     context.CancelFunc
}

// total is an exact total, there when done is closed.
type total struct {
	done chan struct{}
	err  error

	counted time.Time

	mu   sync.Mutex // guards what follows, once it was counted
	n    int
	hits *index.Set
	at   int64 // the place among what was changed up to which it is known
}

// How long a page waits for its exact total.
const (
	firstWait = 20 * time.Millisecond
	laterWait = 2 * time.Second
)

const (
	totalMost = 64 // totals that are remembered
	// counts that wait for their turn; a page beyond them has to do with its upper bound
	waitingMost = 16
	// the upper bound from which no first page waits: so many are not counted within firstWait
	waitedForMost = 10_000
)

// ended reports whether the count is done.
func (o *total) ended() bool {
	select {
	case <-o.done:
		return true
	default:
		return false
	}
}

// known is the total as far as it is known.
func (o *total) known() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.n
}

// begin gives the count of a selection that is under way, or starts it; nil when too many are under
// way. at is the place among what was changed up to which set has everything.
func (t *totals) begin(s *core, sel selection, set *index.Set, at int64) *total {
	key := sel.key()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ending == nil {
		t.known = map[string]*total{}
		t.turn = make(chan struct{}, 1)
		t.ending, t.end = context.WithCancel(context.Background())
	}
	if known := t.known[key]; known != nil && !known.ended() {
		return known
	}
	if t.waiting >= waitingMost || t.ending.Err() != nil {
		return nil
	}
	if len(t.known) >= totalMost {
		clear(t.known)
	}
	one := &total{done: make(chan struct{}), at: at}
	t.known[key] = one
	t.waiting++
	t.running.Go(func() {
		t.run(one, func(ctx context.Context) (*index.Set, error) { return s.countApart(ctx, sel, set) })
	})
	return one
}

// run counts when it is its turn.
func (t *totals) run(one *total, count func(context.Context) (*index.Set, error)) {
	defer func() {
		close(one.done)
		t.mu.Lock()
		t.waiting--
		t.mu.Unlock()
	}()
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
		if one.hits, one.err = count(t.ending); one.err == nil {
			one.n, one.counted = one.hits.Len(), time.Now()
		}
	case <-t.ending.Done():
		one.err = t.ending.Err()
	}
}

// wait gives the exact total of a page, or the upper bound when that takes too long.
func (t *totals) wait(ctx context.Context, p *page) int {
	long := laterWait
	if p.number == 1 {
		long = firstWait
		if p.total > waitedForMost && !p.counting.ended() {
			return p.total
		}
	}
	patience := time.NewTimer(long)
	defer patience.Stop()
	select {
	case <-p.counting.done:
		if p.counting.err == nil {
			return p.counting.known()
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
