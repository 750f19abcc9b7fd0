package server

import (
	"crypto/tls"
	"errors"
	"net"
	"runtime"
	"slices"
	"time"
)

// A TLS handshake costs a server about a millisecond of processor time before anything is known
// about the client. So only a few are computed at the same time, and clients that have shown a key
// find the processor free.

// freshTurns is how many connections of one sender wait in the order of arrival. They are the
// newest ones, so that a new connection soon has its turn however many came before it. Older ones
// wait until nobody else does and there are places for anonymous connections.
const freshTurns = 64

// turnLimit is how long a connection waits for its turn. A client that connects again after that is
// among the newest.
const turnLimit = 10 * time.Second

// errBusy ends a handshake whose turn did not come.
var errBusy = errors.New("too many clients begin at the same time")

// queueHandshakes is a TLS configuration with which handshakes wait for their turn.
func queueHandshakes(given *tls.Config) *tls.Config {
	config := given.Clone()
	config.NextProtos = []string{"h2", "http/1.1"}
	config.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		return nil, awaitTurn(hello.Conn)
	}
	// The client may have been asked for another key share first, and its turn has ended with that.
	config.GetCertificate = func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		if err := awaitTurn(hello.Conn); err != nil || given.GetCertificate == nil {
			return nil, err
		}
		return given.GetCertificate(hello)
	}
	return config
}

// awaitTurn waits until a connection may compute its handshake and has a place. The turn ends with
// the first byte that is written, because then all is computed, or when the connection is closed.
func awaitTurn(conn net.Conn) error {
	c, ok := conn.(*connection)
	if !ok || c.hasTurn.Load() {
		return nil
	}
	a := c.admission
	if !a.turn(c) {
		return errBusy
	}
	c.hasTurn.Store(true)
	if !c.isAdmitted && !a.admit(c) {
		return errBusy
	}
	return c.SetDeadline(time.Now().Add(a.header)) // the client is not charged for the wait
}

// turn waits for the turn of a connection. It returns false when the turn does not come.
func (a *admission) turn(c *connection) bool {
	a.mu.Lock()
	t := a.turns.enter(c.sender)
	a.nextTurn()
	a.mu.Unlock()
	limit := time.NewTimer(turnLimit)
	defer limit.Stop()
	select {
	case <-t:
		return true
	case <-c.gone:
	case <-limit.C:
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.turns.leave(c.sender, t) { // the turn came at the same moment
		a.turns.free++
		a.nextTurn()
	}
	return false
}

// endTurn passes the turn of a connection on, if it has one.
func (c *connection) endTurn() {
	if !c.hasTurn.Swap(false) {
		return
	}
	c.admission.mu.Lock()
	defer c.admission.mu.Unlock()
	c.admission.turns.free++
	c.admission.nextTurn()
}

// nextTurn gives away the turns that are free. It is called with the lock of the admission.
func (a *admission) nextTurn() {
	for a.turns.free > 0 && a.turns.next(a.anonymous < a.anonymousMost) {
	}
}

// turns is the order in which connections compute their handshakes: the senders take turns.
type turns struct {
	free    int // turns that no connection has
	senders []string
	lines   map[string]*line // by sender
}

// line are the waiting connections of one sender, the oldest first. Each waits for its channel to
// be closed.
type line struct {
	fresh []chan struct{} // at most freshTurns
	late  []chan struct{} // came before those in fresh
}

func newTurns() turns {
	return turns{free: max(runtime.GOMAXPROCS(0)/2, 1), lines: map[string]*line{}}
}

// enter adds a connection to those of its sender.
func (t *turns) enter(from string) chan struct{} {
	l := t.lines[from]
	if l == nil {
		l = &line{}
		t.lines[from], t.senders = l, append(t.senders, from)
	}
	if len(l.fresh) == freshTurns {
		l.late, l.fresh = append(l.late, l.fresh[0]), l.fresh[1:]
	}
	turn := make(chan struct{})
	l.fresh = append(l.fresh, turn)
	return turn
}

// leave removes a connection. It returns false when that has its turn already.
func (t *turns) leave(from string, turn chan struct{}) bool {
	l := t.lines[from]
	if l == nil {
		return false
	}
	for _, list := range []*[]chan struct{}{&l.fresh, &l.late} {
		if at := slices.Index(*list, turn); at >= 0 {
			*list = slices.Delete(*list, at, at+1)
			t.tidy(from)
			return true
		}
	}
	return false
}

// next gives a turn to the oldest of the fresh connections or, when there is none and late ones may
// have it, to the newest of these. It returns false when none waits.
func (t *turns) next(late bool) bool { return t.give((*line).first) || late && t.give((*line).last) }

// give gives a turn to the first sender for which take returns a connection, and moves this sender
// to the end.
func (t *turns) give(take func(*line) chan struct{}) bool {
	for i, from := range t.senders {
		if turn := take(t.lines[from]); turn != nil {
			t.free--
			close(turn)
			t.senders = append(slices.Delete(t.senders, i, i+1), from)
			t.tidy(from)
			return true
		}
	}
	return false
}

// tidy removes a sender without waiting connections.
func (t *turns) tidy(from string) {
	if l := t.lines[from]; len(l.fresh)+len(l.late) == 0 {
		delete(t.lines, from)
		t.senders = slices.DeleteFunc(t.senders, func(other string) bool { return other == from })
	}
}

func (l *line) first() chan struct{} {
	if len(l.fresh) == 0 {
		return nil
	}
	turn := l.fresh[0]
	l.fresh = l.fresh[1:]
	return turn
}

// last is the newest of the late ones, because older clients may have given up.
func (l *line) last() chan struct{} {
	if len(l.late) == 0 {
		return nil
	}
	turn := l.late[len(l.late)-1]
	l.late = l.late[:len(l.late)-1]
	return turn
}
