package pg

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"
)

// statement is one that the server has read, with the forms in which its columns are wanted.
type statement struct {
	*pgconn.StatementDescription
	forms []int16
}

// mostStatements is how many statements are kept on a connection.
const mostStatements = 512

// prepare has the server read a statement, once. Where a pooler gives each transaction another
// server nothing is kept there: then the statement has no name, and is sent with each use.
func (c *conn) prepare(ctx context.Context, query string) (*statement, error) {
	if s := c.statements[query]; s != nil {
		return s, nil
	}
	if len(c.statements) >= mostStatements {
		if err := c.forgetAll(ctx); err != nil {
			return nil, err
		}
	}
	name := ""
	if c.of.named {
		c.made++
		name = "errata_" + strconv.Itoa(c.made)
	}
	read, err := c.wire.Prepare(ctx, name, query, nil)
	if err != nil {
		return nil, err
	}
	s := &statement{read, forms(read.Fields)}
	c.statements[query] = s
	return s, nil
}

func (c *conn) forgetAll(ctx context.Context) error {
	for query := range c.statements {
		if err := c.forget(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// forget drops a statement: what is known of it may be wrong after an error, as when a table was
// changed meanwhile.
func (c *conn) forget(ctx context.Context, query string) error {
	s := c.statements[query]
	if s == nil || c.wire.IsClosed() {
		return nil
	}
	delete(c.statements, query)
	if s.Name == "" {
		return nil
	}
	return c.wire.Deallocate(ctx, s.Name)
}

// send sends a statement with its arguments.
func (c *conn) send(ctx context.Context, query string, args []driver.NamedValue) (*pgconn.ResultReader, error) {
	s, err := c.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	values, formats, err := arguments(args)
	if err != nil {
		return nil, err
	}
	if s.Name == "" {
		return c.wire.ExecParams(ctx, query, values, s.ParamOIDs, formats, s.forms), nil
	}
	return c.wire.ExecStatement(ctx, s.StatementDescription, values, formats, s.forms), nil
}

// run runs statements without arguments, of which there may be several.
func (c *conn) run(ctx context.Context, query string) (tag pgconn.CommandTag, err error) {
	all := c.wire.Exec(ctx, query)
	for all.NextResult() {
		tag, _ = all.ResultReader().Close()
	}
	return tag, all.Close()
}

// ExecContext runs a statement and tells how many rows it changed.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if c.wire.IsClosed() {
		return nil, driver.ErrBadConn
	}
	var tag pgconn.CommandTag
	var err error
	if len(args) == 0 {
		tag, err = c.run(ctx, query)
	} else {
		var result *pgconn.ResultReader
		if result, err = c.send(ctx, query, args); err == nil {
			tag, err = result.Close()
		}
	}
	if err != nil {
		return nil, c.failed(ctx, query, err)
	}
	return driver.RowsAffected(tag.RowsAffected()), nil
}

// QueryContext runs a statement for its rows. The first one is waited for, and with it what is wrong
// with the statement.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if c.wire.IsClosed() {
		return nil, driver.ErrBadConn
	}
	result, err := c.send(ctx, query, args)
	if err != nil {
		return nil, c.failed(ctx, query, err)
	}
	r := &rows{c: c, ctx: ctx, query: query, result: result, ahead: result.NextRow()}
	if !r.ahead {
		if _, err := result.Close(); err != nil {
			return nil, c.failed(ctx, query, err)
		}
	}
	r.fields = result.FieldDescriptions()
	return r, nil
}

// failed is the error of a statement as package sql wants it: one of which nothing was sent is tried
// on another connection.
func (c *conn) failed(ctx context.Context, query string, err error) error {
	if NotSent(err) {
		return driver.ErrBadConn
	}
	_ = c.forget(ctx, query)
	return err
}

// Prepare keeps the text of a statement; the server reads it with its first use.
func (c *conn) Prepare(query string) (driver.Stmt, error) { return prepared{c, query}, nil }

// prepared is a statement of package sql.
type prepared struct {
	c     *conn
	query string
}

var errNoContext = errors.New("statements are run with a context")

func (p prepared) Close() error                               { return nil }
func (p prepared) NumInput() int                              { return -1 }
func (p prepared) Exec([]driver.Value) (driver.Result, error) { return nil, errNoContext }
func (p prepared) Query([]driver.Value) (driver.Rows, error)  { return nil, errNoContext }

func (p prepared) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return p.c.ExecContext(ctx, p.query, args)
}

func (p prepared) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return p.c.QueryContext(ctx, p.query, args)
}

// rows are the rows of a statement, read from the connection as they are asked for.
type rows struct {
	c      *conn
	ctx    context.Context // that of the statement
	query  string
	result *pgconn.ResultReader
	fields []pgconn.FieldDescription
	ahead  bool // the next row was read already
}

// Columns are the names of the columns.
func (r *rows) Columns() []string {
	names := make([]string, len(r.fields))
	for i, field := range r.fields {
		names[i] = field.Name
	}
	return names
}

// Close reads what is left and lets the connection go.
func (r *rows) Close() error {
	_, err := r.result.Close()
	return err
}

// Next reads a row. The bytes in it are nobody else's.
func (r *rows) Next(into []driver.Value) error {
	if !r.ahead && !r.result.NextRow() {
		if err := r.Close(); err != nil {
			return r.c.failed(r.ctx, r.query, err)
		}
		return io.EOF
	}
	r.ahead = false
	for i, raw := range r.result.Values() {
		v, err := value(r.fields[i], raw)
		if err != nil {
			return err
		}
		into[i] = v
	}
	return nil
}
