package batch

import (
	"runtime/debug"
	"sync"
)

// A batch of small logs holds little, so that Go would collect garbage many times a second.
const (
	usualPercent  = 100     // of what is in use may come as garbage before Go collects it
	seldomPercent = 400     // while logs are small
	largeLog      = 1 << 20 // bytes of a log that is not small
	fewLogs       = 50_000  // of more logs what is known of each takes its room
)

// garbage has the garbage of a run collected seldom, until a large log comes.
type garbage struct {
	often func() // once
}

// collectSeldom begins that for a batch of some logs, unless the user or another part of the
// program wants it otherwise.
func collectSeldom(logs int) garbage {
	if logs > fewLogs {
		return garbage{func() {}}
	}
	was := debug.SetGCPercent(seldomPercent)
	if was != usualPercent {
		debug.SetGCPercent(was)
		return garbage{func() {}}
	}
	return garbage{sync.OnceFunc(func() { debug.SetGCPercent(usualPercent) })}
}

// read is told of each log that is read.
func (g garbage) read(size int) {
	if size >= largeLog {
		g.often()
	}
}
