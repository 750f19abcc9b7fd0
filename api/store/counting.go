package store

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"errata/api/store/index"
)

// counting is one count that several connections share: each takes the next few logs when it is
// done with those before. A processor is left to those who ask for something meanwhile, and helps
// as long as nobody does.
type counting struct {
	s    *core
	sel  selection
	set  *index.Set
	next atomic.Int64  // the number from which on nobody has looked yet
	ends sync.Once     // of what follows
	end  chan struct{} // closed when all numbers are taken
}

const (
	countersMost = 2    // connections that count at the same time
	countTaken   = 1024 // numbers that one of them takes
	// how long nobody has asked for anything when the last processor helps
	helpAfter = 100 * time.Millisecond
)

// countApart finds the selected logs with connections of its own.
func (s *core) countApart(ctx context.Context, sel selection, set *index.Set) (*index.Set, error) {
	n := &counting{s: s, sel: sel, set: set, end: make(chan struct{})}
	var all sync.WaitGroup
	hits := make([]*index.Set, min(countersMost, runtime.GOMAXPROCS(0)))
	errs := make([]error, len(hits))
	for i := range hits {
		hits[i] = index.Empty(set.Cap())
		helps := i > 0 && i == runtime.GOMAXPROCS(0)-1 && s.sql.single // a server knows what others ask for
		all.Go(func() { errs[i] = n.count(ctx, hits[i], helps) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	for _, more := range hits[1:] {
		hits[0].Join(more)
	}
	return hits[0], nil
}

// count counts with one connection.
func (n *counting) count(ctx context.Context, hits *index.Set, helps bool) error {
	asked := unheard
	if helps && !n.silence(ctx, &asked) {
		return ctx.Err()
	}
	return n.s.look(ctx, "cannot count the logs", func(c *conn) error {
		asked++ // the connection was asked for here
		for !helps || n.silence(ctx, &asked) {
			from := n.next.Add(countTaken) - countTaken
			if from >= n.set.Cap() {
				n.ends.Do(func() { close(n.end) })
				return c.forgetPages(ctx)
			}
			if err := c.hits(ctx, n.sel, n.set, hits, from, from+countTaken); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// forgetPages frees what SQLite keeps of the pages that the connection has read: those of a count
// are of no use to anybody else. SQLite does this when the statement is prepared, so that one which
// is kept prepared would do it the first time only.
func (c *conn) forgetPages(ctx context.Context) error {
	if !c.d.single {
		return nil
	}
	_, err := c.ses.conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA shrink_memory")
	return err
}

// unheard is how often connections were asked for as far as somebody knows who has just come.
const unheard = int64(-1)

// silence waits until no connection has been asked for for a while, which is at once where none has
// been since asked of them were. It is false when there is nothing to help with any more.
func (n *counting) silence(ctx context.Context, asked *int64) bool {
	for {
		now := n.s.readers.asked()
		if now == *asked {
			return true
		}
		*asked = now
		pause := time.NewTimer(helpAfter)
		select {
		case <-pause.C:
		case <-n.end:
			pause.Stop()
			return false
		case <-ctx.Done():
			pause.Stop()
			return false
		}
	}
}
