package term

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
)

// signals are what a session hears of from outside.
type signals struct {
	ch      chan os.Signal
	yielded atomic.Bool   // another program has the terminal: its keys send signals to us too
	stopped atomic.Bool   // we asked to be stopped, and resumed tells of the end of that
	resumed chan struct{} // holds one
}

// catchSignals begins to handle signals; the function that it returns ends that.
func (s *session) catchSignals() (stop func()) {
	s.signals.ch, s.signals.resumed = make(chan os.Signal, 64), make(chan struct{}, 1)
	signal.Notify(s.signals.ch, caughtSignals()...)
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
	switch sig {
	case syscall.SIGHUP:
		s.end(Hangup, "")
		return
	case syscall.SIGTERM:
		s.end(Terminated, "")
		return
	}
	if s.signals.yielded.Load() {
		return
	}
	if sig == os.Interrupt {
		s.queue.push(tea.KeyMsg{Type: tea.KeyCtrlC})
		return
	}
	s.systemSignal(sig)
}

// yieldSignals lets the keys that send signals reach the program in the foreground as if we were
// not there: ctrl+c and ctrl+\ are not for us, and ctrl+z stops us with it. The function that it
// returns ends that.
func (s *session) yieldSignals() (resume func()) {
	s.signals.yielded.Store(true)
	release := holdQuit()
	return func() {
		release()
		s.signals.yielded.Store(false)
	}
}
