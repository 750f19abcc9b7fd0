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

// A tty is the terminal's two file descriptors and the modes to be restored. read and write may run in different
// goroutines, and each can be called off from a third.
type tty struct {
	in, out  *os.File
	outFd    int         // where write goes: never blocks where the system allows a description of our own
	private  bool        // outFd is ours to close
	before   *term.State // the modes at the start, nil while they hold
	stop     pipe        // ends a read
	haste    pipe        // tells a waiting write of its deadline
	deadline atomic.Int64
}

// openTTY takes in and out, which must both be terminals.
func openTTY(in, out *os.File) (*tty, error) {
	for _, f := range []*os.File{in, out} {
		if !term.IsTerminal(f.Fd()) {
			return nil, errors.New(f.Name() + " is not a terminal")
		}
	}
	t := &tty{in: in, out: out}
	var err error
	if t.stop, err = newPipe(); err != nil {
		return nil, err
	}
	if t.haste, err = newPipe(); err != nil {
		t.stop.close()
		return nil, err
	}
	t.outFd, t.private = reopen(int(out.Fd()))
	return t, nil
}

func (t *tty) close() {
	if t.private {
		_ = unix.Close(t.outFd)
	}
	t.stop.close()
	t.haste.close()
}

// raw makes every key arrive as it is typed: no echo, no signals (ctrl+c, ctrl+z), no flow control (ctrl+s, ctrl+q).
func (t *tty) raw() error {
	before, err := term.MakeRaw(t.in.Fd())
	if err == nil && t.before == nil {
		t.before = before
	}
	return err
}

// restore brings the modes back without waiting for output to drain.
func (t *tty) restore() {
	if t.before != nil {
		_ = term.Restore(t.in.Fd(), t.before)
		t.before = nil
	}
}

// size is columns and rows; a terminal that does not know its size is taken for the classic one.
func (t *tty) size() (w, h int) {
	w, h, err := term.GetSize(t.out.Fd())
	if err != nil || w <= 0 || h <= 0 {
		return 80, 24
	}
	return w, h
}

// read waits for bytes, forever when timeout is negative. It returns errTimeout, errStopped, or what the system says.
func (t *tty) read(b []byte, timeout time.Duration) (int, error) {
	fd := int(t.in.Fd())
	for {
		ready, stopped, err := poll(fd, unix.POLLIN, t.stop, timeout)
		switch {
		case err != nil:
			return 0, err
		case stopped:
			t.stop.drain()
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
func (t *tty) stopRead() { t.stop.poke() }

// write sends b. It returns errStalled when the deadline that hurry set has passed.
func (t *tty) write(b []byte) error {
	for len(b) > 0 {
		n, err := unix.Write(t.outFd, b)
		b = b[max(n, 0):]
		switch {
		case err == nil || errors.Is(err, unix.EINTR):
			continue
		case !errors.Is(err, unix.EAGAIN):
			return err
		}
		wait := time.Duration(-1)
		if d := t.deadline.Load(); d != 0 {
			if wait = time.Until(time.Unix(0, d)); wait <= 0 {
				return errStalled
			}
		}
		_, hasty, err := poll(t.outFd, unix.POLLOUT, t.haste, wait)
		if err != nil {
			return err
		}
		if hasty {
			t.haste.drain()
		}
	}
	return nil
}

// hurry gives writes until d from now; calm lifts that.
func (t *tty) hurry(d time.Duration) {
	t.deadline.Store(time.Now().Add(d).UnixNano())
	t.haste.poke()
}

func (t *tty) calm() {
	t.deadline.Store(0)
}

// discard throws away what the terminal has not taken yet.
func (t *tty) discard() { flushOutput(t.outFd) }

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

// poll waits until fd is ready for events, wake was poked, or the timeout, if not negative, has passed.
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
