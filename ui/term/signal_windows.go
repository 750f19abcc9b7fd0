package term

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
)

// signals are what a session hears of from outside: of the console's events those that Go tells of. A new size is
// not among them; it shows at the next Exec.
type signals struct {
	ch      chan os.Signal
	yielded atomic.Bool
}

func (s *session) catchSignals() (stop func()) {
	s.signals.ch = make(chan os.Signal, 16)
	signal.Notify(s.signals.ch, os.Interrupt, syscall.SIGTERM)
	quit := make(chan struct{})
	go func() {
		for {
			select {
			case sig := <-s.signals.ch:
				s.signal(sig)
			case <-quit:
				return
			}
		}
	}()
	return func() {
		signal.Stop(s.signals.ch)
		close(quit)
	}
}

func (s *session) signal(sig os.Signal) {
	switch {
	case sig == syscall.SIGTERM:
		s.end(Terminated, "")
	case !s.signals.yielded.Load():
		s.queue.push(tea.KeyMsg{Type: tea.KeyCtrlC})
	}
}

func (s *session) yieldSignals() (resume func()) {
	s.signals.yielded.Store(true)
	return func() { s.signals.yielded.Store(false) }
}

// suspend does nothing: consoles have no job control.
func (s *session) suspend() {}
