package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
)

// Imported says what Import did with a document.
type Imported int

// What Import did.
const (
	Added     Imported = iota + 1
	Unchanged          // the same bytes were there
	Replaced           // the id was there with other bytes
)

// Import stores a log byte for byte, see Prepare. The file that it belongs to is made known too. A log that is replaced keeps its place among
// the stored ones.
func (s *Store) Import(ctx context.Context, raw []byte) (Imported, error) {
	e, err := Prepare(raw)
	if err != nil {
		return 0, err
	}
	did, err := s.ImportAll(ctx, []*Entry{e})
	if err != nil {
		return 0, err
	}
	return did[0], nil
}

// ImportAll is Import for many logs, in one transaction: all of them are stored or none. Some ten thousand at a time are fastest.
func (s *Store) ImportAll(ctx context.Context, entries []*Entry) ([]Imported, error) {
	var did []Imported
	err := s.change(ctx, "cannot import the logs", func(c *conn) error {
		scopes := make([]scope, len(entries))
		for i, e := range entries {
			f, version, err := s.learn(ctx, c, e)
			if err != nil {
				return err
			}
			scopes[i] = scope{f.seq, version}
		}
		var err error
		did, err = s.storeAll(ctx, c, entries, scopes)
		return err
	})
	if err != nil {
		return nil, err
	}
	if !s.sql.sieve && len(entries) >= sendLogs && s.batch(ctx) == nil {
		s.gather(ctx)
	}
	return did, nil
}

// storeAll stores logs of known files under their ids.
func (s *Store) storeAll(ctx context.Context, c *conn, entries []*Entry, scopes []scope) ([]Imported, error) {
	if !s.sql.sieve {
		return s.sendAll(ctx, c, entries, scopes)
	}
	did := make([]Imported, len(entries))
	for i, e := range entries {
		err := s.insert(ctx, c, e, scopes[i].file, scopes[i].version)
		did[i] = Added
		if errors.Is(err, sql.ErrNoRows) {
			did[i], err = s.replace(ctx, c, e, scopes[i])
		}
		if err != nil {
			return nil, err
		}
	}
	return did, nil
}

// replace stores a log whose id is there.
func (s *Store) replace(ctx context.Context, c *conn, e *Entry, to scope) (Imported, error) {
	var old delta
	var hash []byte
	err := c.row(ctx, `SELECT seq, file, version, created, hash FROM logs l WHERE id = ?`+s.sql.forUpdate, e.id).Scan(&old.seq, &old.file, &old.version, &old.created, &hash)
	if err != nil || bytes.Equal(hash, e.hash[:]) {
		return Unchanged, err
	}
	query, args := `UPDATE logs SET file = ?, version = ?, created = ?, traced = ?, parent = ?, trace = ?, hash = ?, doc = ?`,
		[]any{to.file, to.version, e.created, e.traced, e.parent, e.trace, e.hash[:], e.raw}
	if !s.sql.sieve {
		query, args = query+`, searched = ?, noted = ?`, append(args, e.searched(), e.noted())
	}
	if err := c.exec(ctx, query+` WHERE seq = ?`, append(args, old.seq)...); err != nil {
		return 0, err
	}
	c.moved(old, delta{file: to.file, version: to.version, created: e.created, seq: old.seq})
	c.sign(old.seq, e, to.file)
	return Replaced, nil
}

// insert adds a log; sql.ErrNoRows when its id is there.
func (s *Store) insert(ctx context.Context, c *conn, e *Entry, file, version int64) error {
	var seq int64
	var err error
	args := []any{e.id, file, version, e.created, e.traced, e.parent, e.trace, e.hash[:], e.raw}
	if s.sql.sieve {
		seq, err = c.insert(ctx, `INSERT INTO logs (id, file, version, created, traced, parent, trace, hash, doc)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`, args...)
	} else {
		err = c.row(ctx, `INSERT INTO logs (id, file, version, created, traced, parent, trace, hash, doc, searched, noted)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING seq`, append(args, e.searched(), e.noted())...).Scan(&seq)
	}
	if err != nil {
		return err
	}
	c.added(delta{file: file, version: version, created: e.created, seq: seq})
	c.sign(seq, e, file)
	c.newest = max(c.newest, seq)
	return nil
}
