//go:build !unix

package postgres

import "syscall"

// other is nobody else where users are not numbers: nobody is root there, and no server is started.
func other(string) (*syscall.SysProcAttr, error) { return nil, ErrNone }
