package batch

import (
	"runtime/debug"
	"sync"
)

// A batch of small logs holds little, so that Go would collect garbage many times a second.
const (
	// of what is in use, in percent, may come as garbage before Go collects it while logs are small
	seldomPercent = 400
	largeLog      = 1 << 20 // bytes of a log that is not small
	fewLogs       = 50_000  // of more logs what is known of each takes its room
)

// garbage has the garbage of a run collected seldom, until a large log comes.
type garbage struct {
	often func() // once
}

// collectSeldom begins that for a batch of some logs, unless garbage is to be collected more seldom
// still, or not at all. A list of many logs has it collected often to save memory, which a screen
// that changes all of them cannot afford.
func collectSeldom(logs int) garbage {
	if logs > fewLogs {
		return garbage{func() {}}
	}
	was := debug.SetGCPercent(seldomPercent)
	if was < 0 || was > seldomPercent {
		debug.SetGCPercent(was)
		return garbage{func() {}}
	}
	return garbage{sync.OnceFunc(func() { debug.SetGCPercent(was) })}
}

// read is called for each log that is read.
func (g garbage) read(size int) {
	if size >= largeLog {
		g.often()
	}
}
