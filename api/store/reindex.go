package store

import (
	"context"
	"database/sql"
	"sync"

	"errata/api/store/index"
)

// reindex is a migration: it makes the search index again for all logs of a store in which searches
// did not look into messages, errors and ids.
func (s *Store) reindex(ctx context.Context, tx *sql.Tx) error {
	c := newConn(s.sql, tx)
	for _, table := range []string{"signatures", "slices", "blocks"} {
		if err := c.exec(ctx, `DELETE FROM `+table); err != nil {
			return err
		}
	}
	return c.signAll(ctx, func() error { return s.writeIndex(ctx, c) })
}

// signAll makes the signatures of all logs, some at a time, and has each part written.
func (c *conn) signAll(ctx context.Context, write func() error) error {
	return c.eachPage(ctx, func(page [][]byte, at []delta) error {
		entries, err := readEntries(page)
		if err != nil {
			return err
		}
		for i, e := range entries {
			c.indexed(at[i].seq, e, at[i].file)
			c.newest = at[i].seq
		}
		return write()
	})
}

// indexServer is a migration: it makes the search index for all logs of a server that has searched
// columns of text so far, which go. Nobody else reads or writes logs meanwhile. An older errata
// that runs on cannot write any more then, and so no log that the index does not have.
func (s *Store) indexServer(ctx context.Context, tx *sql.Tx) error {
	c := newConn(s.sql, tx)
	if err := c.exec(ctx, `LOCK TABLE logs IN ACCESS EXCLUSIVE MODE`); err != nil {
		return err
	}
	var all index.Rebuild
	err := c.signAll(ctx, func() error {
		err := all.Add(ctx, tables{c}, c.changes)
		c.changes, c.written = c.changes[:0], c.written[:0]
		return err
	})
	if err != nil {
		return err
	}
	if err := all.End(ctx, tables{c}); err != nil {
		return err
	}
	return c.exec(ctx, `ALTER TABLE logs DROP COLUMN searched, DROP COLUMN noted, DROP COLUMN texts`) // and with them their indexes
}

// readEntries parses documents, all at the same time, and makes what the index stores of each.
func readEntries(docs [][]byte) ([]*Entry, error) {
	entries, errs := make([]*Entry, len(docs)), make([]error, len(docs))
	var all sync.WaitGroup
	for i, doc := range docs {
		all.Go(func() {
			if entries[i], errs[i] = readEntry(doc); errs[i] == nil {
				entries[i].Sign()
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return entries, nil
}
