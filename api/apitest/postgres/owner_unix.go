//go:build unix

package postgres

import (
	"errors"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// other is a user that is not root, who owns dir from now on.
func other(dir string) (*syscall.SysProcAttr, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, os.Chown(dir, uid, gid)
	}
	return nil, errors.New("it does not run as root, and there is no other user")
}
