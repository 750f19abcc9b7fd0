package batch

import (
	"runtime/debug"
	"testing"
)

// While small logs are sent garbage is collected seldom, also where a long list has it collected
// often, and then as before. What the user turned off stays off.
func TestGarbageIsCollectedSeldomMeanwhile(t *testing.T) {
	for was, during := range map[int]int{25: seldomPercent, 100: seldomPercent, 800: 800, -1: -1} {
		before := debug.SetGCPercent(was)
		g := collectSeldom(10)
		got := debug.SetGCPercent(was)
		debug.SetGCPercent(got)
		g.often()
		after := debug.SetGCPercent(before)
		if got != during || after != was {
			t.Errorf("with %d: %d meanwhile and %d after it, want %d and %d", was, got, after, during, was)
		}
	}
}
