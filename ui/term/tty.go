package term

import (
	"errors"
	"os"

	"github.com/charmbracelet/x/term"
)

// A tty is the terminal and its modes to be restored. Reading and writing are those of the
// system's device: read, stopRead, write, hurry, calm, discard and close. read and write may run
// in different goroutines, and each can be called off from a third where the system allows it.
type tty struct {
	*device
	in, out *os.File
	before  *modes // the modes at the start, nil while they hold
}

// openTTY takes in and out, which must both be terminals.
func openTTY(in, out *os.File) (*tty, error) {
	for _, f := range []*os.File{in, out} {
		if !term.IsTerminal(f.Fd()) {
			return nil, errors.New(f.Name() + " is not a terminal")
		}
	}
	d, err := newDevice(in, out)
	if err != nil {
		return nil, err
	}
	return &tty{device: d, in: in, out: out}, nil
}

// raw makes every key arrive as it is typed: no echo, no signals (ctrl+c, ctrl+z), no flow control
// (ctrl+s, ctrl+q).
func (t *tty) raw() error {
	before, err := makeRaw(t.in, t.out)
	if t.before == nil {
		t.before = before
	}
	return err
}

// restore brings the modes back without waiting for output to drain.
func (t *tty) restore() {
	if t.before != nil {
		t.before.restore(t.in, t.out)
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
