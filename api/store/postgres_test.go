package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"errata/api/store"
)

// serverVariable names a PostgreSQL server to test on, as a user that may create databases. Without
// it the tests start one of their own.
const serverVariable = "ERRATA_TEST_POSTGRES"

// server is the PostgreSQL server of a test run.
type server struct {
	dsn  string // of its own database, "postgres"
	made atomicCounter

	bin, dir string // of one that was started here
	asUser   *syscall.SysProcAttr
	running  *exec.Cmd
}

type atomicCounter struct {
	mu sync.Mutex
	n  int
}

func (c *atomicCounter) next() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return c.n
}

var (
	sharedOnce   sync.Once
	sharedServer *server
	errShared    error
)

// errNoServer says that there is nothing to test on.
var errNoServer = errors.New("PostgreSQL was not tested: neither " + serverVariable + " names a server, nor is one installed (apt install postgresql)")

// onPostgres gives the server of the test run. Where there is none, the test says so.
func onPostgres(t *testing.T) *server {
	t.Helper()
	sharedOnce.Do(func() { sharedServer, errShared = findServer() })
	switch {
	case errors.Is(errShared, errNoServer):
		untested(t, errShared.Error())
	case errShared != nil:
		t.Fatal(errShared)
	}
	return sharedServer
}

// untested says that a test has nothing to run on. Where CI is set that is a failure: there the
// server is to be installed.
func untested(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}

func findServer() (*server, error) {
	if dsn := os.Getenv(serverVariable); dsn != "" {
		return &server{dsn: dsn}, nil
	}
	return startServer()
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

// startServer makes a server that answers on a socket in a folder of its own. It puts everything on
// disk, as a real one does.
func startServer() (*server, error) {
	bin := binaries()
	if bin == "" || runtime.GOOS == "windows" {
		return nil, errNoServer
	}
	dir, err := os.MkdirTemp("", "errata-pg-")
	if err != nil {
		return nil, err
	}
	p := &server{bin: bin, dir: dir}
	if os.Getuid() == 0 { // it refuses to run as root
		if p.asUser, err = other(dir); err != nil {
			return nil, fmt.Errorf("%w: %w", errNoServer, err)
		}
	}
	init := p.command("initdb", "-D", filepath.Join(dir, "data"), "-U", "errata", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if out, err := init.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	p.dsn = "postgres://errata:test-word@/postgres?host=" + url.QueryEscape(dir)
	return p, p.start()
}

// ownServer starts a server for one test, which may end it.
func ownServer(t *testing.T) *server {
	t.Helper()
	onPostgres(t) // says when there is nothing to test on
	p, err := startServer()
	if errors.Is(err, errNoServer) {
		untested(t, "the server of the test run cannot be restarted, and none is installed here")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.remove)
	return p
}

func (p *server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.Dir = p.dir
	cmd.SysProcAttr = p.asUser
	cmd.Env = append(os.Environ(), "HOME="+p.dir)
	return cmd
}

// start starts the server and waits until it answers.
func (p *server) start() error {
	p.running = p.command("postgres", "-D", filepath.Join(p.dir, "data"), "-k", p.dir, "-c", "listen_addresses=", "-c", "max_connections=200",
		"-c", "max_wal_size=256MB", "-c", "shared_buffers=64MB")
	var log bytes.Buffer
	p.running.Stderr = &log
	if err := p.running.Start(); err != nil {
		return err
	}
	for range 600 {
		out, err := p.command("pg_isready", "-h", p.dir).CombinedOutput()
		if err == nil {
			return nil
		}
		if err := p.running.Process.Signal(syscall.Signal(0)); err != nil {
			return fmt.Errorf("postgres: %w\n%s%s", err, out, log.String())
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("postgres does not answer")
}

// kill ends the server at once, as a crash does.
func (p *server) kill() {
	_ = p.running.Process.Signal(syscall.SIGQUIT) // a SIGKILL would leave its children behind
	_ = p.running.Wait()
}

// remove ends the server and takes its folder away.
func (p *server) remove() {
	p.kill()
	_ = os.RemoveAll(p.dir)
}

// stopServer ends the server of the test run, if one was started.
func stopServer() {
	if p := sharedServer; p != nil && p.running != nil {
		p.remove()
	}
}

// database makes an empty database and gives its address.
func (p *server) database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("errata_%d_%d", os.Getpid(), p.made.next())
	p.psql(t, "CREATE DATABASE "+name)
	if p.running == nil {
		t.Cleanup(func() { p.psql(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	}
	return p.address(t, name)
}

// address is the address of a database of the server.
func (p *server) address(t testing.TB, name string) string {
	t.Helper()
	u, err := url.Parse(p.dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func (p *server) psql(t testing.TB, statement string) {
	t.Helper()
	if err := store.Execute(context.Background(), p.dsn, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// deserted waits until nobody is connected to a database any more: the server goes on for a moment
// with what a client began that is gone.
func (p *server) deserted(t testing.TB, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p.psql(t, fmt.Sprintf(`DO $$ BEGIN
		WHILE EXISTS (SELECT FROM pg_stat_activity WHERE datname = '%s') LOOP
			PERFORM pg_sleep(0.01), pg_stat_clear_snapshot();
		END LOOP;
	END $$`, u.Path[1:]))
}
