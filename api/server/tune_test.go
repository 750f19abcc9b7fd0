package server

import "testing"

// TestHeapGrowsByWhatLives wants a small heap to be collected seldom, and a large one as often as
// that of any process.
func TestHeapGrowsByWhatLives(t *testing.T) {
	t.Parallel()
	for live, want := range map[uint64]int{0: 300, 1 << 20: 300, 2 << 20: 300, 4 << 20: 200, 8 << 20: 100, 1 << 30: 100} {
		if got := percentOf(live); got != want {
			t.Errorf("with %d bytes that live: %d %%, want %d", live, got, want)
		}
	}
}
