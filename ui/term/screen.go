package term

import (
	"bytes"
	"errors"
	"sync"
	"time"
)

const (
	// leaveLimit bounds how long leaving waits for a terminal that takes no bytes.
	leaveLimit = 300 * time.Millisecond
	// A frame of bigFrame bytes or more is bracketed as one synchronized update; around a typed
	// character the bracket would cost more than the frame.
	bigFrame = 1 << 10
)

// errStalled is what a write returns that was cut because the terminal takes no bytes.
var errStalled = errors.New("the terminal takes no bytes")

// A frame is what the terminal shall show: rows of styled text, cut to w by h cells.
type frame struct {
	lines  []string
	w, h   int
	cursor cursor
}

// line is the text of a row.
func (f *frame) line(y int) string {
	if y < len(f.lines) {
		return f.lines[y]
	}
	return ""
}

// A screen brings the terminal to the latest frame. Its goroutine alone writes to the terminal: a
// stalled line blocks nobody else, and frames that are overtaken meanwhile are never written.
type screen struct {
	tty  *tty
	opts Options
	lost func() // called when writing fails because the terminal is gone

	mu      sync.Mutex
	wake    *sync.Cond
	want    bool // the terminal shall show our frames
	on      bool // it does
	running bool
	frame   *frame
	fresh   bool // frame was not painted yet
	repaint bool
	// clusters are measured otherwise than before: rows of the same text are drawn again
	renew bool
	probe bool          // ask the terminal for widths after the frame
	extra []byte        // sequences to write after the frame
	left  chan struct{} // closed when the terminal was left

	painter *painter // the goroutine's own
	cut     bool     // a write was cut: the terminal may be within a sequence
}

func newScreen(t *tty, o Options, lost func()) *screen {
	s := &screen{tty: t, opts: o, lost: lost}
	s.wake = sync.NewCond(&s.mu)
	return s
}

// show makes f the frame to be shown next, all of it when repaint is set.
func (s *screen) show(f frame, repaint bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.frame, s.fresh = &f, true
	s.repaint = s.repaint || repaint
	s.wake.Signal()
}

// measure asks the terminal how wide it draws, after the first frame.
func (s *screen) measure() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.probe = s.want
	s.wake.Signal()
}

// remeasured makes the next frame draw every row again, though its text is the same.
func (s *screen) remeasured() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.renew = true
}

// send writes a sequence that moves nothing on the screen, after the latest frame.
func (s *screen) send(seq string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.want {
		return
	}
	s.extra = append(s.extra, seq...)
	s.wake.Signal()
}

// enter takes the screen, or takes it again after somebody else used it, and repaints.
func (s *screen) enter() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tty.calm()
	s.want, s.on, s.fresh, s.repaint = true, false, s.frame != nil, true
	if !s.running {
		s.running = true
		go s.loop()
	}
	s.wake.Signal()
}

// leave gives the screen back. It returns when the terminal has the last byte, or takes none.
func (s *screen) leave() {
	s.mu.Lock()
	if !s.want {
		s.mu.Unlock()
		return
	}
	s.want, s.left = false, make(chan struct{})
	left := s.left
	s.wake.Signal()
	s.mu.Unlock()
	s.tty.hurry(leaveLimit / 2)
	select {
	case <-left:
	case <-time.After(leaveLimit):
	}
}

// loop writes until the screen is left.
func (s *screen) loop() {
	for {
		b, left := s.next()
		if err := s.tty.write(b); err != nil {
			s.cut = true
			if !errors.Is(err, errStalled) {
				s.lost()
			}
		}
		if left != nil && s.done(left) {
			return
		}
	}
}

// done ends the loop after the terminal was left, unless it has been entered again meanwhile.
func (s *screen) done(left chan struct{}) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(left)
	s.running = s.want
	return !s.want
}

// idle is whether nothing is being written.
func (s *screen) idle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.running
}

// next waits for something to write and returns it. left is not nil when that is the last.
func (s *screen) next() (b []byte, left chan struct{}) {
	s.mu.Lock()
	for s.want && s.on && !s.fresh && !s.probe && len(s.extra) == 0 {
		s.wake.Wait()
	}
	if !s.want {
		s.extra = nil
		defer s.mu.Unlock()
		if s.cut {
			s.cut = false
			s.tty.discard()
			return []byte(unstick + leaveModes(s.opts)), s.left
		}
		return []byte(leaveModes(s.opts)), s.left
	}
	entering, f, fresh, repaint, extra := !s.on, s.frame, s.fresh, s.repaint, s.extra
	renew, probe := s.renew && fresh, s.probe && !entering
	s.on, s.fresh, s.repaint, s.extra = true, false, false, nil
	s.renew, s.probe = s.renew && !renew, s.probe && !probe
	s.mu.Unlock()

	if entering || s.painter == nil {
		s.painter = newPainter(s.opts.Env)
	}
	var out bytes.Buffer
	if entering {
		out.WriteString(enterModes(s.opts))
	}
	if renew {
		s.painter.lines = s.painter.lines[:0]
	}
	if fresh {
		out.Write(s.painter.paint(f, repaint))
	}
	if probe {
		out.Write(s.painter.probe())
	}
	out.Write(extra)
	return out.Bytes(), nil
}
