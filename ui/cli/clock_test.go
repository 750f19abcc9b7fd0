package cli_test

import "time"

// clock is a clock that goes on a second whenever it is read.
type clock struct{ now time.Time }

func newClock() *clock { return &clock{time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)} }

func (c *clock) tick() time.Time {
	c.now = c.now.Add(time.Second)
	return c.now
}
