package server

import (
	"sync"
	"time"
)

// How many wrong keys one address may send: this many at once, and then one for each pause.
const (
	wrongAtOnce = 20
	wrongPause  = 6 * time.Second
	mostTracked = 8192 // addresses that are remembered
)

// How short keys are looked at that come from an address which has sent too many wrong ones: one
// after the other with a pause between, and after a time at the latest, so that nobody is shut out.
const (
	turnPause = 50 * time.Millisecond
	turnWait  = 400 * time.Millisecond
)

// failures counts wrong keys by the address that they came from. It is safe for concurrent use, and
// bounded whatever comes.
type failures struct {
	now func() time.Time

	mu    sync.Mutex
	until map[string]time.Time // when all wrong keys of an address will have been forgiven
	turns map[string]time.Time // when the next short key of an address may be looked at
}

func newFailures(now func() time.Time) *failures {
	return &failures{now: now, until: map[string]time.Time{}, turns: map[string]time.Time{}}
}

// turn is how long a short key from an address has to wait until it may be looked at.
func (f *failures) turn(remote string) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	now, from := f.now(), sender(remote)
	if f.until[from].Sub(now) <= (wrongAtOnce-1)*wrongPause {
		return 0
	}
	at := f.turns[from]
	if latest := now.Add(turnWait); at.After(latest) {
		at = latest
	} else if at.Before(now) {
		at = now
	}
	f.turns[from] = at.Add(turnPause)
	return at.Sub(now)
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
			f.drop(from)
		}
	}
	for from := range f.until {
		if len(f.until) <= mostTracked/2 {
			return
		}
		f.drop(from)
	}
}

func (f *failures) drop(from string) {
	delete(f.until, from)
	delete(f.turns, from)
}
