//go:build unix

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

// catchSignals begins to handle signals; the function that it returns ends that. SIGTSTP is not among them: once
// Go has caught it, signal.Reset does not bring its default action back, and only that stops a process.
func (s *session) catchSignals() (stop func()) {
	s.signals.ch, s.signals.resumed = make(chan os.Signal, 64), make(chan struct{}, 1)
	signal.Ignore(syscall.SIGXFSZ) // a limit on the size of files is an error of the write, which is told, and no end
	signal.Notify(s.signals.ch, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT, syscall.SIGWINCH, syscall.SIGCONT)
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
	if sig == syscall.SIGCONT && s.signals.stopped.Load() {
		select {
		case s.signals.resumed <- struct{}{}:
		default:
		}
		return
	}
	switch sig {
	case syscall.SIGINT:
		s.queue.push(tea.KeyMsg{Type: tea.KeyCtrlC})
	case syscall.SIGWINCH:
		s.pushSize()
	case syscall.SIGCONT: // stopped by somebody else, who may have changed the terminal's modes
		s.queue.push(continuedMsg{})
		s.pushSize()
	}
}

// yieldSignals lets the keys that send signals reach the program in the foreground as if we were not there:
// ctrl+c and ctrl+\ are not for us, and ctrl+z stops us with it. The function that it returns ends that.
func (s *session) yieldSignals() (resume func()) {
	s.signals.yielded.Store(true)
	quits := make(chan os.Signal, 1)
	signal.Notify(quits, syscall.SIGQUIT)
	return func() {
		signal.Stop(quits)
		s.signals.yielded.Store(false)
	}
}
