package term

import (
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/windows"
)

// A device reads and writes the console. Reads cannot be called off here: the bytes of one that
// is left over go to the next.
type device struct {
	in, out *os.File
	chunks  chan []byte
	errs    chan error
	stop    chan struct{}
	started bool
	rest    []byte
}

func newDevice(in, out *os.File) (*device, error) {
	return &device{in: in, out: out, chunks: make(chan []byte), errs: make(chan error, 1), stop: make(chan struct{}, 1)}, nil
}

func (d *device) close() {}

// modes are those of the console's two halves.
type modes struct {
	in  *term.State
	out uint32
}

// makeRaw gives the modes that were there, nil when they stay.
func makeRaw(in, out *os.File) (*modes, error) {
	before, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, err
	}
	console := windows.Handle(out.Fd())
	var mode uint32
	if err := windows.GetConsoleMode(console, &mode); err != nil {
		return nil, err
	}
	err = windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING|windows.DISABLE_NEWLINE_AUTO_RETURN)
	return &modes{before, mode}, err
}

func (m *modes) restore(in, out *os.File) {
	_ = term.Restore(in.Fd(), m.in)
	_ = windows.SetConsoleMode(windows.Handle(out.Fd()), m.out)
}

// read waits for bytes, forever when timeout is negative. It returns errTimeout, errStopped, or
// what the system says.
func (d *device) read(b []byte, timeout time.Duration) (int, error) {
	if !d.started {
		d.started = true
		go d.readAll()
	}
	if len(d.rest) == 0 {
		var late <-chan time.Time
		if timeout >= 0 {
			late = time.After(timeout)
		}
		select {
		case d.rest = <-d.chunks:
		case err := <-d.errs:
			return 0, err
		case <-d.stop:
			return 0, errStopped
		case <-late:
			return 0, errTimeout
		}
	}
	n := copy(b, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

func (d *device) readAll() {
	for {
		b := make([]byte, 4096)
		n, err := d.in.Read(b)
		if err != nil {
			d.errs <- err
			return
		}
		d.chunks <- b[:n]
	}
}

// stopRead makes the read that runs, or the next one, return errStopped.
func (d *device) stopRead() {
	select {
	case d.stop <- struct{}{}:
	default:
	}
}

func (d *device) write(b []byte) error {
	_, err := d.out.Write(b)
	return err
}

func (d *device) hurry(time.Duration) {}
func (d *device) calm()               {}
func (d *device) discard()            {}
