package server

import (
	"net"
	"sync"
	"time"
)

// anonymousShare is the part of all connections, one in so many, that clients without a key may
// have.
const anonymousShare = 4

// waitingPerPlace is how many connections may wait for the turn of their handshake, for each place.
const waitingPerPlace = 4

// grace is the time in which a new connection is never closed, however many others come, so that
// its client can show its key and receive its answer. graceStep is how often the end of it is
// checked.
const (
	grace     = 100 * time.Millisecond
	graceStep = 10 * time.Millisecond
)

// admission is a listener that keeps places for clients with a key. A connection on which no valid
// key was shown yet is anonymous: it may be silent for a short time only, and is closed first when
// others need its place, beginning with the sender that has most anonymous connections. Connections
// that are being answered are never closed. When no place can be made, a new connection waits.
//
// Over TLS a connection takes its place when it has its turn for the handshake. Anonymous
// connections may have all places that nobody else needs: a client that is closed out comes back,
// and a handshake costs more than a place.
type admission struct {
	net.Listener
	most          int           // connections at the same time
	anonymousMost int           // anonymous ones at the same time, while others need places
	patience      time.Duration // how long an anonymous connection may be silent
	proxies       Proxies       // their connections are never anonymous
	header        time.Duration // how long a client may take for its part of the handshake
	secure        bool

	mu          sync.Mutex
	changed     sync.Cond // on mu: a connection is idle or closed, or the listener closed
	connections map[*connection]struct{}
	admitted    int            // connections with a place
	anonymous   int            // anonymous connections with a place
	perSender   map[string]int // anonymous connections of each sender, with or without a place
	turns       turns
	closed      bool
	ending      chan struct{} // closed with the listener
}

func newAdmission(l net.Listener, limits Limits, secure bool) *admission {
	a := &admission{
		Listener: l, most: limits.Connections, anonymousMost: max(limits.Connections/anonymousShare, 1), patience: limits.Anonymous,
		proxies: limits.Proxies, header: limits.Header, secure: secure,
		connections: map[*connection]struct{}{}, perSender: map[string]int{}, turns: newTurns(), ending: make(chan struct{}),
	}
	a.changed.L = &a.mu
	return a
}

// Accept waits for a connection and, without TLS, for its place.
func (a *admission) Accept() (net.Conn, error) {
	conn, err := a.Listener.Accept()
	if err != nil {
		return nil, err
	}
	remote := conn.RemoteAddr().String()
	c := &connection{Conn: conn, admission: a, sender: sender(remote), isAuthenticated: a.proxies.Trust(remote), gone: make(chan struct{}), deadlines: newDeadlines(conn, a.patience)}
	a.add(c)
	if !a.secure && !a.admit(c) {
		_ = c.Close()
		return nil, net.ErrClosed
	}
	return c, nil
}

// add adds a connection that has no place yet. When too many wait for one, another is closed.
func (a *admission) add(c *connection) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.connections)-a.admitted >= a.most*waitingPerPlace {
		a.evictAnonymous(false)
	}
	a.connections[c] = struct{}{}
	if !c.isAuthenticated {
		a.perSender[c.sender]++
	}
	c.since = time.Now()
	c.limit()
}

// admit waits for a place for a connection and gives it the place. It returns false when the
// connection or the listener was closed meanwhile.
func (a *admission) admit(c *connection) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for !a.closed && a.has(c) && a.admitted >= a.most {
		if !a.evict() {
			again := time.AfterFunc(graceStep, a.changed.Broadcast)
			a.changed.Wait()
			again.Stop()
		}
	}
	if a.closed || !a.has(c) {
		return false
	}
	if !a.secure && a.anonymous >= a.anonymousMost {
		a.evictAnonymous(true)
	}
	c.isAdmitted = true
	a.admitted++
	if !c.isAuthenticated {
		a.anonymous++
	}
	c.since = time.Now()
	c.limit()
	return true
}

func (a *admission) has(c *connection) bool {
	_, ok := a.connections[c]
	return ok
}

// evict closes one of the connections with a place: an anonymous one if there is any, otherwise the
// one that was idle longest. It returns false when none may be closed now.
func (a *admission) evict() bool {
	if a.anonymous > 0 {
		return a.evictAnonymous(true)
	}
	return a.evictWorst(true, func(c, worst *connection) bool { return worst == nil || c.since.Before(worst.since) })
}

// evictAnonymous closes the oldest connection of the sender with most anonymous connections, among
// those with a place or those without.
func (a *admission) evictAnonymous(admitted bool) bool {
	return a.evictWorst(admitted, func(c, worst *connection) bool {
		if c.isAuthenticated || worst == nil {
			return !c.isAuthenticated
		}
		if of, most := a.perSender[c.sender], a.perSender[worst.sender]; of != most {
			return of > most
		}
		return c.since.Before(worst.since)
	})
}

// evictWorst closes the connection than which no other is worse. It never closes one that is being
// answered, or that came or was answered within grace.
func (a *admission) evictWorst(admitted bool, worse func(c, worst *connection) bool) bool {
	var worst *connection
	before := time.Now().Add(-grace)
	for c := range a.connections {
		if c.isAdmitted == admitted && c.working == 0 && c.since.Before(before) && worse(c, worst) {
			worst = c
		}
	}
	if worst == nil {
		return false
	}
	a.forget(worst)
	_ = worst.Conn.Close()
	return true
}

// forget removes a connection from the books.
func (a *admission) forget(c *connection) {
	if !a.has(c) {
		return
	}
	delete(a.connections, c)
	close(c.gone)
	if !c.isAuthenticated {
		a.uncount(c)
	}
	if c.isAdmitted {
		a.admitted--
	}
	a.changed.Broadcast()
}

// uncount takes a connection out of the counts of anonymous ones.
func (a *admission) uncount(c *connection) {
	if c.isAdmitted {
		a.anonymous--
	}
	if a.perSender[c.sender]--; a.perSender[c.sender] == 0 {
		delete(a.perSender, c.sender)
	}
	a.nextTurn()
}

// Close closes the listener, and the connections that wait for a place.
func (a *admission) Close() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.closed {
		a.closed = true
		close(a.ending)
		a.changed.Broadcast()
		for c := range a.connections {
			if !c.isAdmitted {
				a.forget(c)
				_ = c.Conn.Close()
			}
		}
	}
	return a.Listener.Close()
}
