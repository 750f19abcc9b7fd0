package server

import (
	"context"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// connection is one connection of a client.
type connection struct {
	net.Conn
	admission *admission
	sender    string
	deadlines deadlines
	gone      chan struct{}          // closed when the connection was closed by either side
	shown     atomic.Pointer[string] // the last key that was found valid
	trying    sync.Mutex             // held by the request whose short key is waiting to be checked
	hasTurn   atomic.Bool            // it may compute its handshake now

	// Protected by the lock of the admission.
	isAuthenticated bool
	isAdmitted      bool
	working         int       // requests that are being worked on
	busy            bool      // a request is being answered, as far as is known
	since           time.Time // when it came, or was last answered
}

// authenticated records that a valid key was shown.
func (c *connection) authenticated(key string) {
	last := c.shown.Load()
	if last != nil && *last == key {
		return // both are valid: how long it takes to compare them tells nothing
	}
	if c.shown.Store(&key); last != nil {
		return
	}
	c.admission.mu.Lock()
	defer c.admission.mu.Unlock()
	if c.admission.has(c) && !c.isAuthenticated {
		c.isAuthenticated = true
		c.admission.uncount(c)
	}
	c.limit()
}

// work is called with 1 when the work on a request begins, and with -1 when it ends. The connection
// stays busy until its answer was sent, which is later: see idled.
func (c *connection) work(by int) {
	c.admission.mu.Lock()
	defer c.admission.mu.Unlock()
	c.working += by
	c.busy, c.since = true, time.Now()
	c.limit()
}

// delayRefusal holds the refusal of an anonymous connection back, while there are many of them,
// until its time is over or its place is needed: a client that is refused at once comes back at
// once.
func (c *connection) delayRefusal(ctx context.Context) {
	if !c.isContended() {
		return
	}
	c.work(-1)
	defer c.work(1)
	limit := time.NewTimer(c.admission.patience)
	defer limit.Stop()
	select {
	case <-limit.C:
	case <-c.gone:
	case <-c.admission.ending:
	case <-ctx.Done():
	}
}

// isContended reports whether this is one of many anonymous connections.
func (c *connection) isContended() bool {
	a := c.admission
	a.mu.Lock()
	defer a.mu.Unlock()
	return !c.isAuthenticated && a.anonymous+len(a.connections)-a.admitted >= a.anonymousMost
}

// idled records that all answers have been sent.
func (c *connection) idled() {
	c.admission.mu.Lock()
	defer c.admission.mu.Unlock()
	if c.working > 0 {
		return
	}
	c.busy, c.since = false, time.Now()
	c.admission.changed.Broadcast()
	c.limit()
}

// watchIdle follows the states of connections.
func watchIdle(conn net.Conn, state http.ConnState) {
	if c, ok := withoutTLS(conn).(*connection); ok && state == http.StateIdle {
		c.idled()
	}
}

// limit sets how long the connection may be silent. It is called with the lock of the admission.
func (c *connection) limit() { c.deadlines.bound(c.isAuthenticated || c.busy, c.since) }

// isAnonymous reports whether no valid key was shown.
func (c *connection) isAnonymous() bool {
	c.admission.mu.Lock()
	defer c.admission.mu.Unlock()
	return !c.isAuthenticated
}

// Close closes the connection and gives its place and its turn to others.
func (c *connection) Close() error {
	c.endTurn()
	c.admission.mu.Lock()
	c.admission.forget(c)
	c.admission.mu.Unlock()
	return c.Conn.Close()
}

// CloseWrite closes one direction, as net/http does so that the last answer arrives.
func (c *connection) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// connectionKey is the key of the connection in the context of a request.
type connectionKey struct{}

// withConnection stores in the context of the requests of conn which connection they come by.
func withConnection(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connectionKey{}, withoutTLS(conn))
}

// withoutTLS is the connection beneath TLS, or conn itself.
func withoutTLS(conn net.Conn) net.Conn {
	if secure, ok := conn.(interface{ NetConn() net.Conn }); ok {
		return secure.NetConn()
	}
	return conn
}

// connectionOf is the connection that a request came by, nil when it did not come through an
// admission.
func connectionOf(ctx context.Context) *connection {
	c, _ := ctx.Value(connectionKey{}).(*connection)
	return c
}
