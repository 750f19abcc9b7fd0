package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"io/fs"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"errata/api"
)

// How long a transaction is tried again while its server is away, and how long one waits between.
const (
	retryFor   = 10 * time.Second
	retryFirst = 20 * time.Millisecond
	retryMost  = 500 * time.Millisecond
	retryTold  = 300 * time.Millisecond // from a wait of this length on one says why
)

// again runs a transaction, and runs it again when the server went away, or undid it for the sake
// of another, before it was to be committed: then it has certainly changed nothing. What goes wrong
// with the commit itself is not seen here. If a server is away for about a second, that is reported
// under ctx, see api.WithNotices.
func (s *core) again(ctx context.Context, f func() error) error {
	err := f()
	if err == nil || s.sql.single {
		return err
	}
	for wait, end := retryFirst, time.Now().Add(retryFor); err != nil && repeatable(err) && time.Now().Before(end); wait = min(2*wait, retryMost) {
		if wait >= retryTold && away(err) {
			api.Notify(ctx, 0, "PostgreSQL cannot be reached; trying again for %s", api.Spell(retryFor))
		}
		pause := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			pause.Stop()
			return ctx.Err()
		case <-pause.C:
		}
		err = f()
	}
	return err
}

// repeatable reports whether a transaction that failed so before its commit may succeed when it is
// tried again.
func repeatable(err error) bool { return away(err) && !silent(err) || undone(err) }

// notSent reports whether a statement failed before any of it went to the server.
func notSent(err error) bool {
	var connect *pgconn.ConnectError
	return errors.As(err, &connect) || errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err)
}

// silent reports whether the server took a connection, or nobody refused it, and nothing came
// within the time for that.
func silent(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) && (errors.Is(err, context.DeadlineExceeded) || errors.As(err, &network) && network.Timeout())
}

// code is the SQLSTATE of an error of PostgreSQL, empty when it is none.
func code(err error) string {
	var failed *pgconn.PgError
	if errors.As(err, &failed) {
		return failed.Code
	}
	return ""
}

// undone reports whether the server rolled the transaction back because of another one: a deadlock,
// or a serialization failure.
func undone(err error) bool { return code(err) == "40P01" || code(err) == "40001" }

// waited reports whether the server gave up waiting: for a lock, or for a statement to end.
func waited(err error) bool { return code(err) == "55P03" || code(err) == "57014" }

// unused reports whether the server ended a transaction that was asked nothing for too long.
func unused(err error) bool { return code(err) == "25P03" }

// tooLong reports whether an id or a path is longer than an index of PostgreSQL takes.
func tooLong(err error) bool { return code(err) == "54000" }

// away reports whether the server cannot be reached, is starting or stopping, or has ended the
// connection.
func away(err error) bool {
	switch c := code(err); {
	case c == "53300", strings.HasPrefix(c, "57P0"), strings.HasPrefix(c, "08"):
		return true
	case c != "":
		return false
	}
	var file *fs.PathError // its cause looks like an error of the network
	if errors.As(err, &file) {
		return false
	}
	var connect *pgconn.ConnectError
	return errors.Is(err, driver.ErrBadConn) || errors.As(err, &connect) || ofNetwork(err) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ECONNRESET) ||
		errors.Is(err, net.ErrClosed) || strings.Contains(err.Error(), "conn closed")
}

// ofNetwork reports whether an error is of a network. A bare number of the system, as files give
// it, has the methods of one and is none.
func ofNetwork(err error) bool {
	var network net.Error
	if !errors.As(err, &network) {
		return false
	}
	_, bare := network.(syscall.Errno)
	return !bare
}

// onWire reports whether an error is of PostgreSQL or of the way to it.
func onWire(err error) bool {
	var connect *pgconn.ConnectError
	return code(err) != "" || errors.As(err, &connect)
}

// serverSentence says what an error of PostgreSQL means and what to do next.
func serverSentence(err error) string {
	switch c := code(err); {
	case strings.HasPrefix(c, "28"):
		return "the server does not let this user in; check the user and the password"
	case c == "3D000":
		return "there is no such database on the server; create it first"
	case c == "42501":
		return "this user may not do that in the database; grant it the right"
	case c == "25006":
		return "the server takes no writes; use its primary"
	case c == "53100":
		return "the disk of the server is full; make room and try again"
	case tooLong(err):
		return "an id or a path is too long for the store; shorten it"
	case undone(err), waited(err):
		return "the store is busy; try again"
	case away(err):
		return "the database does not answer; check that it runs and try again"
	}
	var failed *pgconn.PgError
	if errors.As(err, &failed) {
		return failed.Message
	}
	return "the server cannot be reached; check its address"
}
