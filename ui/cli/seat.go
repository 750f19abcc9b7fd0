package cli

import (
	"os"
	"strings"
)

// seat is somebody with the machine that they are on.
func seat(author string) string {
	host, err := os.Hostname()
	if err != nil || strings.Contains(author, "@") {
		return author
	}
	return author + "@" + host
}

// ownTerminal is the terminal that a program runs on, as far as the system tells: its device, and
// where somebody came from who is here over SSH.
func ownTerminal(environ []string) string {
	var list []string
	if name, err := os.Readlink("/proc/self/fd/0"); err == nil && strings.HasPrefix(name, "/dev/") {
		list = append(list, strings.TrimPrefix(name, "/dev/"))
	}
	for _, v := range environ {
		if from, ok := strings.CutPrefix(v, "SSH_CONNECTION="); ok {
			from, _, _ = strings.Cut(from, " ")
			list = append(list, "over SSH from "+from)
		}
	}
	return strings.Join(list, ", ")
}
