package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	driver "modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"

	"errata/api"
)

// The statuses that a server answers for errors that are the store's own.
const (
	statusInvalid  = 422
	statusInternal = 500
	statusBusy     = 503
)

// wrap turns an error of the database into one of the API. An error that is one already stays, and
// nil stays nil.
func (s *core) wrap(what string, err error) error {
	var known *api.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case errors.Is(err, context.Canceled), primary(err) == codes.SQLITE_INTERRUPT:
		return &api.Error{Code: api.Canceled, Msg: what + ": canceled", Err: err}
	case errors.Is(err, context.DeadlineExceeded) && !silent(err):
		return &api.Error{Code: api.Timeout, Msg: what + ": the time limit passed", Err: err}
	}
	if s.hidden != "" && strings.Contains(err.Error(), s.hidden) {
		err = errors.New(strings.ReplaceAll(err.Error(), s.hidden, "***"))
	}
	e := &api.Error{Code: api.Unavailable, Status: statusInternal, Msg: what + ": " + sentence(err), Err: err}
	switch {
	case tooLong(err):
		e.Code, e.Status = api.Invalid, statusInvalid
	case primary(err) == codes.SQLITE_BUSY, away(err), waited(err):
		e.Status = statusBusy
	}
	return e
}

// primary is the primary result code of SQLite, 0 when the error is not of SQLite.
func primary(err error) int {
	var failed *driver.Error
	if errors.As(err, &failed) {
		return failed.Code() & 0xff
	}
	return 0
}

const diskFull = "the disk is full; make room and try again"

// sentence describes an error of the database for the user, and what to do next.
func sentence(err error) string {
	switch primary(err) {
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return "another program is writing to the store; try again"
	case codes.SQLITE_FULL:
		return diskFull
	case codes.SQLITE_CORRUPT:
		return "the store is damaged; open a copy of it from before"
	case codes.SQLITE_NOTADB:
		return "it is not a database; choose another file"
	case codes.SQLITE_READONLY, codes.SQLITE_PERM:
		return "the store may not be written; check the permissions of its file and its directory"
	case codes.SQLITE_CANTOPEN:
		return "the file cannot be opened; check the permissions of the file and its directory"
	case codes.SQLITE_IOERR:
		return "the disk of the store cannot be read or written; look at the disk and try again"
	case codes.SQLITE_TOOBIG:
		return "the log is too large for the store"
	}
	switch {
	case onWire(err) || away(err):
		return serverSentence(err)
	case errors.Is(err, syscall.ENOSPC):
		return diskFull
	}
	return err.Error()
}

// openError says why the database at an address cannot be used.
func (s *core) openError(address string, err error) error {
	err = s.wrap("", err)
	var known *api.Error
	if errors.As(err, &known) {
		err = known.Err
	}
	msg := sentence(err)
	switch {
	case errors.Is(err, ErrMissing):
		return &api.Error{Code: api.Failed, Err: err, Msg: fmt.Sprintf("there is no store %s; check its name, or make it with errata import", address)}
	case errors.Is(err, errForeign):
		msg = errForeign.Error() + "; choose another file"
	case errors.Is(err, errDirectory):
		msg = errDirectory.Error() + "; name a file in it"
	case errors.Is(err, fs.ErrPermission):
		msg = "permission denied; check the permissions of the file and its directory"
	}
	return &api.Error{Code: api.Failed, Msg: fmt.Sprintf("cannot open the store %s: %s", shownAddress(address), msg), Err: err}
}

func notFound(format string, args ...any) error {
	return &api.Error{Code: api.NotFound, Status: 404, Msg: fmt.Sprintf(format, args...)}
}

// conflict makes the error for something that conflicts with what is there.
func conflict(format string, args ...any) error {
	return &api.Error{Code: api.Conflict, Status: 409, Msg: fmt.Sprintf(format, args...)}
}

// missing turns the absence of a row into a NotFound.
func missing(err error, format string, args ...any) error {
	if errors.Is(err, sql.ErrNoRows) {
		return notFound(format, args...)
	}
	return err
}
