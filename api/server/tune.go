package server

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The heap of a process that serves grows to four times of what lives in it before garbage is
// collected, for a small request leaves more behind than lives between two: the collector took a
// tenth of the processor. Where much lives it grows by spareBytes, or to twice of it as in any
// other process, lest a server that searches takes four times the memory that it needs.
const (
	seldomPercent = 300
	usualPercent  = 100
	spareBytes    = 8 << 20
)

// Tune sets the garbage collector for a process that serves, whose requests may take the given
// number of bytes together: Go returns memory before it takes more than five eighths of it, as the
// database has memory of its own. A pace of the collector set in the environment stays.
func Tune(memory int64) {
	debug.SetMemoryLimit(memory / 8 * 5)
	if _, set := os.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(seldomPercent)
		afterEachCollection(seldomPercent)
	}
}

// percentOf is by how much of what lives the heap may grow.
func percentOf(live uint64) int {
	return int(min(max(spareBytes*100/max(live, 1), usualPercent), seldomPercent))
}

// afterEachCollection sets how much the heap may grow by what was found to live.
func afterEachCollection(percent int) {
	sentinel := new([16]byte) // nobody holds it, so the next collection finds it
	runtime.SetFinalizer(sentinel, func(*[16]byte) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		if next := percentOf(live[0].Value.Uint64()); next != percent {
			percent = next
			debug.SetGCPercent(percent)
		}
		afterEachCollection(percent)
	})
}
