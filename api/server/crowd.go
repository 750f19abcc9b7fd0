package server

import (
	"net"
	"sync"
	"time"
)

// strangers is which part of the connections may belong to clients that have not shown a key.
const strangers = 4

// waitingRoom is how many connections may wait for the turn of their handshake, for each place.
const waitingRoom = 4

// grace is how long every connection is left alone, so that a client has time to show its key, and
// to receive its answer, however many others come; and graceStep is how often one looks whether it
// is over.
const (
	grace     = 100 * time.Millisecond
	graceStep = 10 * time.Millisecond
)

// crowd is a listener that keeps room for clients with a key. A connection that has not shown one
// yet is a stranger's: it is given little time, and makes room when others come, first where most
// strangers come from one sender. Connections that are being answered are never ended. When there
// is no room at all, a new connection waits.
//
// Over TLS a connection takes a place when it has its turn for the handshake. Strangers may take
// all places there that nobody else wants: whoever is sent away comes back, and a handshake costs
// more than a place.
type crowd struct {
	net.Listener
	most     int           // connections at one time
	strange  int           // strangers at one time, as long as there are others to answer
	patience time.Duration // how long a stranger may be silent
	proxies  Proxies       // are no strangers
	header   time.Duration // for a client to answer in its turn
	secure   bool

	mu     sync.Mutex
	left   sync.Cond // on mu: a guest has left, or stands idle, or the listener is closed
	guests map[*guest]struct{}
	seated int            // guests that have a place
	count  int            // strangers that have a place
	from   map[string]int // strangers of each sender, with or without a place
	turns  turns
	closed bool
	ending chan struct{} // closed with the listener
}

func newCrowd(l net.Listener, limits Limits, secure bool) *crowd {
	c := &crowd{
		Listener: l, most: limits.Connections, strange: max(limits.Connections/strangers, 1), patience: limits.Stranger,
		proxies: limits.Proxies, header: limits.Header, secure: secure,
		guests: map[*guest]struct{}{}, from: map[string]int{}, turns: newTurns(), ending: make(chan struct{}),
	}
	c.left.L = &c.mu
	return c
}

// Accept waits for a connection and, unless a handshake comes first, for a place.
func (c *crowd) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	remote := conn.RemoteAddr().String()
	g := &guest{Conn: conn, crowd: c, sender: sender(remote), isKnown: c.proxies.Trust(remote), gone: make(chan struct{})}
	g.line.patience = c.patience
	c.enter(g)
	if !c.secure && !c.seat(g) {
		_ = g.Close()
		return nil, net.ErrClosed
	}
	return g, nil
}

// enter takes a guest in that has no place yet. When too many wait for one, another makes room.
func (c *crowd) enter(g *guest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.guests)-c.seated >= c.most*waitingRoom {
		c.dismissStranger(false)
	}
	c.guests[g] = struct{}{}
	if !g.isKnown {
		c.from[g.sender]++
	}
	g.since = time.Now()
	g.limit()
}

// seat makes room for a guest. It is false when the guest has gone or the listener was closed
// meanwhile.
func (c *crowd) seat(g *guest) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.closed && c.here(g) && c.seated >= c.most {
		if !c.dismiss() {
			again := time.AfterFunc(graceStep, c.left.Broadcast)
			c.left.Wait()
			again.Stop()
		}
	}
	if c.closed || !c.here(g) {
		return false
	}
	if !c.secure && c.count >= c.strange {
		c.dismissStranger(true)
	}
	g.isSeated = true
	c.seated++
	if !g.isKnown {
		c.count++
	}
	g.since = time.Now()
	g.limit()
	return true
}

func (c *crowd) here(g *guest) bool {
	_, ok := c.guests[g]
	return ok
}

// dismiss ends the connection with a place that is missed least: a stranger's as long as there are
// any. It is false when none may be ended now.
func (c *crowd) dismiss() bool {
	if c.count > 0 {
		return c.dismissStranger(true)
	}
	return c.dismissWorst(true, func(g, worst *guest) bool { return worst == nil || g.since.Before(worst.since) })
}

// dismissStranger ends the oldest connection of the sender from which most strangers come, among
// those with a place or those without.
func (c *crowd) dismissStranger(seated bool) bool {
	return c.dismissWorst(seated, func(g, worst *guest) bool {
		if g.isKnown || worst == nil {
			return !g.isKnown
		}
		if of, most := c.from[g.sender], c.from[worst.sender]; of != most {
			return of > most
		}
		return g.since.Before(worst.since)
	})
}

// dismissWorst ends one of the connections that are not being answered, nor were it or new just
// now: one than which none is worse.
func (c *crowd) dismissWorst(seated bool, worse func(g, worst *guest) bool) bool {
	var worst *guest
	before := time.Now().Add(-grace)
	for g := range c.guests {
		if g.isSeated == seated && g.working == 0 && g.since.Before(before) && worse(g, worst) {
			worst = g
		}
	}
	if worst == nil {
		return false
	}
	c.forget(worst)
	_ = worst.Conn.Close()
	return true
}

// forget takes a guest off the lists.
func (c *crowd) forget(g *guest) {
	if !c.here(g) {
		return
	}
	delete(c.guests, g)
	close(g.gone)
	if !g.isKnown {
		c.familiar(g)
	}
	if g.isSeated {
		c.seated--
	}
	c.left.Broadcast()
}

// familiar counts a guest no longer as a stranger.
func (c *crowd) familiar(g *guest) {
	if g.isSeated {
		c.count--
	}
	if c.from[g.sender]--; c.from[g.sender] == 0 {
		delete(c.from, g.sender)
	}
	c.nextTurn()
}

// Close ends waiting, too.
func (c *crowd) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.closed {
		c.closed = true
		close(c.ending)
		c.left.Broadcast()
		for g := range c.guests {
			if !g.isSeated {
				c.forget(g)
				_ = g.Conn.Close()
			}
		}
	}
	return c.Listener.Close()
}
