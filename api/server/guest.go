package server

import (
	"context"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// guest is one connection.
type guest struct {
	net.Conn
	crowd   *crowd
	sender  string
	line    deadlines
	gone    chan struct{}          // closed when the connection has been ended
	shown   atomic.Pointer[string] // the key that was found valid last
	trying  sync.Mutex             // held by the request whose short key waits to be looked at
	hasTurn atomic.Bool            // it may compute its handshake

	// Under the lock of the crowd.
	isKnown  bool
	isSeated bool
	working  int       // requests that are being worked on
	busy     bool      // a request is being answered, as far as is known
	since    time.Time // when it came, or was last answered
}

// known notes that a key was shown that is valid.
func (g *guest) known() {
	g.crowd.mu.Lock()
	defer g.crowd.mu.Unlock()
	if g.crowd.here(g) && !g.isKnown {
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

// linger keeps a stranger that is refused, while there are many, until its time is over or its
// place is needed: whoever is sent away at once is back at once.
func (g *guest) linger(ctx context.Context) {
	if !g.crowded() {
		return
	}
	g.work(-1)
	defer g.work(1)
	limit := time.NewTimer(g.crowd.patience)
	defer limit.Stop()
	select {
	case <-limit.C:
	case <-g.gone:
	case <-g.crowd.ending:
	case <-ctx.Done():
	}
}

// crowded tells whether the guest is one of many strangers.
func (g *guest) crowded() bool {
	c := g.crowd
	c.mu.Lock()
	defer c.mu.Unlock()
	return !g.isKnown && c.count+len(c.guests)-c.seated >= c.strange
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

// Write ends the turn of a handshake: what is written has been computed.
func (g *guest) Write(p []byte) (int, error) {
	g.endTurn()
	return g.Conn.Write(p)
}

// Close makes room for the next.
func (g *guest) Close() error {
	g.endTurn()
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
