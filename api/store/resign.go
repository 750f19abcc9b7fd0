package store

import (
	"context"
	"database/sql"
	"sync"
)

// resign makes what searches read of all logs of a store anew, in which they did not look into
// messages, errors and ids yet.
func (s *Store) resign(ctx context.Context, tx *sql.Tx) error {
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
			if err := c.resign(ctx, at[i].seq, at[i].file, e); err != nil {
				return err
			}
		}
		return s.writeIndex(ctx, c)
	})
}

// resign makes what searches read of one log.
func (c *conn) resign(ctx context.Context, seq, file int64, e *Entry) error {
	if !c.d.indexed {
		return c.exec(ctx, `UPDATE logs SET texts = ? WHERE seq = ?`, e.letters(textsColumn), seq)
	}
	c.indexed(seq, e, file)
	c.newest = seq
	return nil
}

// readEntries reads documents, all at the same time, and makes their signatures.
func readEntries(docs [][]byte) ([]*Entry, error) {
	entries, errs := make([]*Entry, len(docs)), make([]error, len(docs))
	var all sync.WaitGroup
	for i, doc := range docs {
		all.Go(func() {
			if entries[i], errs[i] = readEntry(doc); errs[i] == nil {
				entries[i].sign()
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
