package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"hash/fnv"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// onServer reports whether an address is that of a PostgreSQL database.
func onServer(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// shownAddress is an address without its password.
func shownAddress(address string) string {
	if !onServer(address) {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return "postgres://…"
	}
	u.RawQuery, u.Fragment = "", ""
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	return u.String()
}

// The limits of a connection to a server, unless its address sets others.
var serverParameters = []struct{ name, value string }{
	{"application_name", "errata"},
	{"statement_timeout", "60s"},
	{"lock_timeout", "10s"},
	{"idle_in_transaction_session_timeout", "60s"},
}

// The pool of connections to a server. They are made again now and then, so that a server that has
// moved is found.
const (
	serverConnections = 16
	serverLifetime    = 30 * time.Minute
	connectTimeout    = 10 * time.Second
	pingAfter         = time.Second
	pingTimeout       = 2 * time.Second
)

var errAddress = errors.New("the address cannot be read; write it like postgres://USER@HOST/DATABASE, with special characters as %XX")

// connectServer sets up the pools. No connection is made yet.
func (s *Store) connectServer(address string, o Options) error {
	s.sql, s.taking, s.large = newPostgres(), newTakingUp(), make(chan struct{}, 1)
	db, password, err := serverPool(address)
	if err != nil {
		return err
	}
	s.read, s.write, s.lists, s.hidden = db, db, db, password
	if o.Replica == "" {
		return nil
	}
	replica, _, err := serverPool(o.Replica)
	if err != nil {
		return err
	}
	s.lists = replica
	return nil
}

// serverPool is a database on a server, and the password of its address.
func serverPool(address string) (*sql.DB, string, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, "", errAddress // the error of the parser may show the address
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	for _, p := range serverParameters {
		if _, set := config.RuntimeParams[p.name]; !set {
			config.RuntimeParams[p.name] = p.value
		}
	}
	db := stdlib.OpenDB(*config, stdlib.OptionShouldPing(answers), stdlib.OptionResetSession(usable))
	db.SetMaxOpenConns(serverConnections)
	db.SetMaxIdleConns(serverConnections)
	db.SetConnMaxLifetime(serverLifetime)
	return db, config.Password, nil
}

// answers asks a connection that was not in use for a while whether there is still somebody at its
// end, who has pingTimeout: a server that has died or hangs takes bytes and says nothing, for ever.
// A connection that does not answer is closed.
func answers(ctx context.Context, p stdlib.ShouldPingParams) (again bool) {
	if p.IdleDuration > pingAfter {
		ctx, cancel := context.WithTimeout(ctx, pingTimeout)
		defer cancel()
		if p.Conn.Ping(ctx) != nil {
			_ = p.Conn.Close(ctx)
		}
	}
	return false
}

// usable has the pool take another connection where one was closed.
func usable(_ context.Context, c *pgx.Conn) error {
	if c.IsClosed() {
		return driver.ErrBadConn
	}
	return nil
}

// pathLock is the number of the lock of a path.
func pathLock(path string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(path))
	return int64(h.Sum64())
}
