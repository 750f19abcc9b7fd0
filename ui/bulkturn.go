package ui

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// typing is how long after a key few logs are taken in hand at a time.
const typing = 400 * time.Millisecond

// turns lets many logs be sent at a time while nobody types, and few while somebody does: the work
// in the background is then so little that the next key does not have to wait for a processor.
type turns struct {
	now func() time.Time // nil for time.Now

	mu     sync.Mutex
	typed  time.Time // the last key
	inHand int
	left   chan struct{} // somebody has left; it is closed and made again
}

// few is how many logs are in hand at a time while somebody types.
func few() int { return 2 * runtime.GOMAXPROCS(0) }

// key notes that somebody types.
func (t *turns) key() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.typed = t.clock()
}

func (t *turns) clock() time.Time {
	if t.now != nil {
		return t.now()
	}
	return time.Now()
}

// turn waits for the turn of a log, no longer than until ctx is done.
func (t *turns) turn(ctx context.Context) (leave func()) {
	for {
		t.mu.Lock()
		rest := typing - t.clock().Sub(t.typed)
		if t.inHand < few() || rest <= 0 || ctx.Err() != nil {
			t.inHand++
			t.mu.Unlock()
			return t.leave
		}
		if t.left == nil {
			t.left = make(chan struct{})
		}
		left := t.left
		t.mu.Unlock()
		await(ctx, left, rest)
	}
}

// await waits until somebody has left, or so long.
func await(ctx context.Context, left <-chan struct{}, rest time.Duration) {
	timer := time.NewTimer(rest)
	defer timer.Stop()
	select {
	case <-left:
	case <-timer.C:
	case <-ctx.Done():
	}
}

func (t *turns) leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.inHand--
	if t.left != nil {
		close(t.left)
		t.left = nil
	}
}
