package server

import (
	"crypto/tls"
	"errors"
	"net"
	"runtime"
	"slices"
	"time"
)

// A handshake of TLS costs a server about a millisecond of a processor before anything is known
// about the client. So only some are computed at a time, and who has shown a key finds a processor.

// freshTurns is how many connections of one sender wait in the order of arrival: the newest, so
// that in any crowd a new one has its turn soon. Those before them wait until nobody else does and
// strangers have places to spare.
const freshTurns = 64

// turnLimit is how long a connection waits for its turn at most. Who tries again after that is
// fresh.
const turnLimit = 10 * time.Second

// errCrowded ends a handshake whose turn does not come.
var errCrowded = errors.New("too many clients begin at the same time")

// shaken is TLS whose handshakes wait for their turn.
func shaken(given *tls.Config) *tls.Config {
	config := given.Clone()
	config.NextProtos = []string{"h2", "http/1.1"}
	config.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		return nil, awaitTurn(hello.Conn)
	}
	// A client may have been asked for another share of a key first, and have lost its turn by
	// that.
	config.GetCertificate = func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
		if err := awaitTurn(hello.Conn); err != nil || given.GetCertificate == nil {
			return nil, err
		}
		return given.GetCertificate(hello)
	}
	return config
}

// awaitTurn waits until a connection may compute its handshake and has a place. Its turn ends when
// something is written, for then all is computed, or with the connection.
func awaitTurn(conn net.Conn) error {
	g, ok := conn.(*guest)
	if !ok || g.hasTurn.Load() {
		return nil
	}
	c := g.crowd
	if !c.turn(g) {
		return errCrowded
	}
	g.hasTurn.Store(true)
	if !g.isSeated && !c.seat(g) {
		return errCrowded
	}
	return g.SetDeadline(time.Now().Add(c.header)) // the wait was not the client's
}

// turn waits for the turn of a guest. It is false when that does not come.
func (c *crowd) turn(g *guest) bool {
	c.mu.Lock()
	t := c.turns.enter(g.sender)
	c.nextTurn()
	c.mu.Unlock()
	limit := time.NewTimer(turnLimit)
	defer limit.Stop()
	select {
	case <-t:
		return true
	case <-g.gone:
	case <-limit.C:
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.turns.leave(g.sender, t) { // it came at the same moment
		c.turns.free++
		c.nextTurn()
	}
	return false
}

// endTurn gives the turn of a guest on, if it has one.
func (g *guest) endTurn() {
	if !g.hasTurn.Swap(false) {
		return
	}
	g.crowd.mu.Lock()
	defer g.crowd.mu.Unlock()
	g.crowd.turns.free++
	g.crowd.nextTurn()
}

// nextTurn gives out the turns that are free, under the lock of the crowd.
func (c *crowd) nextTurn() {
	for c.turns.free > 0 && c.turns.next(c.count < c.strange) {
	}
}

// turns is the order in which connections compute their handshakes: one of each sender after the
// other.
type turns struct {
	free    int // turns that nobody has
	senders []string
	lines   map[string]*line // of each of senders
}

// line is who waits of one sender, the oldest first. Each waits for its channel to be closed.
type line struct {
	fresh []chan struct{} // at most freshTurns
	late  []chan struct{} // came before those
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

// leave takes a connection out. It is false when that has its turn already.
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

// next gives a turn to who came first of those that are fresh or, if late ones may have it, last of
// those. It is false when there is nobody.
func (t *turns) next(late bool) bool { return t.give((*line).first) || late && t.give((*line).last) }

// give gives a turn to the first sender of whom somebody is taken. Its next turn comes after those
// of the others.
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

// tidy forgets a sender of whom nobody waits.
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

// last is the newest of the late ones, for the others may have given up before.
func (l *line) last() chan struct{} {
	if len(l.late) == 0 {
		return nil
	}
	turn := l.late[len(l.late)-1]
	l.late = l.late[:len(l.late)-1]
	return turn
}
