package store

import (
	"context"
	"database/sql"

	"errata/api/store/index"
)

// conn is a transaction in the dialect of its database. It collects what has to be written at its
// end: see settle.
type conn struct {
	d    *dialect
	tx   *sql.Tx   // of PostgreSQL, or of a migration; else nil
	by   server    // tx, or for a statement by itself a pool of PostgreSQL; else nil, and
	ses  *session  // the connection of SQLite that the transaction has for itself
	from *sessions // where ses goes back to

	large chan struct{} // held by the one that reads a large document to search it

	pages int    // about how many were written, SQLite only
	group *found // what the changes of a group share; nil if one is by itself

	deltas   []delta
	changes  []index.Change
	written  []int64              // numbers of the logs that were written
	newest   int64                // the largest number of a log that was added
	again    bool                 // the logs that were imported last were there as they are
	signed   int                  // how many signatures were appended, see index.Append
	files    map[string]file      // by id; those that are known to be there
	versions map[versionKey]int64 // likewise, their numbers
}

type versionKey struct {
	file int64
	id   string
}

func newConn(d *dialect, tx *sql.Tx) *conn {
	c := &conn{d: d, tx: tx, files: map[string]file{}, versions: map[versionKey]int64{}}
	if tx != nil {
		c.by = tx
	}
	return c
}

// server runs statements of PostgreSQL.
type server interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// begin starts a transaction of SQLite. Its statements are not interrupted: each is short, and
// between them ctx is looked at.
func (p *sessions) begin(ctx context.Context, d *dialect, how string) (*conn, error) {
	ses, err := p.take(ctx)
	if err != nil {
		return nil, err
	}
	if err := ses.run(ctx, how); err != nil {
		p.give(ses)
		return nil, err
	}
	return p.holding(ses, d), nil
}

// holding is a transaction on a connection that was taken.
func (p *sessions) holding(ses *session, d *dialect) *conn {
	c := newConn(d, nil)
	c.ses, c.from, c.large = ses, p, p.large
	return c
}

// commit ends the transaction.
func (c *conn) commit(ctx context.Context) error {
	if c.tx != nil {
		return c.tx.Commit()
	}
	if err := c.ses.run(context.WithoutCancel(ctx), "COMMIT"); err != nil {
		c.rollback(ctx)
		return err
	}
	c.release()
	return nil
}

// rollback undoes the transaction. After a commit it does nothing.
func (c *conn) rollback(ctx context.Context) {
	if c.tx != nil {
		_ = c.tx.Rollback()
		return
	}
	if c.ses == nil {
		return
	}
	c.ses.merging.Forget()
	if err := c.ses.run(context.WithoutCancel(ctx), "ROLLBACK"); err != nil {
		c.ses.close() // whatever state it is in, the next transaction gets a new one
	}
	c.release()
}

func (c *conn) release() {
	c.from.give(c.ses)
	c.ses = nil
}

// row reads the one row of a query; sql.ErrNoRows when it has none.
func (c *conn) row(ctx context.Context, query string, args ...any) scanner {
	if c.by != nil {
		return c.by.QueryRowContext(ctx, c.d.spell(query), c.d.args(args)...)
	}
	if err := ctx.Err(); err != nil {
		return failed{err}
	}
	return reading{c.ses, query, args}
}

// scanner is a row.
type scanner = index.Row

// failed is the row of a query that was not run.
type failed struct{ error }

func (f failed) Scan(...any) error { return f.error }

func (c *conn) exec(ctx context.Context, query string, args ...any) error {
	_, err := c.do(ctx, query, args)
	return err
}

// changed is exec that says how many rows were changed.
func (c *conn) changed(ctx context.Context, query string, args ...any) (int64, error) {
	done, err := c.do(ctx, query, args)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// insert adds one row to SQLite and gives its number; sql.ErrNoRows when none was added. RETURNING
// takes it half as long again.
func (c *conn) insert(ctx context.Context, query string, args ...any) (int64, error) {
	n, seq, err := c.inserted(ctx, query, args...)
	if err == nil && n == 0 {
		err = sql.ErrNoRows
	}
	return seq, err
}

// inserted adds rows to SQLite, and says how many and the number of the last one.
func (c *conn) inserted(ctx context.Context, query string, args ...any) (n, last int64, err error) {
	done, err := c.do(ctx, query, args)
	if err != nil {
		return 0, 0, err
	}
	if n, err = done.RowsAffected(); err != nil || n == 0 {
		return 0, 0, err
	}
	last, err = done.LastInsertId()
	return n, last, err
}

func (c *conn) do(ctx context.Context, query string, args []any) (sql.Result, error) {
	if c.by != nil {
		return c.by.ExecContext(ctx, c.d.spell(query), c.d.args(args)...)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	size := 0
	for _, a := range args {
		if b, ok := a.([]byte); ok {
			size += len(b)
		}
	}
	c.pages += 1 + size/pageBytes
	return c.ses.exec(query, args)
}

// collect reads the rows of a query one by one.
func (c *conn) collect(ctx context.Context, scan func(scanner) error, query string, args ...any) error {
	if c.by == nil {
		return c.ses.collect(ctx, scan, query, args)
	}
	rows, err := c.by.QueryContext(ctx, c.d.spell(query), c.d.args(args)...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
