package store

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"errata/api/store/index"
)

// takingUp has the signatures that were appended to the index of a server taken up into its slices,
// in the background: no change waits for it. Of all servers on a database one does it at a time.
type takingUp struct {
	appended atomic.Int64 // signatures since the last time
	going    atomic.Bool
	running  sync.WaitGroup
	ending   context.Context
	end      context.CancelFunc
}

// takeUpEvery is after how many signatures it is looked whether there are enough to take up, and
// takeUpEnd how long the end of a store waits until all are.
const (
	takeUpEvery = 1024
	takeUpEnd   = 10 * time.Second
)

func newTakingUp() *takingUp {
	t := &takingUp{}
	t.ending, t.end = context.WithCancel(context.Background())
	return t
}

// wrote notes that so many signatures were appended.
func (t *takingUp) wrote(s *core, signatures int) {
	if t.appended.Add(int64(signatures)) < takeUpEvery || !t.going.CompareAndSwap(false, true) {
		return
	}
	t.running.Go(func() {
		defer t.going.Store(false)
		t.appended.Store(0)
		did := 0
		for more := true; more; did++ {
			var err error
			if more, err = s.takeUp(t.ending, index.Span); err != nil {
				return // somebody takes them up later
			}
		}
		if did > 1 { // no search reads what is gone
			_, _ = s.write.ExecContext(t.ending, `VACUUM signatures`)
		}
	})
}

// takeUp takes one block up that has more than few signatures, and reports whether there may be
// more to do.
func (s *core) takeUp(ctx context.Context, few int64) (more bool, err error) {
	err = s.change(ctx, saving, func(c *conn) (err error) {
		var mine bool
		if err = c.row(ctx, `SELECT pg_try_advisory_xact_lock(?, ?)`, takeUpLock, takeUpLock).Scan(&mine); err == nil && mine {
			more, err = index.TakeUp(ctx, tables{c}, few)
		}
		return err
	})
	return more && err == nil, err
}

// takeUpLock is both numbers of the lock that a server holds while it takes up. Those of paths have
// one number.
const takeUpLock = 1

// stop waits until what is taken up is, or gives it up.
func (t *takingUp) stop() {
	patience := time.AfterFunc(takeUpEnd, t.end)
	defer patience.Stop()
	t.running.Wait()
	t.end()
}
