package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"syscall"
	"testing"

	"errata/api"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	known := &api.Error{Code: api.Conflict, Msg: "known"}
	for _, c := range []struct {
		err  error
		code api.Code
		msg  string
	}{
		{fmt.Errorf("begin: %w", context.Canceled), api.Canceled, "cannot save: canceled"},
		{context.DeadlineExceeded, api.Timeout, "cannot save: the time limit passed"},
		{known, api.Conflict, "known"},
		{fmt.Errorf("receive: %w", io.ErrUnexpectedEOF), api.Unavailable, "cannot save: the database does not answer; check that it runs and try again"},
		{driver.ErrBadConn, api.Unavailable, "cannot save: the database does not answer; check that it runs and try again"},
		{&fs.PathError{Op: "write", Path: "/a/b.db", Err: syscall.ENOSPC}, api.Unavailable, "cannot save: the disk is full; make room and try again"},
		{errors.New("sql: database is closed"), api.Unavailable, "cannot save: sql: database is closed"},
	} {
		err := (&Store{}).wrap("cannot save", c.err)
		if api.CodeOf(err) != c.code || err.Error() != c.msg || !errors.Is(err, c.err) {
			t.Errorf("%v became %v", c.err, err)
		}
	}
	if err := (&Store{}).wrap("cannot save", nil); err != nil {
		t.Errorf("nil became %v", err)
	}
	if err := missing(sql.ErrNoRows, "no log %q", "a\nb"); api.CodeOf(err) != api.NotFound || err.Error() != `no log "a\nb"` {
		t.Errorf("no rows became %v", err)
	}
}

// TestBusy wants a database that somebody else holds to be told from a broken one.
func TestBusy(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/errata.db"
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	tx, err := s.write.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	other, err := pool(uri(path), 1, "_txlock=immediate", "_pragma=busy_timeout(1)")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	_, err = other.BeginTx(t.Context(), nil)
	var e *api.Error
	if err := s.wrap("cannot save", err); !errors.As(err, &e) || e.Status != statusBusy || e.Msg != "cannot save: another program is writing to the store; try again" {
		t.Errorf("error %v", err)
	}
}

// TestSchemaIsLatest wants the number of the newest migration to be the one that Open compares
// with.
func TestSchemaIsLatest(t *testing.T) {
	t.Parallel()
	for _, d := range []*dialect{newSQLite(), newPostgres()} {
		s := &Store{filing{core{sql: d, write: sql.OpenDB(unconnected{})}}}
		steps, err := s.migrator()
		if err != nil {
			t.Fatal(err)
		}
		all := steps.ListSources()
		if newest := all[len(all)-1].Version; newest != d.latest {
			t.Errorf("newest migration %d; schema %d", newest, d.latest)
		}
	}
}

// unconnected is a database that nobody connects to.
type unconnected struct{ driver.Connector }
