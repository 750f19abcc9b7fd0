//go:build unix

package term

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// stopGroup asks for the process group to be stopped.
func stopGroup() { _ = syscall.Kill(0, syscall.SIGTSTP) }

// resumable is whether a shell with job control is behind us. A session leader (ssh -t host errata,
// a container) has none, nor has an orphan.
func resumable() bool {
	pid, parent := os.Getpid(), os.Getppid()
	session, err := unix.Getsid(0)
	if err != nil || session == pid || parent <= 1 {
		return false
	}
	theirs, err := unix.Getsid(parent)
	return err == nil && theirs == session
}
