package pg

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// closeTimeout is how long a connection may take to say good-bye.
const closeTimeout = 5 * time.Second

// conn is a connection.
type conn struct {
	wire       *pgconn.PgConn
	of         *Connector
	used       time.Time             // when it was last taken from the pool
	statements map[string]*statement // by their text
	made       int                   // how many were ever made, for their names
}

// Close ends the connection.
func (c *conn) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	return c.wire.Close(ctx)
}

// die ends a connection of which nobody knows in which state it is, without waiting for the server.
func (c *conn) die() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_ = c.wire.Close(ctx)
}

// Ping asks the server for an answer.
func (c *conn) Ping(ctx context.Context) error {
	if c.wire.IsClosed() {
		return driver.ErrBadConn
	}
	if c.wire.Ping(ctx) != nil {
		_ = c.Close()
		return driver.ErrBadConn
	}
	return nil
}

// ResetSession has the pool take another connection where this one is of no use any more.
func (c *conn) ResetSession(ctx context.Context) error {
	if c.wire.IsClosed() || c.wire.TxStatus() != 'I' {
		return driver.ErrBadConn
	}
	now := time.Now()
	idle := now.Sub(c.used)
	c.used = now
	if idle <= c.of.PingAfter {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, c.of.PingTimeout)
	defer cancel()
	return c.Ping(ctx)
}

// isolation is how PostgreSQL calls a level of package sql.
func isolation(level driver.IsolationLevel) (name string, known bool) {
	switch sql.IsolationLevel(level) {
	case sql.LevelDefault:
		return "", true
	case sql.LevelReadCommitted:
		return " isolation level read committed", true
	case sql.LevelRepeatableRead, sql.LevelSnapshot:
		return " isolation level repeatable read", true
	case sql.LevelSerializable:
		return " isolation level serializable", true
	}
	return "", false
}

// Begin starts a transaction.
func (c *conn) Begin() (driver.Tx, error) { return c.BeginTx(context.Background(), driver.TxOptions{}) }

// BeginTx starts a transaction.
func (c *conn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if c.wire.IsClosed() {
		return nil, driver.ErrBadConn
	}
	level, known := isolation(o.Isolation)
	if !known {
		return nil, fmt.Errorf("PostgreSQL has no isolation of level %d", o.Isolation)
	}
	begin := "begin" + level
	if o.ReadOnly {
		begin += " read only"
	}
	if _, err := c.run(ctx, begin); err != nil {
		var failed *Error
		if !errors.As(err, &failed) || failed.SeverityUnlocalized == "FATAL" || failed.SeverityUnlocalized == "PANIC" {
			c.die()
		}
		return nil, err
	}
	return transaction{c, ctx}, nil
}

// transaction is one that was begun.
type transaction struct {
	c   *conn
	ctx context.Context // the ends of a transaction have none of their own
}

var errRolledBack = errors.New("the server rolled the transaction back where it was to be committed")

// Commit ends it. The server takes a commit after an error, and rolls back.
func (t transaction) Commit() error {
	tag, err := t.c.run(t.ctx, "commit")
	if err != nil {
		if t.c.wire.TxStatus() != 'I' {
			_ = t.c.Close()
		}
		return err
	}
	if tag.String() == "ROLLBACK" {
		return errRolledBack
	}
	return nil
}

// Rollback undoes it.
func (t transaction) Rollback() error {
	_, err := t.c.run(t.ctx, "rollback")
	if err != nil {
		t.c.die()
	}
	return err
}
