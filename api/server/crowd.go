package server

import (
	"context"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// strangers is which part of the connections may belong to clients that have not shown a key.
const strangers = 4

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
type crowd struct {
	net.Listener
	most     int           // connections at one time
	strange  int           // strangers at one time, unless all of them are being answered
	patience time.Duration // how long a stranger may be silent
	proxies  Proxies       // are no strangers

	mu     sync.Mutex
	left   sync.Cond // on mu: a guest has left, or stands idle, or the listener is closed
	guests map[*guest]struct{}
	from   map[string]int // strangers of each sender
	count  int            // strangers
	closed bool
}

func newCrowd(l net.Listener, limits Limits) *crowd {
	c := &crowd{
		Listener: l, most: limits.Connections, strange: max(limits.Connections/strangers, 1), patience: limits.Stranger,
		proxies: limits.Proxies, guests: map[*guest]struct{}{}, from: map[string]int{},
	}
	c.left.L = &c.mu
	return c
}

// Accept waits for a connection, and then for room.
func (c *crowd) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	g := &guest{Conn: conn, crowd: c, sender: sender(conn.RemoteAddr().String())}
	g.line.patience = c.patience
	if !c.admit(g) {
		_ = conn.Close()
		return nil, net.ErrClosed
	}
	if c.proxies.Trust(conn.RemoteAddr().String()) {
		g.known()
	}
	return g, nil
}

// admit makes room for a guest. It is false when the listener was closed meanwhile.
func (c *crowd) admit(g *guest) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.closed && len(c.guests) >= c.most {
		if !c.dismiss() {
			again := time.AfterFunc(graceStep, c.left.Broadcast)
			c.left.Wait()
			again.Stop()
		}
	}
	if c.closed {
		return false
	}
	if c.count >= c.strange {
		c.dismissStranger()
	}
	c.guests[g] = struct{}{}
	c.from[g.sender]++
	c.count++
	g.since = time.Now()
	g.limit()
	return true
}

// dismiss ends the connection that is missed least: a stranger's as long as there are any. It is
// false when none may be ended now.
func (c *crowd) dismiss() bool {
	if c.count > 0 {
		return c.dismissStranger()
	}
	return c.dismissWorst(func(g, worst *guest) bool { return worst == nil || g.since.Before(worst.since) })
}

// dismissStranger ends the oldest connection of the sender from which most strangers come.
func (c *crowd) dismissStranger() bool {
	return c.dismissWorst(func(g, worst *guest) bool {
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
func (c *crowd) dismissWorst(worse func(g, worst *guest) bool) bool {
	var worst *guest
	before := time.Now().Add(-grace)
	for g := range c.guests {
		if g.working == 0 && g.since.Before(before) && worse(g, worst) {
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
	if _, ok := c.guests[g]; !ok {
		return
	}
	delete(c.guests, g)
	if !g.isKnown {
		c.familiar(g)
	}
	c.left.Broadcast()
}

// familiar counts a guest no longer as a stranger.
func (c *crowd) familiar(g *guest) {
	c.count--
	if c.from[g.sender]--; c.from[g.sender] == 0 {
		delete(c.from, g.sender)
	}
}

// Close ends waiting, too.
func (c *crowd) Close() error {
	c.mu.Lock()
	c.closed = true
	c.left.Broadcast()
	c.mu.Unlock()
	return c.Listener.Close()
}

// guest is one connection.
type guest struct {
	net.Conn
	crowd  *crowd
	sender string
	line   deadlines
	shown  atomic.Pointer[string] // the key that was found valid last
	trying sync.Mutex             // held by the request whose short key waits to be looked at

	// Under the lock of the crowd.
	isKnown bool
	working int       // requests that are being worked on
	busy    bool      // a request is being answered, as far as is known
	since   time.Time // when it came, or was last answered
}

// known notes that a key was shown that is valid.
func (g *guest) known() {
	g.crowd.mu.Lock()
	defer g.crowd.mu.Unlock()
	if _, ok := g.crowd.guests[g]; ok && !g.isKnown {
		g.isKnown = true
		g.crowd.familiar(g)
	}
	g.limit()
}

// work begins and ends the answering of a request, by 1 and -1. The connection is busy until its
// answer has gone out, which is later than its end: see rested.
func (g *guest) work(by int) {
	g.crowd.mu.Lock()
	defer g.crowd.mu.Unlock()
	g.working += by
	g.busy, g.since = true, time.Now()
	g.limit()
}

// rested notes that all answers have gone out.
func (g *guest) rested() {
	g.crowd.mu.Lock()
	defer g.crowd.mu.Unlock()
	if g.working > 0 {
		return
	}
	g.busy, g.since = false, time.Now()
	g.crowd.left.Broadcast()
	g.limit()
}

// watchRest follows the states of connections.
func watchRest(conn net.Conn, state http.ConnState) {
	if g, ok := bare(conn).(*guest); ok && state == http.StateIdle {
		g.rested()
	}
}

// limit sets until when the guest may be silent. It is called under the lock of the crowd.
func (g *guest) limit() { g.line.bound(g.Conn, g.isKnown || g.busy, g.since) }

// stranger tells whether no key was shown.
func (g *guest) stranger() bool {
	g.crowd.mu.Lock()
	defer g.crowd.mu.Unlock()
	return !g.isKnown
}

// Close makes room for the next.
func (g *guest) Close() error {
	g.crowd.mu.Lock()
	g.crowd.forget(g)
	g.crowd.mu.Unlock()
	return g.Conn.Close()
}

// CloseWrite ends one direction, as net/http does to let the last answer arrive.
func (g *guest) CloseWrite() error {
	if half, ok := g.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// guestKey finds the connection of a request in its context.
type guestKey struct{}

// withGuest notes which connection the requests of conn come by.
func withGuest(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, guestKey{}, bare(conn))
}

// bare is a connection without TLS around it.
func bare(conn net.Conn) net.Conn {
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		return secure.NetConn()
	}
	return conn
}

// guestOf is the connection that a request came by, nil when it came by none of a crowd.
func guestOf(ctx context.Context) *guest {
	g, _ := ctx.Value(guestKey{}).(*guest)
	return g
}
