// Package pg is the driver of PostgreSQL for package sql. It speaks to the server through pgconn, and
// knows the few types that the store has in its tables: the drivers that know all types of
// PostgreSQL make the program a tenth larger.
package pg

import (
	"context"
	"database/sql/driver"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// Error is what a server answers in place of a result.
type Error = pgconn.PgError

// ConnectError says that no connection came about.
type ConnectError = pgconn.ConnectError

// NotSent tells whether a statement failed before any of it went to the server.
func NotSent(err error) bool {
	var connect *ConnectError
	return errors.Is(err, driver.ErrBadConn) || errors.As(err, &connect) || pgconn.SafeToRetry(err)
}

// Connector makes connections to one database.
type Connector struct {
	Config *pgconn.Config

	// PingAfter is how long a connection may have been idle to be used without a question whether
	// there is still somebody at its end, who has PingTimeout to answer: a server that has died or
	// hangs takes bytes and says nothing, for ever.
	PingAfter, PingTimeout time.Duration

	named bool // statements are kept on the server, see conn.prepare
}

// Parse reads the address of a database. Next to what PostgreSQL's own programs read, it may say
// default_query_exec_mode for a pooler that gives each transaction another server, as pgx names it:
// with any mode but cache_statement no statement is kept on the server.
func Parse(address string) (*Connector, error) {
	config, err := pgconn.ParseConfig(address)
	if err != nil {
		return nil, err
	}
	c := &Connector{Config: config, PingAfter: time.Second, PingTimeout: 2 * time.Second, named: true}
	if mode, said := config.RuntimeParams["default_query_exec_mode"]; said {
		c.named = mode == "cache_statement"
	}
	for _, name := range []string{"default_query_exec_mode", "statement_cache_capacity", "description_cache_capacity"} {
		delete(config.RuntimeParams, name) // the server knows none of them
	}
	return c, nil
}

// Connect makes a connection.
func (c *Connector) Connect(ctx context.Context) (driver.Conn, error) {
	wire, err := pgconn.ConnectConfig(ctx, c.Config.Copy())
	if err != nil {
		return nil, err
	}
	return &conn{wire: wire, of: c, used: time.Now(), statements: map[string]*statement{}}, nil
}

// Driver is the connector itself.
func (c *Connector) Driver() driver.Driver { return c }

// Open makes a connection to another address.
func (c *Connector) Open(address string) (driver.Conn, error) {
	other, err := Parse(address)
	if err != nil {
		return nil, err
	}
	return other.Connect(context.Background())
}
