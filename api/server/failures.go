package server

import (
	"crypto/sha256"
	"net"
	"net/netip"
	"sync"
	"time"
)

// How many wrong keys one address may send: so many at once, and then one for each pause.
const (
	wrongAtOnce  = 20
	wrongPause   = 6 * time.Second
	mostTracked  = 8192 // addresses that are remembered
	mostTrusted  = 1024 // keys that are remembered
	homeNetwork6 = 64   // bits of an IPv6 address that stand for one sender
)

// failures counts wrong keys by the address that they came from. It is safe for concurrent use, and bounded whatever comes.
type failures struct {
	now func() time.Time

	mu      sync.Mutex
	until   map[string]time.Time           // when all wrong keys of an address will have been forgiven
	trusted map[[sha256.Size]byte]struct{} // hashes of keys that were right: no attack from their address locks them out
}

func newFailures(now func() time.Time) *failures {
	return &failures{now: now, until: map[string]time.Time{}, trusted: map[[sha256.Size]byte]struct{}{}}
}

// wait is how long a key from an address has to wait before it is looked at, 0 for not at all.
func (f *failures) wait(remote string, key [sha256.Size]byte) time.Duration {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.trusted[key]; ok {
		return 0
	}
	until, ok := f.until[sender(remote)]
	if !ok {
		return 0
	}
	return until.Sub(f.now()) - (wrongAtOnce-1)*wrongPause
}

// add counts a wrong key.
func (f *failures) add(remote string, key [sha256.Size]byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.trusted, key) // it was revoked
	now, from := f.now(), sender(remote)
	until := f.until[from]
	if until.Before(now) {
		until = now
	}
	f.until[from] = until.Add(wrongPause)
	if len(f.until) > mostTracked {
		f.forget(now)
	}
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

// trust remembers a key that was right.
func (f *failures) trust(key [sha256.Size]byte) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.trusted) >= mostTrusted {
		clear(f.trusted)
	}
	f.trusted[key] = struct{}{}
}

// sender is the part of an address that stands for one sender.
func sender(remote string) string {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host
	}
	if ip = ip.Unmap().WithZone(""); ip.Is6() {
		if network, err := ip.Prefix(homeNetwork6); err == nil {
			return network.String()
		}
	}
	return ip.String()
}
