//go:build unix

package term

import (
	"os"
	"os/signal"
	"syscall"
)

// caughtSignals are the signals that a session handles. SIGTSTP is not among them: once Go has
// caught it, signal.Reset does not bring its default action back, and only that stops a process.
func caughtSignals() []os.Signal {
	// a limit on the size of files is an error of the write, which is told, and no end
	signal.Ignore(syscall.SIGXFSZ)
	return []os.Signal{syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT, syscall.SIGWINCH, syscall.SIGCONT}
}

// systemSignal handles the signals that only this system has.
func (s *session) systemSignal(sig os.Signal) {
	switch {
	case sig == syscall.SIGWINCH:
		s.pushSize()
	case sig == syscall.SIGCONT && s.signals.stopped.Load():
		select {
		case s.signals.resumed <- struct{}{}:
		default:
		}
	case sig == syscall.SIGCONT:
		// stopped by somebody else, who may have changed the terminal's modes
		s.queue.push(continuedMsg{})
		s.pushSize()
	}
}

// holdQuit keeps ctrl+\ from ending the process; the function that it returns ends that.
func holdQuit() (release func()) {
	quits := make(chan os.Signal, 1)
	signal.Notify(quits, syscall.SIGQUIT)
	return func() { signal.Stop(quits) }
}
