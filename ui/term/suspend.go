package term

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

type (
	suspendMsg   struct{}
	continuedMsg struct{}
)

// Suspend stops the program as ctrl+z does in a shell, if there is a shell that can resume it;
// else nothing happens.
func Suspend() tea.Cmd {
	return func() tea.Msg { return suspendMsg{} }
}

// stopWait is how long to wait for SIGCONT after asking to be stopped. The kernel does not stop a
// process group that nobody could resume; the clock runs on while we are stopped.
const stopWait = 300 * time.Millisecond

// suspend stops the process group and takes the terminal back when it is resumed.
func (s *session) suspend() {
	if !resumable() || s.ended() {
		return
	}
	s.release()
	s.signals.stopped.Store(true)
	stopGroup()
	select {
	case <-s.signals.resumed:
	case <-time.After(stopWait):
	}
	s.signals.stopped.Store(false)
	s.take()
	s.pushSize()
}
