package server

import (
	"net"
	"sync"
	"time"
)

// deadlines are the deadlines of a connection as net/http sets them, and how long an anonymous
// connection may be silent; the earlier one holds. Those of net/http are kept, because it does not
// set them again when the client has shown a key.
type deadlines struct {
	patience time.Duration

	mu          sync.Mutex
	read, write time.Time // as net/http sets them; zero for none
	latest      time.Time // zero when only those of net/http hold
}

// bound sets the deadlines of conn: with free as net/http wants them, otherwise no later than the
// patience, counted from since.
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

// SetDeadline sets both deadlines.
func (c *connection) SetDeadline(t time.Time) error {
	if err := c.SetReadDeadline(t); err != nil {
		return err
	}
	return c.SetWriteDeadline(t)
}

// SetReadDeadline sets when the next bytes must have arrived.
func (c *connection) SetReadDeadline(t time.Time) error {
	c.deadlines.mu.Lock()
	defer c.deadlines.mu.Unlock()
	c.deadlines.read = t
	return c.Conn.SetReadDeadline(c.deadlines.capped(t))
}

// SetWriteDeadline sets when the next bytes must have been taken.
func (c *connection) SetWriteDeadline(t time.Time) error {
	c.deadlines.mu.Lock()
	defer c.deadlines.mu.Unlock()
	c.deadlines.write = t
	return c.Conn.SetWriteDeadline(c.deadlines.capped(t))
}
