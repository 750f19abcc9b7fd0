// Package postgres starts PostgreSQL servers for tests, each of its own in a folder of its own.
// Only tests import it.
//
// It knows where PostgreSQL is installed and how a server is started and ended. It must not know
// what is stored there.
package postgres

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"
	"time"
)

// User is who may do everything on a server, with any password.
const User = "errata"

// ErrNone says that there is nothing to start.
var ErrNone = errors.New("PostgreSQL is not installed (apt install postgresql)")

// Server is a PostgreSQL server that was started here.
type Server struct {
	Folder string // where its socket is

	bin     string
	asUser  *syscall.SysProcAttr
	running *exec.Cmd
}

// Start makes a server that answers on a socket in its folder. It puts everything on disk, as a
// real one does. The error is ErrNone where PostgreSQL is not installed.
func Start() (*Server, error) {
	bin := binaries()
	if bin == "" || runtime.GOOS == "windows" {
		return nil, ErrNone
	}
	dir, err := os.MkdirTemp("", "errata-pg-")
	if err != nil {
		return nil, err
	}
	s := &Server{Folder: dir, bin: bin}
	if os.Getuid() == 0 { // it refuses to run as root
		if s.asUser, err = other(dir); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrNone, err)
		}
	}
	init := s.command("initdb", "-D", filepath.Join(dir, "data"), "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return s, s.Run()
}

// binaries is the folder of initdb and postgres, empty when there is none.
func binaries() string {
	if path, err := exec.LookPath("postgres"); err == nil {
		if resolved, err := filepath.EvalSymlinks(path); err == nil {
			path = resolved
		}
		if _, err := os.Stat(filepath.Join(filepath.Dir(path), "initdb")); err == nil {
			return filepath.Dir(path)
		}
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		return ""
	}
	return filepath.Dir(slices.Max(found))
}

// Address is the address of a database of the server, by its name.
func (s *Server) Address(name string) string {
	return "postgres://" + User + ":test-word@/" + name + "?host=" + url.QueryEscape(s.Folder)
}

func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.Folder
	cmd.SysProcAttr = s.asUser
	cmd.Env = append(os.Environ(), "HOME="+s.Folder)
	return cmd
}

// Run starts a server that was killed, and waits until it answers.
func (s *Server) Run() error {
	s.running = s.command("postgres", "-D", filepath.Join(s.Folder, "data"), "-k", s.Folder, "-c", "listen_addresses=", "-c", "max_connections=200",
		"-c", "max_wal_size=256MB", "-c", "shared_buffers=64MB")
	var log bytes.Buffer
	s.running.Stderr = &log
	if err := s.running.Start(); err != nil {
		return err
	}
	for range 600 {
		out, err := s.command("pg_isready", "-h", s.Folder).CombinedOutput()
		if err == nil {
			return nil
		}
		if err := s.running.Process.Signal(syscall.Signal(0)); err != nil {
			return fmt.Errorf("postgres: %w\n%s%s", err, out, log.String())
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("postgres does not answer")
}

// Kill ends the server at once, as a crash does.
func (s *Server) Kill() {
	_ = s.running.Process.Signal(syscall.SIGQUIT) // a SIGKILL would leave its children behind
	_ = s.running.Wait()
}

// Remove ends the server and takes its folder away.
func (s *Server) Remove() {
	s.Kill()
	_ = os.RemoveAll(s.Folder)
}
