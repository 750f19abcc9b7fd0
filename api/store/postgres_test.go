package store_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
	"testing"

	"errata/api/apitest"
	"errata/api/apitest/postgres"
	"errata/api/store"
)

// serverVariable names a PostgreSQL server to test on, as a user that may create databases. Without
// it the tests start one of their own.
const serverVariable = "ERRATA_TEST_POSTGRES"

// server is the PostgreSQL server of a test run.
type server struct {
	dsn  string // of its own database, "postgres"
	made atomicCounter

	own *postgres.Server // nil when it was not started here
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
var errNoServer = errors.New("PostgreSQL was not tested: neither " + serverVariable + " names a server, nor can one be started")

// onPostgres gives the server of the test run. Where there is none, the test says so.
func onPostgres(t *testing.T) *server {
	t.Helper()
	sharedOnce.Do(func() { sharedServer, errShared = findServer() })
	switch {
	case errors.Is(errShared, errNoServer):
		apitest.Untested(t, errShared.Error())
	case errShared != nil:
		t.Fatal(errShared)
	}
	return sharedServer
}

func findServer() (*server, error) {
	if dsn := os.Getenv(serverVariable); dsn != "" {
		return &server{dsn: dsn}, nil
	}
	return startServer()
}

// startServer makes a server of its own.
func startServer() (*server, error) {
	own, err := postgres.Start()
	if errors.Is(err, postgres.ErrNone) {
		return nil, fmt.Errorf("%w: %w", errNoServer, err)
	}
	if err != nil {
		return nil, err
	}
	return &server{dsn: own.Address("postgres"), own: own}, nil
}

// ownServer starts a server for one test, which may end it.
func ownServer(t *testing.T) *server {
	t.Helper()
	onPostgres(t) // says when there is nothing to test on
	p, err := startServer()
	if errors.Is(err, errNoServer) {
		apitest.Untested(t, "the server of the test run cannot be restarted, and none is installed here")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.own.Remove)
	return p
}

// stopServer ends the server of the test run, if one was started.
func stopServer() {
	if p := sharedServer; p != nil && p.own != nil {
		p.own.Remove()
	}
}

// database makes an empty database and gives its address.
func (p *server) database(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("errata_%d_%d", os.Getpid(), p.made.next())
	p.psql(t, "CREATE DATABASE "+name)
	if p.own == nil {
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
