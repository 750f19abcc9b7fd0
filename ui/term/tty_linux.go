package term

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// reopen opens the terminal behind fd once more, for writes that do not block: the mode belongs to
// the open file, which fd shares with the shell and with the programs that Exec runs. If that is
// not allowed fd itself is used.
func reopen(fd int) (out int, private bool) {
	out, err := unix.Open(fmt.Sprintf("/proc/self/fd/%d", fd), unix.O_WRONLY|unix.O_NOCTTY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return fd, false
	}
	return out, true
}

func flushOutput(fd int) { _ = unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCOFLUSH) }
