//go:build unix

package term

import (
	"errors"
	"os"
	"sync/atomic"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// A device reads and writes the two file descriptors of a terminal.
type device struct {
	in       *os.File
	outFd    int  // where write goes: never blocks where the system allows a description of our own
	private  bool // outFd is ours to close
	stop     pipe // ends a read
	haste    pipe // tells a waiting write of its deadline
	deadline atomic.Int64
}

func newDevice(in, out *os.File) (*device, error) {
	d := &device{in: in}
	var err error
	if d.stop, err = newPipe(); err != nil {
		return nil, err
	}
	if d.haste, err = newPipe(); err != nil {
		d.stop.close()
		return nil, err
	}
	d.outFd, d.private = reopen(int(out.Fd()))
	return d, nil
}

func (d *device) close() {
	if d.private {
		_ = unix.Close(d.outFd)
	}
	d.stop.close()
	d.haste.close()
}

// modes are those of the terminal's input, which output shares.
type modes struct{ in *term.State }

// makeRaw gives the modes that were there, nil when they stay.
func makeRaw(in, _ *os.File) (*modes, error) {
	before, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, err
	}
	return &modes{before}, nil
}

func (m *modes) restore(in, _ *os.File) { _ = term.Restore(in.Fd(), m.in) }

// read waits for bytes, forever when timeout is negative. It returns errTimeout, errStopped, or
// what the system says.
func (d *device) read(b []byte, timeout time.Duration) (int, error) {
	fd := int(d.in.Fd())
	for {
		ready, stopped, err := poll(fd, unix.POLLIN, d.stop, timeout)
		switch {
		case err != nil:
			return 0, err
		case stopped:
			d.stop.drain()
			return 0, errStopped
		case !ready:
			return 0, errTimeout
		}
		n, err := unix.Read(fd, b)
		if errors.Is(err, unix.EINTR) || errors.Is(err, unix.EAGAIN) {
			continue
		}
		return max(n, 0), err
	}
}

// stopRead makes the read that runs, or the next one, return errStopped.
func (d *device) stopRead() { d.stop.poke() }

// write sends b. It returns errStalled when the deadline that hurry set has passed.
func (d *device) write(b []byte) error {
	for len(b) > 0 {
		n, err := unix.Write(d.outFd, b)
		b = b[max(n, 0):]
		switch {
		case err == nil || errors.Is(err, unix.EINTR):
			continue
		case !errors.Is(err, unix.EAGAIN):
			return err
		}
		wait := time.Duration(-1)
		if end := d.deadline.Load(); end != 0 {
			if wait = time.Until(time.Unix(0, end)); wait <= 0 {
				return errStalled
			}
		}
		_, hasty, err := poll(d.outFd, unix.POLLOUT, d.haste, wait)
		if err != nil {
			return err
		}
		if hasty {
			d.haste.drain()
		}
	}
	return nil
}

// hurry gives writes until limit from now; calm lifts that.
func (d *device) hurry(limit time.Duration) {
	d.deadline.Store(time.Now().Add(limit).UnixNano())
	d.haste.poke()
}

func (d *device) calm() {
	d.deadline.Store(0)
}

// discard throws away what the terminal has not taken yet.
func (d *device) discard() { flushOutput(d.outFd) }

// A pipe wakes a poll.
type pipe struct{ r, w *os.File }

func newPipe() (pipe, error) {
	r, w, err := os.Pipe()
	return pipe{r, w}, err
}

func (p pipe) poke() { _, _ = p.w.Write([]byte{0}) }

func (p pipe) drain() { _, _ = p.r.Read(make([]byte, 1)) }

func (p pipe) close() {
	_ = p.r.Close()
	_ = p.w.Close()
}

// poll waits until fd is ready for events, wake was poked, or the timeout, if not negative, has
// passed.
func poll(fd int, events int16, wake pipe, timeout time.Duration) (ready, woken bool, err error) {
	end := time.Now().Add(timeout)
	for {
		ms := -1
		if timeout >= 0 {
			ms = int(max(0, time.Until(end)+time.Millisecond-1) / time.Millisecond)
		}
		fds := []unix.PollFd{{Fd: int32(fd), Events: events}, {Fd: int32(wake.r.Fd()), Events: unix.POLLIN}}
		_, err := unix.Poll(fds, ms)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		return fds[0].Revents != 0, fds[1].Revents != 0, err
	}
}
