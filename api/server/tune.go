package server

import (
	"os"
	"runtime/debug"
)

// seldomPercent lets the heap of a process that serves grow to four times of what lives in it
// before garbage is collected. A small request leaves more behind than lives between two, so that
// the collector took a tenth of the processor.
const seldomPercent = 300

// Tune sets the collector of garbage for a process that serves, whose requests may take so many
// bytes together: Go returns memory before it takes more than five eighths of it, for the database
// has memory of its own. What the environment says about the pace of the collector holds.
func Tune(memory int64) {
	debug.SetMemoryLimit(memory / 8 * 5)
	if _, set := os.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(seldomPercent)
	}
}
