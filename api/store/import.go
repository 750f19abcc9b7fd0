package store

import (
	"bytes"
	"context"
	"slices"

	"errata/api/rules"
)

// Imported says what Import did with a document.
type Imported int

// What Import did.
const (
	Added     Imported = iota + 1
	Unchanged          // the same bytes were there
	Replaced           // the id was there with other bytes
	Kept               // the id was there, was corrected since it came in, and was left as it is
)

// Import stores a log byte for byte, see Prepare. The file that it belongs to is made known too. A
// log that is replaced keeps its place among the stored ones. One that was corrected is not
// replaced, unless its fields stay the same.
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

// ImportAll is Import for many logs, in one transaction: all of them are stored or none. Some ten
// thousand at a time are fastest.
func (s *Store) ImportAll(ctx context.Context, entries []*Entry) ([]Imported, error) {
	var did []Imported
	err := s.change(ctx, importing, func(c *conn) (err error) {
		did, err = s.importAll(ctx, c, entries)
		return err
	})
	if err != nil {
		return nil, err
	}
	return did, nil
}

// importAll is ImportAll within a transaction.
func (s *Store) importAll(ctx context.Context, c *conn, entries []*Entry) ([]Imported, error) {
	scopes := make([]scope, len(entries))
	for i, e := range entries {
		var err error
		if scopes[i], err = s.register(ctx, c, e); err != nil {
			return nil, err
		}
	}
	return s.storeAll(ctx, c, entries, scopes, corrections{})
}

const importing = "cannot import the logs"

// Replace is Import for one log, also over one that was corrected: then the log is as it came in
// again. ifMatch, unless empty, is the ETag that the log there must still have, else Precondition.
func (s *Store) Replace(ctx context.Context, e *Entry, ifMatch string) (did Imported, err error) {
	err = s.change(ctx, importing, func(c *conn) error {
		to, err := s.register(ctx, c, e)
		if err != nil {
			return err
		}
		list, err := s.storeAll(ctx, c, []*Entry{e}, []scope{to}, corrections{replace: true, ifMatch: ifMatch})
		if err == nil {
			did = list[0]
		}
		return err
	})
	return did, err
}

// corrections says what becomes of logs that were corrected when others come under their ids.
type corrections struct {
	replace bool   // they are replaced, else kept
	ifMatch string // the ETag of the one that may be replaced, empty for any
}

// storeAll stores logs of known files under their ids.
func (s *Store) storeAll(ctx context.Context, c *conn, entries []*Entry, scopes []scope, of corrections) ([]Imported, error) {
	if !s.sql.single {
		return s.sendAll(ctx, c, entries, scopes, of)
	}
	did := make([]Imported, 0, len(entries))
	for len(entries) > 0 {
		n := together(entries)
		some, err := s.storeSome(ctx, c, entries[:n], scopes[:n], of)
		if err != nil {
			return nil, err
		}
		did = append(did, some...)
		entries, scopes = entries[n:], scopes[n:]
	}
	return did, nil
}

// storeSome stores logs in a file, as many as together says. Where those before were all there as
// they are, it is looked first whether these are: an import that is repeated changes nothing.
func (s *Store) storeSome(ctx context.Context, c *conn, entries []*Entry, scopes []scope, of corrections) ([]Imported, error) {
	did := slices.Repeat([]Imported{Unchanged}, len(entries))
	if c.again && of.ifMatch == "" {
		if same, err := c.unchanged(ctx, entries); same || err != nil {
			return did, err
		}
	}
	added, err := s.insertSome(ctx, c, entries, scopes)
	if err != nil {
		return nil, err
	}
	c.again = true
	for i, e := range entries {
		if did[i] = Added; !added[i] {
			if did[i], err = s.replace(ctx, c, e, scopes[i], of); err != nil {
				return nil, err
			}
		}
		c.again = c.again && did[i] == Unchanged
	}
	return did, nil
}

// replace stores a log whose id is there.
func (s *Store) replace(ctx context.Context, c *conn, e *Entry, to scope, of corrections) (Imported, error) {
	var old delta
	var hash []byte
	err := c.row(ctx, `SELECT seq, file, version, created, hash FROM logs l WHERE id = ?`+s.sql.forUpdate, e.id).Scan(&old.seq, &old.file, &old.version, &old.created, &hash)
	switch {
	case err != nil:
		return 0, err
	case of.ifMatch != "" && !rules.IfMatch(of.ifMatch, rules.Tag(hash)):
		return 0, changedSince()
	case bytes.Equal(hash, e.hash[:]):
		return Unchanged, nil
	}
	original := e.original
	if !of.replace {
		kept, was, err := c.keeps(ctx, old.seq, e)
		if kept || err != nil {
			return Kept, err
		}
		original = was
	}
	err = c.exec(ctx, `UPDATE logs SET file = ?, version = ?, created = ?, traced = ?, parent = ?, trace = ?, hash = ?, original = ?, doc = ? WHERE seq = ?`,
		to.file, to.version, e.created, e.traced, e.parent, e.trace, e.hash[:], original, s.sql.column(e), old.seq)
	if err != nil {
		return 0, err
	}
	if err := c.cut(ctx, old.seq, e.log.Parts()); err != nil {
		return 0, err
	}
	c.moved(old, delta{file: to.file, version: to.version, created: e.created, seq: old.seq})
	c.indexed(old.seq, e, to.file)
	return Replaced, s.recordNested(ctx, c, old.seq, e.nested, true)
}

// insert adds a log; sql.ErrNoRows when its id is there.
func (s *Store) insert(ctx context.Context, c *conn, e *Entry, file, version int64) error {
	var seq int64
	var err error
	args := []any{e.id, file, version, e.created, e.traced, e.parent, e.trace, e.hash[:], e.original, e.made, s.sql.column(e)}
	if s.sql.single {
		seq, err = c.insert(ctx, insertOne, args...)
	} else {
		err = c.row(ctx, insertOne+` RETURNING seq`, args...).Scan(&seq)
	}
	if err != nil {
		return err
	}
	return s.noteAdded(ctx, c, seq, e, scope{file, version})
}

// noteAdded notes what follows from a log that was added to SQLite, or to a server alone.
func (s *Store) noteAdded(ctx context.Context, c *conn, seq int64, e *Entry, to scope) error {
	if s.sql.inPieces(e.Len()) {
		if err := c.cut(ctx, seq, e.log.Parts()); err != nil {
			return err
		}
	}
	c.added(delta{file: to.file, version: to.version, created: e.created, seq: seq})
	c.indexed(seq, e, to.file)
	c.newest = max(c.newest, seq)
	return s.recordNested(ctx, c, seq, e.nested, false)
}
