package store

import (
	"context"
	"database/sql"
	"errors"

	"errata/api"
)

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// txKey finds the transaction of a Batch in a context. Each store has its own.
type txKey struct{ s *Store }

// view runs f on one state of the database, so that what it reads fits together.
func (s *Store) view(ctx context.Context, what string, f func(q querier) error) error {
	if tx, ok := ctx.Value(txKey{s}).(*sql.Tx); ok {
		return wrap(what, f(tx))
	}
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return wrap(what, err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	return wrap(what, f(tx))
}

// change runs f in a transaction that is committed when f returns nil and undone when it does not. Within a Batch it is a step of the
// Batch's transaction.
func (s *Store) change(ctx context.Context, what string, f func(q querier) error) error {
	if tx, ok := ctx.Value(txKey{s}).(*sql.Tx); ok {
		return wrap(what, step(ctx, tx, f))
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return wrap(what, err)
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback()
		return wrap(what, err)
	}
	return unclear(wrap(what, tx.Commit()))
}

// step runs f within a transaction, and undoes only what f did when it fails.
func step(ctx context.Context, tx *sql.Tx, f func(q querier) error) error {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT step"); err != nil {
		return err
	}
	if failed := f(tx); failed != nil {
		if _, err := tx.ExecContext(ctx, "ROLLBACK TO SAVEPOINT step"); err != nil {
			return errors.Join(failed, err)
		}
		_, _ = tx.ExecContext(ctx, "RELEASE SAVEPOINT step") // an empty step that stays open does no harm
		return failed
	}
	_, err := tx.ExecContext(ctx, "RELEASE SAVEPOINT step")
	return err
}

// unclear marks the error of a commit: it may have taken effect all the same.
func unclear(err error) error {
	var e *api.Error
	if errors.As(err, &e) {
		e.Sent = api.MaybeSent
	}
	return err
}

// Batch runs f in one transaction, committed when f returns nil. The calls that are to be part of it are given the context that f
// receives; f must not call the store with another one, for it would wait for itself. A call that fails leaves nothing behind, and the others stay.
// A Batch within a Batch is part of the outer one.
func (s *Store) Batch(ctx context.Context, f func(ctx context.Context) error) error {
	if _, inside := ctx.Value(txKey{s}).(*sql.Tx); inside {
		return f(ctx)
	}
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return wrap("cannot write to the store", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit, and undoes all when f panics
	if err := f(context.WithValue(ctx, txKey{s}, tx)); err != nil {
		return err
	}
	return unclear(wrap("cannot write to the store", tx.Commit()))
}
