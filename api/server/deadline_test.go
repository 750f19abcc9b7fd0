package server

import (
	"errors"
	"net"
	"os"
	"slices"
	"testing"
	"time"
)

// played is a connection whose timers ring when the test says so.
type played struct {
	net.Conn
	timers [2][]time.Time // as they were set, of reading and writing
	rung   [2]bool
	sent   []byte
}

func (p *played) set(which int, t time.Time) error {
	p.timers[which], p.rung[which] = append(p.timers[which], t), false
	return nil
}
func (p *played) SetReadDeadline(t time.Time) error  { return p.set(0, t) }
func (p *played) SetWriteDeadline(t time.Time) error { return p.set(1, t) }

func (p *played) Read(into []byte) (int, error) {
	if p.rung[0] {
		return 0, &net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}
	}
	return copy(into, "tide"), nil
}

// Write takes half of what is left when the timer has rung.
func (p *played) Write(b []byte) (int, error) {
	if p.rung[1] {
		p.sent = append(p.sent, b[:len(b)/2]...)
		return len(b) / 2, &net.OpError{Op: "write", Err: os.ErrDeadlineExceeded}
	}
	p.sent = append(p.sent, b...)
	return len(b), nil
}

// A deadline that is put off leaves the timer where it is, and one that rings too early ends
// nothing.
func TestDeadlinesThatArePutOff(t *testing.T) {
	t.Parallel()
	p := &played{}
	c := &connection{Conn: p, deadlines: newDeadlines(p, time.Second)}
	soon := time.Now().Add(time.Hour)
	for i := range 5 {
		for _, at := range []time.Time{soon.Add(time.Duration(i) * time.Hour), {}} {
			if err := c.SetDeadline(at); err != nil {
				t.Fatal(err)
			}
		}
	}
	if want := []time.Time{soon}; !slices.Equal(p.timers[0], want) || !slices.Equal(p.timers[1], want) {
		t.Errorf("the timers were set to %v", p.timers)
	}
	last := soon.Add(9 * time.Hour)
	if err := c.SetDeadline(last); err != nil {
		t.Fatal(err)
	}
	p.rung = [2]bool{true, true}
	into := make([]byte, 8)
	if n, err := c.Read(into); err != nil || string(into[:n]) != "tide" {
		t.Errorf("a timer that rang early ended a read: %q, %v", into[:n], err)
	}
	if n, err := c.Write([]byte("ebb and flow")); err != nil || n != len("ebb and flow") || string(p.sent) != "ebb and flow" {
		t.Errorf("a timer that rang early ended a write: %q, %d, %v", p.sent, n, err)
	}
	if want := []time.Time{soon, last}; !slices.Equal(p.timers[0], want) || !slices.Equal(p.timers[1], want) {
		t.Errorf("the timers were set to %v", p.timers)
	}
}

// A deadline that comes ends the wait, and so does one that is brought forward.
func TestDeadlinesThatCome(t *testing.T) {
	t.Parallel()
	p := &played{}
	c := &connection{Conn: p, deadlines: newDeadlines(p, time.Second)}
	_ = c.SetDeadline(time.Now().Add(time.Hour))
	past := time.Now().Add(-time.Second)
	_ = c.SetDeadline(past)
	if got := p.timers[0][len(p.timers[0])-1]; !got.Equal(past) {
		t.Fatalf("the timer rings at %v", got)
	}
	p.rung = [2]bool{true, true}
	if _, err := c.Read(make([]byte, 8)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a read ended with %v", err)
	}
	if n, err := c.Write([]byte("ebb and flow")); !errors.Is(err, os.ErrDeadlineExceeded) || n != len(p.sent) {
		t.Errorf("a write ended with %v, %d of %d", err, n, len(p.sent))
	}
}
