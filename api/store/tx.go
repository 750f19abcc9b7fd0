package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"errata/api"
)

// txKey finds the transaction of a Batch in a context. Each store has its own.
type txKey struct{ s *core }

// batch is the transaction that ctx is part of, nil when there is none.
func (s *core) batch(ctx context.Context) *conn {
	c, _ := ctx.Value(txKey{s}).(*conn)
	return c
}

// view runs f on one state of the database, so that what it reads fits together. f may run again
// when the connection is lost.
func (s *core) view(ctx context.Context, what string, f func(c *conn) error) error {
	return s.viewOf(ctx, what, false, f)
}

// look is view for lists and searches: they are read from the replica where there is one.
func (s *core) look(ctx context.Context, what string, f func(c *conn) error) error {
	return s.viewOf(ctx, what, true, f)
}

// one is view for a single statement, which sees one state of the database by itself: no
// transaction is started and ended for it.
func (s *core) one(ctx context.Context, what string, f func(c *conn) error) error {
	if !s.byItself(ctx) {
		return s.view(ctx, what, f)
	}
	return s.wrap(what, s.again(ctx, func() error {
		if s.readers == nil {
			return f(&conn{d: s.sql, by: s.read})
		}
		ses, err := s.readers.take(ctx)
		if err != nil {
			return err
		}
		defer s.readers.give(ses)
		return f(&conn{d: s.sql, ses: ses, from: s.readers})
	}))
}

func (s *core) viewOf(ctx context.Context, what string, list bool, f func(c *conn) error) error {
	if c := s.batch(ctx); c != nil {
		if err := s.settle(ctx, c); err != nil {
			return s.wrap(what, err)
		}
		return s.wrap(what, f(c))
	}
	if n := s.snapshot(ctx); n != nil {
		return s.wrap(what, n.view(ctx, f))
	}
	return s.wrap(what, s.again(ctx, func() error {
		c, err := s.beginReading(ctx, list)
		if err != nil {
			return err
		}
		defer c.rollback(ctx) // nothing was written
		return f(c)
	}))
}

// beginReading starts a transaction that sees one state of the database.
func (s *core) beginReading(ctx context.Context, list bool) (*conn, error) {
	if s.readers != nil {
		return s.readers.begin(ctx, s.sql, "BEGIN")
	}
	from := s.read
	if list {
		from = s.lists
	}
	tx, err := from.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	return s.onServer(tx), err
}

// beginWriting starts a transaction that may write.
func (s *core) beginWriting(ctx context.Context) (*conn, error) {
	if s.alone {
		return nil, errAlone
	}
	if s.writer != nil {
		return s.writer.begin(ctx, s.sql, "BEGIN IMMEDIATE")
	}
	tx, err := s.write.BeginTx(ctx, nil)
	return s.onServer(tx), err
}

// onServer is a transaction of a server.
func (s *core) onServer(tx *sql.Tx) *conn {
	c := newConn(s.sql, tx)
	c.large = s.large
	return c
}

// change is core.change for what gives something; on an error it gives nothing.
func change[T any](ctx context.Context, s *core, what string, f func(c *conn) (T, error)) (T, error) {
	var made, none T
	err := s.change(ctx, what, func(c *conn) (err error) {
		made, err = f(c)
		return err
	})
	if err != nil {
		return none, err
	}
	return made, nil
}

// change runs f in a transaction that is committed when f returns nil and undone when it does not.
// Within a Batch it is a step of the Batch's transaction. f may run again when the transaction was
// certainly not carried out. In a file changes that wait for each other share a transaction, see
// commits.
func (s *core) change(ctx context.Context, what string, f func(c *conn) error) error {
	return s.checked(ctx, what, nil, f)
}

// checked is change for what reads and checks first, and writes then: check writes nothing. It runs
// before f, and again with it. It may be nil.
func (s *core) checked(ctx context.Context, what string, check, f func(c *conn) error) error {
	if s.batch(ctx) == nil && s.grouped != nil {
		return s.grouped.change(ctx, what, check, f)
	}
	if write := f; check != nil {
		f = func(c *conn) error {
			if err := check(c); err != nil {
				return err
			}
			return write(c)
		}
	}
	if c := s.batch(ctx); c != nil {
		return s.wrap(what, step(ctx, c, f))
	}
	var committing error
	var c *conn
	err := s.again(ctx, func() (err error) {
		if c, err = s.beginWriting(ctx); err != nil {
			return err
		}
		defer c.rollback(ctx) // does nothing after a commit
		if err := f(c); err != nil {
			return err
		}
		if err := s.settle(ctx, c); err != nil {
			return err
		}
		committing = c.commit(ctx)
		return nil
	})
	if err != nil {
		return s.wrap(what, err)
	}
	if committing == nil {
		s.wrote(c)
	}
	return unclear(s.wrap(what, committing))
}

// step runs f within a transaction, and undoes only what f did when it fails.
func step(ctx context.Context, c *conn, f func(c *conn) error) error {
	ctx = context.WithoutCancel(ctx) // f looks at it
	if err := c.exec(ctx, "SAVEPOINT step"); err != nil {
		return err
	}
	deltas, changes, newest := len(c.deltas), len(c.changes), c.newest
	if failed := f(c); failed != nil {
		c.deltas, c.changes, c.newest = c.deltas[:deltas], c.changes[:changes], newest
		clear(c.files)
		clear(c.versions)
		c.merging().Forget()
		if err := c.exec(ctx, "ROLLBACK TO SAVEPOINT step"); err != nil {
			return fmt.Errorf("%w: %w, after %w", errBroken, err, failed)
		}
		_ = c.exec(ctx, "RELEASE SAVEPOINT step") // an empty step that stays open does no harm
		return failed
	}
	return c.exec(ctx, "RELEASE SAVEPOINT step")
}

// unclear is for the error of a commit, which may have taken effect all the same.
func unclear(err error) error {
	var e *api.Error
	if errors.As(err, &e) {
		e.Sent = api.MaybeSent
	}
	return err
}

// Batch runs f in one transaction, committed when f returns nil. The calls that are to be part of
// it are given the context that f receives; f must not call the store with another one, for it
// would wait for itself. A call that fails leaves nothing behind, and the others stay. A Batch
// within a Batch is part of the outer one.
func (s *core) Batch(ctx context.Context, f func(ctx context.Context) error) error {
	const what = "cannot write to the store"
	if s.batch(ctx) != nil {
		return f(ctx)
	}
	c, err := s.beginWriting(ctx)
	if err != nil {
		return s.wrap(what, err)
	}
	defer c.rollback(ctx) // does nothing after a commit, and undoes all when f panics
	if err := f(context.WithValue(ctx, txKey{s}, c)); err != nil {
		return err
	}
	if err := s.settle(ctx, c); err != nil {
		return s.wrap(what, err)
	}
	if err := c.commit(ctx); err != nil {
		return unclear(s.wrap(what, err))
	}
	s.wrote(c)
	return nil
}

// settle writes what a transaction has put off: counts and signatures.
func (s *core) settle(ctx context.Context, c *conn) error {
	if err := c.count(ctx); err != nil {
		return err
	}
	return s.writeIndex(ctx, c)
}
