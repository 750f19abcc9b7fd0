package cli_test

import (
	"sync"
	"time"
)

// clock is a clock that goes on a second whenever it is read, by any goroutine.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) tick() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Second)
	return c.now
}
