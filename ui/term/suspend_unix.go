//go:build unix

package term

import (
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// stopWait is how long to wait for SIGCONT after asking to be stopped. The kernel does not stop a process group
// that nobody could resume; the clock runs on while we are stopped.
const stopWait = 300 * time.Millisecond

// suspend stops the process group and takes the terminal back when it is resumed.
func (s *session) suspend() {
	if !resumable() || s.ended() {
		return
	}
	s.release()
	s.signals.stopped.Store(true)
	_ = syscall.Kill(0, syscall.SIGTSTP)
	select {
	case <-s.signals.resumed:
	case <-time.After(stopWait):
	}
	s.signals.stopped.Store(false)
	s.take()
	s.pushSize()
}

// resumable is whether a shell with job control stands behind us. A session leader (ssh -t host errata, a
// container) has none, nor has an orphan.
func resumable() bool {
	pid, parent := os.Getpid(), os.Getppid()
	session, err := unix.Getsid(0)
	if err != nil || session == pid || parent <= 1 {
		return false
	}
	theirs, err := unix.Getsid(parent)
	return err == nil && theirs == session
}
