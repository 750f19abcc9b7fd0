package server

import (
	"net"
	"sync"
	"time"
)

// deadlines are those of a connection as net/http wants them, held against how long a stranger may
// be silent. They are kept, because net/http does not set them again when the stranger shows a key.
type deadlines struct {
	patience time.Duration

	mu          sync.Mutex
	read, write time.Time // as net/http wants them; zero for none
	latest      time.Time // zero when nothing but net/http limits them
}

// bound sets the deadlines of conn anew: as net/http wants them when free, else no later than when
// the patience ends that began at since.
func (d *deadlines) bound(conn net.Conn, free bool, since time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.latest = time.Time{}
	if !free {
		d.latest = since.Add(d.patience)
	}
	_ = conn.SetReadDeadline(d.capped(d.read))
	_ = conn.SetWriteDeadline(d.capped(d.write))
}

func (d *deadlines) capped(t time.Time) time.Time {
	if !d.latest.IsZero() && (t.IsZero() || t.After(d.latest)) {
		return d.latest
	}
	return t
}

// SetDeadline sets both.
func (g *guest) SetDeadline(t time.Time) error {
	if err := g.SetReadDeadline(t); err != nil {
		return err
	}
	return g.SetWriteDeadline(t)
}

// SetReadDeadline sets until when a piece has to have come.
func (g *guest) SetReadDeadline(t time.Time) error {
	g.line.mu.Lock()
	defer g.line.mu.Unlock()
	g.line.read = t
	return g.Conn.SetReadDeadline(g.line.capped(t))
}

// SetWriteDeadline sets until when a piece has to have been taken.
func (g *guest) SetWriteDeadline(t time.Time) error {
	g.line.mu.Lock()
	defer g.line.mu.Unlock()
	g.line.write = t
	return g.Conn.SetWriteDeadline(g.line.capped(t))
}
