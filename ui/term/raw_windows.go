package term

import (
	"errors"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/windows"
)

// A tty is the console. Reads cannot be called off here: the bytes of one that is left over go to the next.
type tty struct {
	in, out   *os.File
	before    *term.State
	outBefore uint32
	chunks    chan []byte
	errs      chan error
	stop      chan struct{}
	started   bool
	rest      []byte
}

func openTTY(in, out *os.File) (*tty, error) {
	for _, f := range []*os.File{in, out} {
		if !term.IsTerminal(f.Fd()) {
			return nil, errors.New(f.Name() + " is not a terminal")
		}
	}
	return &tty{in: in, out: out, chunks: make(chan []byte), errs: make(chan error, 1), stop: make(chan struct{}, 1)}, nil
}

func (t *tty) close() {}

func (t *tty) raw() error {
	before, err := term.MakeRaw(t.in.Fd())
	if err != nil {
		return err
	}
	out := windows.Handle(t.out.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(out, &mode); err != nil {
		return err
	}
	if t.before == nil {
		t.before, t.outBefore = before, mode
	}
	return windows.SetConsoleMode(out, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING|windows.DISABLE_NEWLINE_AUTO_RETURN)
}

func (t *tty) restore() {
	if t.before == nil {
		return
	}
	_ = term.Restore(t.in.Fd(), t.before)
	_ = windows.SetConsoleMode(windows.Handle(t.out.Fd()), t.outBefore)
	t.before = nil
}

func (t *tty) size() (w, h int) {
	w, h, err := term.GetSize(t.out.Fd())
	if err != nil || w <= 0 || h <= 0 {
		return 80, 24
	}
	return w, h
}

func (t *tty) read(b []byte, timeout time.Duration) (int, error) {
	if !t.started {
		t.started = true
		go t.readAll()
	}
	if len(t.rest) == 0 {
		var late <-chan time.Time
		if timeout >= 0 {
			late = time.After(timeout)
		}
		select {
		case t.rest = <-t.chunks:
		case err := <-t.errs:
			return 0, err
		case <-t.stop:
			return 0, errStopped
		case <-late:
			return 0, errTimeout
		}
	}
	n := copy(b, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

func (t *tty) readAll() {
	for {
		b := make([]byte, 4096)
		n, err := t.in.Read(b)
		if err != nil {
			t.errs <- err
			return
		}
		t.chunks <- b[:n]
	}
}

func (t *tty) stopRead() {
	select {
	case t.stop <- struct{}{}:
	default:
	}
}

func (t *tty) write(b []byte) error {
	_, err := t.out.Write(b)
	return err
}

func (t *tty) hurry(time.Duration) {}
func (t *tty) calm()               {}
func (t *tty) discard()            {}
