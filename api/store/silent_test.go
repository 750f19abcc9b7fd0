package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"errata/api"
	"errata/api/store/pg"
)

// mute is a server that takes connections and says no more than this. It gives the address of a
// database there.
func mute(t *testing.T, says string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = c.Close() }()
				_, _ = io.WriteString(c, says)
				_, _ = io.Copy(io.Discard, c)
			}()
		}
	}()
	return "postgres://u@" + l.Addr().String() + "/logs?sslmode=disable&connect_timeout=1"
}

// letIn is what PostgreSQL says to one who is let in: no password is wanted, and it is ready.
const letIn = "R\x00\x00\x00\x08\x00\x00\x00\x00" + "Z\x00\x00\x00\x05I"

func TestADatabaseThatSaysNothingIsCalledThat(t *testing.T) {
	t.Parallel()
	address := mute(t, "")
	const says = "the database does not answer; check that it runs and try again"
	if _, err := Open(t.Context(), address, Options{}); err == nil || !strings.HasSuffix(err.Error(), says) {
		t.Errorf("opening: %v", err)
	}
	server, err := pg.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	_, err = server.Connect(t.Context())
	if !silent(err) || repeatable(err) {
		t.Errorf("%v is tried again", err)
	}
	var told *api.Error
	s := core{sql: newPostgres()}
	if !errors.As(s.wrap("cannot read", err), &told) || told.Code != api.Unavailable || told.Status != 503 || told.Msg != "cannot read: "+says {
		t.Errorf("a request: %+v", told)
	}
}

// A connection that was made and has gone silent since is not waited for.
func TestAConnectionThatHasGoneSilentIsNotTaken(t *testing.T) {
	t.Parallel()
	server, err := pg.Parse(mute(t, letIn))
	if err != nil {
		t.Fatal(err)
	}
	made, err := server.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c := made.(driver.SessionResetter)
	if err := c.ResetSession(t.Context()); err != nil {
		t.Errorf("ahead of it: %v", err)
	}
	server.PingAfter = 0 // the last use was longer ago
	done := make(chan error, 1)
	go func() { done <- c.ResetSession(context.Background()) }()
	select {
	case err := <-done:
		if !errors.Is(err, driver.ErrBadConn) {
			t.Errorf("it is taken: %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Error("it is waited for")
	}
}
