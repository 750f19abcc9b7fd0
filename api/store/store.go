// Package store keeps logs in a SQL database as the bytes that were logged, and implements api.Service on it.
//
// It knows documents, two SQL dialects (SQLite here; PostgreSQL is to come beside it) and migrations. It must not know HTTP, the terminal or the
// configuration. A document is replaced member by member; every other byte stays.
package store

import (
	"context"
	"time"
)

// Options configure a Store.
type Options struct {
	Now   func() time.Time           // nil for the clock
	NewID func(prefix string) string // nil for random ids
}

// Store is an api.Service on a database.
type Store struct{}

// Open opens the SQLite database at path, which it creates (0600, in a directory made 0700) and migrates as needed. ":memory:" keeps it in
// memory. A database of a newer errata is refused. Opening an up-to-date database is fast: it is on the way to the first frame.
func Open(ctx context.Context, path string, o Options) (*Store, error) { panic("todo") }

// Close ends the store.
func (s *Store) Close() error { panic("todo") }

// Imported says what Import did with a document.
type Imported int

// What Import did.
const (
	Added     Imported = iota + 1
	Unchanged          // the same bytes were there
	Replaced           // the id was there with other bytes
)

// Import stores a log byte for byte, unvalidated: any JSON object with a string "id" and a "prompt" with a string "id". The
// prompt is made known too.
func (s *Store) Import(ctx context.Context, raw []byte) (Imported, error) { panic("todo") }

// ImportPrompt stores a prompt version as the official export has it in file.json and versions/*: any JSON object with string
// members id and version_id. deployed marks the default version.
func (s *Store) ImportPrompt(ctx context.Context, raw []byte, deployed bool) error { panic("todo") }

// Batch runs f with Import and ImportPrompt in one transaction, committed when f returns nil.
func (s *Store) Batch(ctx context.Context, f func(ctx context.Context) error) error { panic("todo") }

// Key is an API key of the server, without its secret.
type Key struct {
	Name             string
	Created, Revoked time.Time // Revoked is zero while it holds
}

// AddKey makes a key and returns its secret, which is stored only as a hash.
func (s *Store) AddKey(ctx context.Context, name string) (secret string, err error) { panic("todo") }

// Keys lists the keys, oldest first.
func (s *Store) Keys(ctx context.Context) ([]Key, error) { panic("todo") }

// RevokeKey ends a key; ok is false when there is none of that name.
func (s *Store) RevokeKey(ctx context.Context, name string) (ok bool, err error) { panic("todo") }

// HasKey tells whether secret is a key that holds, in constant time over the secret.
func (s *Store) HasKey(ctx context.Context, secret string) (bool, error) { panic("todo") }
