// Package store keeps logs in a SQL database as the bytes that were logged, and implements
// api.Backend on it.
//
// It knows documents, two SQL dialects (SQLite and PostgreSQL) and migrations. It must not know
// HTTP, the terminal or the configuration. A document is replaced member by member; every other
// byte stays.
//
// Where to look: open, migrate, fresh and readonly make a store of a file or a server; conn,
// session, tx and retry are its transactions, commits and found those that changes of a file share.
// Logs come in by create, import, send (many at once, to a server) and register (the file that a
// log belongs to), change in update and go in delete.
// list, selection and filter answer lists: ranks finds a page by the counts that counts keeps,
// candidates of a search come from the package index, which takeup keeps on a server, totals counts
// what many logs match, trail knows where the next page of a search begins, and listdocs reads the
// documents of the page. walk goes through all logs of a file, snapshot has what is read be of one
// state, and visit looks at many documents without copying them.
// check, backup and copy are for the whole of a store. The latter write rows and not documents, in
// the same transactions as all else, and so stand here and not in a package of their own.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"errata/api"
	"errata/api/store/index"
)

// Options configure a Store.
type Options struct {
	Now   func() time.Time           // nil for the clock
	NewID func(prefix string) string // nil for random ids
	// the address of a PostgreSQL replica that lists and searches are read from; empty for none
	Replica string

	// Existing keeps Open from making a file: where there is none, its error is ErrMissing.
	Existing bool

	// Fresh is for an import: where there is no file, the store is built under another name, and
	// stands under its own once Finish has put it there. Closed before that it leaves nothing. What
	// is there is opened as without it. With Existing nothing is built: what an import has left
	// that was killed is taken away.
	Fresh bool

	// Once is for an export: each log is read once, and few pages of a file are kept in memory.
	Once bool

	// Corrected lists the ids of logs that may have been changed by a PATCH while the store did not
	// keep account of that yet. It is asked once, when a store with logs is upgraded from such a
	// time; nil for none.
	Corrected func() []string
}

// Store is an api.Backend on a database. It is safe for concurrent use, also by several processes
// on one database.
type Store struct{ filing }

// filing is what a store knows of the files that logs belong to, and of their versions.
type filing struct{ core }

// core is the database with its transactions, and the keys to it.
type core struct {
	sql     *dialect
	read    *sql.DB
	write   *sql.DB
	lists   *sql.DB   // what lists and searches are read from
	readers *sessions // the connections of read, SQLite only
	// the one connection of write, SQLite only: writers queue here rather than at the database
	writer   *sessions
	grouped  *commits     // SQLite only
	moving   *checkpoints // a file only
	heldMost int64        // see hold
	alone    bool         // the store is open for reading only, through one connection, see reopen
	fresh    *fresh       // of a store that is being built; else nil
	path     string       // of the file, empty for a server; ":memory:" for none
	hidden   string       // the password of the address: no error may show it
	out      handedOut
	now      func() time.Time
	newID    func(prefix string) string

	corrected func() []string // see Options

	was   int64    // the version of the schema that was found when the store was opened
	made  bool     // see Made
	notes []string // see Notes

	closing sync.Once

	writes  atomic.Int64 // transactions that were committed here
	totals  totals
	changed changed
	others  others
	trails  trails
	lately  lately // a server only
	index   index.Writer
	taking  *takingUp     // likewise
	large   chan struct{} // held by the one that reads a large document of a server to search it
}

var _ api.Backend = (*Store)(nil)

// Made reports whether opening the store made its file.
func (s *core) Made() bool { return s.made && s.fresh == nil }

// ReadOnly reports whether the store was opened for reading, because nothing can be written where
// it is. Notes says why.
func (s *core) ReadOnly() bool { return s.alone }

// Notes are what opening the store did that its owner should know, a sentence each; mostly none.
func (s *core) Notes() []string { return s.notes }

func (s *core) note(format string, args ...any) {
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}

// Ping reports whether the database answers.
func (s *core) Ping(ctx context.Context) error {
	return s.one(ctx, "the store does not answer", func(c *conn) error {
		var one int
		return c.row(ctx, `SELECT 1`).Scan(&one)
	})
}

// Close ends the store. Closing it again does nothing.
func (s *core) Close() error {
	var err error
	s.closing.Do(func() {
		if err = s.close(); s.fresh != nil {
			s.fresh.end()
		}
	})
	return err
}

func (s *core) close() error {
	s.totals.stop()
	if s.taking != nil {
		s.taking.stop()
	}
	if s.writer != nil {
		s.endIndexing()
	}
	if s.moving != nil {
		s.moving.stop()
	}
	if s.writer != nil {
		s.writer.close()
	}
	if s.readers != nil && s.readers != s.writer {
		s.readers.close()
	}
	var errs []error
	closed := map[*sql.DB]bool{}
	for _, db := range s.pools() {
		if db != nil && !closed[db] {
			closed[db] = true
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

func (s *core) pools() []*sql.DB { return []*sql.DB{s.lists, s.read, s.write} }

// wrote notes that a transaction was committed.
func (s *core) wrote(c *conn) {
	s.writes.Add(1)
	s.changed.add(c.written)
	if s.taking != nil {
		s.taking.wrote(s, c.signed)
	}
	if s.moving != nil {
		s.moving.wrote(c.pages)
	}
}
