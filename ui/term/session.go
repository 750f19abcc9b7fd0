package term

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// endLimit is how long an ending takes at most, leaving the terminal and waiting for OnEnd
// together: Run returns within a second of a signal.
const endLimit = 800 * time.Millisecond

// A session is one Run: it ties the terminal, the writer, the reader, the signals and the program
// together.
type session struct {
	opts    Options
	tty     *tty
	screen  *screen
	queue   *queue
	program *tea.Program
	copied  bool // a text was sent to the clipboard; of the goroutine of Update

	mu      sync.Mutex // guards taking and releasing the terminal, and the fields below
	held    bool       // the terminal is in our modes
	over    bool       // Run is leaving: nobody takes the terminal again
	reading chan struct{}
	child   *os.Process // what Exec runs, while it runs
	signals signals
	colors  question
	widths  question
	columns []int // the answers about widths so far; the reader's own

	once   sync.Once
	ending chan struct{} // closed when end was called
	saved  chan struct{} // closed when OnEnd returned
	err    *EndError     // set before ending closes
}

func newSession(o Options) (*session, error) {
	t, err := openTTY(o.In, o.Out)
	if err != nil {
		return nil, fmt.Errorf("open the terminal: %w", err)
	}
	s := &session{
		opts: o, tty: t, queue: newQueue(),
		ending: make(chan struct{}), saved: make(chan struct{}),
	}
	s.screen = newScreen(t, o, func() { go s.end(Hangup, "") })
	return s, nil
}

func (s *session) run(ctx context.Context, m Model) error {
	defer s.close()
	defer s.catchSignals()()
	if err := s.tty.raw(); err != nil {
		return fmt.Errorf("take the terminal: %w", err)
	}
	d := newDrawer(s, m)
	s.program = tea.NewProgram(d, tea.WithContext(ctx), tea.WithoutRenderer(), tea.WithInput(nil), tea.WithOutput(io.Discard),
		tea.WithoutSignalHandler(), tea.WithoutCatchPanics(), tea.WithFilter(ownMessages))
	done := make(chan error, 1)
	go func() { done <- s.loop(d) }()
	var err error
	select {
	case err = <-done:
		s.awaitAnswers()
	case <-s.ending:
	case <-ctx.Done():
	}
	s.finish()
	return s.result(ctx, err)
}

// loop shows the first frame, which waits for none of Bubble Tea's own machinery, and runs the
// program until it quits. It may get stuck in the model: run does not depend on its return.
func (s *session) loop(d *drawer) error {
	d.start(s.tty.size())
	if s.ended() {
		return nil
	}
	ask, measure := s.wantColors(), s.wantWidths()
	s.take()
	if ask {
		s.screen.send(askBackground)
	}
	if measure {
		s.screen.measure()
	}
	go s.pump()
	_, err := s.program.Run()
	return err
}

// ended is whether the session was told to end.
func (s *session) ended() bool {
	select {
	case <-s.ending:
		return true
	default:
		return false
	}
}

// finish gives the terminal back for good. An Update that is still stuck runs on without an effect.
func (s *session) finish() {
	s.program.Kill()
	s.queue.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	if s.child != nil {
		_ = s.child.Signal(syscall.SIGTERM)
	}
	s.leave()
}

func (s *session) result(ctx context.Context, err error) error {
	if s.ended() {
		select {
		case <-s.saved:
		case <-time.After(endLimit - leaveLimit):
		}
		return s.err
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// end records why the program has to end and lets the caller of Run save. Only the first reason
// counts.
func (s *session) end(why End, detail string) {
	s.once.Do(func() {
		s.err = &EndError{Why: why, Detail: detail}
		close(s.ending)
		defer close(s.saved)
		if s.opts.OnEnd == nil {
			return
		}
		// a fault while saving must not keep the terminal from being restored
		defer func() { _ = recover() }()
		s.opts.OnEnd(why)
	})
}

// caught ends the session when the deferring function panicked. It must be deferred directly.
func (s *session) caught() {
	if r := recover(); r != nil {
		s.end(Panicked, fmt.Sprintf("%v\n\n%s", r, debug.Stack()))
		s.program.Kill()
	}
}

// take puts the terminal into our modes and shows the latest frame; it does nothing once Run is
// leaving.
func (s *session) take() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return
	}
	_ = s.tty.raw() // a terminal that has gone answers reads with an error soon enough
	s.held = true
	s.screen.enter()
	if s.reading == nil {
		s.reading = make(chan struct{})
		go s.read(s.reading)
	}
}

// release gives the terminal to somebody else for a while.
func (s *session) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leave()
}

// leave restores whatever was changed, in the reverse order; s.mu is held.
func (s *session) leave() {
	if s.reading != nil {
		s.tty.stopRead()
		<-s.reading
		s.reading = nil
	}
	if s.held {
		s.screen.leave()
		s.held = false
	}
	s.tty.restore()
}

// close frees what the session opened, unless the writer is still stuck in it.
func (s *session) close() {
	if s.screen.idle() {
		s.tty.close()
	}
}

// ownMessages keeps Bubble Tea from stopping the process its own way.
func ownMessages(_ tea.Model, msg tea.Msg) tea.Msg {
	if _, ok := msg.(tea.SuspendMsg); ok {
		return suspendMsg{}
	}
	return msg
}
