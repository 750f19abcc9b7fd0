package store

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"errata/api/store/index"
)

// totals counts searches that many logs match. The page of such a search is there at once and its
// total is not: the first page then tells an upper bound, so that nobody stops too early, while
// the logs are counted; later pages wait for the exact total.
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
	done   chan struct{}
	n      int
	err    error
	writes int64         // how much this store had written when counting began
	when   time.Time     // when it was counted
	took   time.Duration // how long counting took
}

// How long a page waits for its exact total, and how long one counts at least: as long as this
// store has not written, others may have; and when it has. One that took long to count counts for
// totalWorth times as long, so that counting it over and over is a small part of the work.
const (
	firstWait  = 20 * time.Millisecond
	laterWait  = 2 * time.Second
	totalAge   = 10 * time.Second
	writtenAge = time.Second
	totalWorth = 20
)

const (
	totalMost = 64 // totals that are remembered
	// counts that wait for their turn; a page beyond them has to do with its upper bound
	waitingMost  = 16
	countersMost = 2 // connections that count at the same time
	// the upper bound from which no first page waits: so many are not counted within firstWait
	waitedForMost = 10_000
)

// counters is how many connections count at the same time: a core is left to those who search.
func counters() int { return max(1, min(countersMost, runtime.GOMAXPROCS(0)-1)) }

// holds tells whether a total still counts. One that is being counted does.
func (o *total) holds(writes int64) bool {
	if !o.ended() {
		return true
	}
	age := time.Since(o.when)
	return o.err == nil && (age < writtenAge || age < max(totalAge, totalWorth*o.took) && o.writes == writes)
}

// ended tells whether the count is done.
func (o *total) ended() bool {
	select {
	case <-o.done:
		return true
	default:
		return false
	}
}

// begin gives the count of a selection that is known or under way, or starts it; nil when too
// many are under way.
func (t *totals) begin(s *core, sel selection, set *index.Set) *total {
	key := fmt.Sprint(sel)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ending == nil {
		t.known = map[string]*total{}
		t.turn = make(chan struct{}, 1)
		t.ending, t.end = context.WithCancel(context.Background())
	}
	writes := s.writes.Load()
	if known := t.known[key]; known != nil && known.holds(writes) {
		return known
	}
	if t.waiting >= waitingMost || t.ending.Err() != nil {
		return nil
	}
	if len(t.known) >= totalMost {
		clear(t.known)
	}
	one := &total{done: make(chan struct{}), writes: writes}
	t.known[key] = one
	t.waiting++
	t.running.Go(func() { t.run(one, func(ctx context.Context) (int, error) { return s.countApart(ctx, sel, set) }) })
	return one
}

// run counts when it is its turn.
func (t *totals) run(one *total, count func(context.Context) (int, error)) {
	defer func() {
		one.when = time.Now()
		close(one.done)
		t.mu.Lock()
		t.waiting--
		t.mu.Unlock()
	}()
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
		began := time.Now()
		one.n, one.err = count(t.ending)
		one.took = time.Since(began)
	case <-t.ending.Done():
		one.err = t.ending.Err()
	}
}

// countApart counts the selected logs with several connections of its own.
func (s *core) countApart(ctx context.Context, sel selection, set *index.Set) (int, error) {
	var all sync.WaitGroup
	parts := int64(counters())
	counts, errs := make([]int, parts), make([]error, parts)
	step := set.Cap()/parts + 1
	for i := range parts {
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
		if p.total > waitedForMost && !p.counting.ended() {
			return p.total
		}
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
