package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"sync"
	"sync/atomic"

	"modernc.org/sqlite"
)

// A statement of SQLite that looks at many documents does not return them. It calls the function
// visit for each row, which sees them where SQLite has them. What is returned is copied first, into
// new memory, and read column by column, which took half of the time of an export.

// visitor is what is done with the rows of one statement.
type visitor struct {
	ctx  context.Context
	take func(row []driver.Value) (enough bool, err error)

	err      error
	panicked any
}

var (
	visits   atomic.Int64
	visitors sync.Map // the visitors of the statements that are under way, by number
)

// visit is the function in SQL. Its first argument is the number of the visitor, the others are
// what that takes. It is true if the visitor has enough.
func visit(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	known, ok := visitors.Load(args[0])
	if !ok {
		return nil, errors.New("nobody visits this statement")
	}
	return known.(*visitor).see(args[1:]), nil
}

// see gives a row to the visitor. A panic must not go through SQLite, which would stay locked.
func (v *visitor) see(row []driver.Value) (enough bool) {
	defer func() {
		if p := recover(); p != nil {
			v.panicked, enough = p, true
		}
	}()
	if v.err = v.ctx.Err(); v.err != nil {
		return true
	}
	enough, v.err = v.take(row)
	return enough || v.err != nil
}

// visit runs a statement that returns a row only where its call of visit is true, and ends there;
// the number of the visitor is its last argument. take sees the other arguments of that call, row
// by row. They are its own until it returns, and it must not use the connection.
func (c *conn) visit(ctx context.Context, take func(row []driver.Value) (enough bool, err error), query string, args ...any) error {
	v, number := &visitor{ctx: ctx, take: take}, visits.Add(1)
	visitors.Store(number, v)
	defer visitors.Delete(number)
	rows, err := c.ses.query(query, append(args, number))
	if err != nil {
		return err
	}
	if err = rows.Next(make([]driver.Value, len(rows.Columns()))); errors.Is(err, io.EOF) {
		err = nil
	}
	err = errors.Join(v.err, err, rows.Close())
	if v.panicked != nil {
		panic(v.panicked)
	}
	return err
}
