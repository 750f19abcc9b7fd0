// Package store keeps logs in a SQL database as the bytes that were logged, and implements api.Service on it.
//
// It knows documents, two SQL dialects (SQLite here; PostgreSQL is to come beside it) and migrations. It must not know HTTP, the terminal or the
// configuration. A document is replaced member by member; every other byte stays.
package store

import (
	"database/sql"
	"time"

	"errata/api"
)

// Options configure a Store.
type Options struct {
	Now   func() time.Time           // nil for the clock
	NewID func(prefix string) string // nil for random ids
}

// Store is an api.Service on a database. It is safe for concurrent use, also by several processes on one file.
type Store struct {
	sql         *dialect
	read, write *sql.DB // write holds one connection: writers queue here rather than at the database
	now         func() time.Time
	newID       func(prefix string) string
}

var _ api.Service = (*Store)(nil)

// Close ends the store.
func (s *Store) Close() error {
	err := s.read.Close()
	if s.write == s.read {
		return err
	}
	if werr := s.write.Close(); err == nil {
		err = werr
	}
	return err
}
