package store

import (
	"context"
	"database/sql"
	"sync"
)

// reindex is a migration: it makes the search index anew for all logs of a store in which searches
// did not look into messages, errors and ids.
func (s *Store) reindex(ctx context.Context, tx *sql.Tx) error {
	c := newConn(s.sql, tx)
	if c.d.indexed {
		for _, table := range []string{"signatures", "slices", "blocks"} {
			if err := c.exec(ctx, `DELETE FROM `+table); err != nil {
				return err
			}
		}
	}
	return c.eachPage(ctx, func(page [][]byte, at []delta) error {
		entries, err := readEntries(page)
		if err != nil {
			return err
		}
		for i, e := range entries {
			if err := c.reindex(ctx, at[i].seq, at[i].file, e); err != nil {
				return err
			}
		}
		return s.writeIndex(ctx, c)
	})
}

// reindex makes the search index of one log anew.
func (c *conn) reindex(ctx context.Context, seq, file int64, e *Entry) error {
	if !c.d.indexed {
		return c.exec(ctx, `UPDATE logs SET texts = ? WHERE seq = ?`, e.letters(textsColumn), seq)
	}
	c.indexed(seq, e, file)
	c.newest = seq
	return nil
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
