package server

import (
	"sync"
	"time"
)

// How many wrong keys one address may send: so many at once, and then one for each pause.
const (
	wrongAtOnce = 20
	wrongPause  = 6 * time.Second
	mostTracked = 8192 // addresses that are remembered
)

// failures counts wrong keys by the address that they came from. It is safe for concurrent use, and
// bounded whatever comes.
type failures struct {
	now func() time.Time

	mu    sync.Mutex
	until map[string]time.Time // when all wrong keys of an address will have been forgiven
}

func newFailures(now func() time.Time) *failures {
	return &failures{now: now, until: map[string]time.Time{}}
}

// add counts a wrong key, and is how long its sender should wait before the next: 0 for not at all.
func (f *failures) add(remote string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	now, from := f.now(), sender(remote)
	until := f.until[from]
	if until.Before(now) {
		until = now
	}
	if wait := until.Sub(now) - (wrongAtOnce-1)*wrongPause; wait > 0 {
		return wait // what comes meanwhile prolongs nothing
	}
	f.until[from] = until.Add(wrongPause)
	if len(f.until) > mostTracked {
		f.forget(now)
	}
	return 0
}

// forget makes room: those that have been forgiven go, and others if that is not enough.
func (f *failures) forget(now time.Time) {
	for from, until := range f.until {
		if until.Before(now) {
			delete(f.until, from)
		}
	}
	for from := range f.until {
		if len(f.until) <= mostTracked/2 {
			return
		}
		delete(f.until, from)
	}
}
