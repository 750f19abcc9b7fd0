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

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"errata/api"
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
	_, err := pgx.Connect(t.Context(), address)
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
	c, err := pgx.Connect(t.Context(), mute(t, letIn))
	if err != nil {
		t.Fatal(err)
	}
	if err := usable(t.Context(), c); err != nil {
		t.Errorf("ahead of it: %v", err)
	}
	done := make(chan error, 1)
	go func() {
		answers(context.Background(), stdlib.ShouldPingParams{Conn: c, IdleDuration: time.Minute})
		done <- usable(context.Background(), c)
	}()
	select {
	case err := <-done:
		if !errors.Is(err, driver.ErrBadConn) {
			t.Errorf("it is taken: %v", err)
		}
	case <-time.After(30 * time.Second):
		t.Error("it is waited for")
	}
}
