package server

import (
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

// deadlines are the deadlines of a connection as net/http sets them, and how long an anonymous
// connection may be silent; the earlier one holds. Those of net/http are kept, because it does not
// set them again when the client has shown a key.
//
// Nearly all are put off before they come. So the timer beneath stays where it is as long as it
// rings early enough; one that rings too early is set again then, and the wait goes on.
type deadlines struct {
	patience time.Duration

	mu          sync.Mutex
	read, write deadline
	latest      time.Time // zero when only those of net/http hold
}

// deadline is one of the two.
type deadline struct {
	set    func(time.Time) error // of the connection beneath
	wanted time.Time             // as net/http sets it; zero for none
	timer  time.Time             // as it was last set beneath; zero for never
}

func newDeadlines(conn net.Conn, patience time.Duration) deadlines {
	return deadlines{patience: patience, read: deadline{set: conn.SetReadDeadline}, write: deadline{set: conn.SetWriteDeadline}}
}

// due is when the wait ends, zero for never.
func (d *deadline) due(latest time.Time) time.Time {
	if latest.IsZero() || !d.wanted.IsZero() && d.wanted.Before(latest) {
		return d.wanted
	}
	return latest
}

// arm has the timer ring when the wait ends, or before.
func (d *deadline) arm(latest time.Time) error {
	due := d.due(latest)
	if due.IsZero() || !d.timer.IsZero() && !due.Before(d.timer) {
		return nil
	}
	d.timer = due
	return d.set(due)
}

// bound sets the deadlines: with free as net/http wants them, otherwise no later than the patience,
// counted from since.
func (d *deadlines) bound(free bool, since time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.latest = time.Time{}
	if !free {
		d.latest = since.Add(d.patience)
	}
	_ = d.read.arm(d.latest)
	_ = d.write.arm(d.latest)
}

// want sets one of the deadlines as net/http wants it.
func (d *deadlines) want(which *deadline, t time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	which.wanted = t
	return which.arm(d.latest)
}

// early reports whether a wait was ended by a timer that rang too early. Then the timer is set
// again.
func (d *deadlines) early(which *deadline, err error) bool {
	if err == nil || !errors.Is(err, os.ErrDeadlineExceeded) {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	due := which.due(d.latest)
	if !due.IsZero() && !time.Now().Before(due) {
		return false
	}
	which.timer = due
	return which.set(due) == nil
}

// Read reads until the deadline.
func (c *connection) Read(p []byte) (int, error) {
	for {
		n, err := c.Conn.Read(p)
		if n > 0 || !c.deadlines.early(&c.deadlines.read, err) {
			return n, err
		}
	}
}

// Write writes until the deadline. It ends the turn of a handshake: bytes to be sent mean that it
// was computed.
func (c *connection) Write(p []byte) (written int, err error) {
	c.endTurn()
	for {
		n, err := c.Conn.Write(p[written:])
		if written += n; !c.deadlines.early(&c.deadlines.write, err) {
			return written, err
		}
	}
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
	return c.deadlines.want(&c.deadlines.read, t)
}

// SetWriteDeadline sets when the next bytes must have been taken.
func (c *connection) SetWriteDeadline(t time.Time) error {
	return c.deadlines.want(&c.deadlines.write, t)
}
