package store

import (
	"context"
	"database/sql/driver"

	"errata/api/store/index"
	"errata/model"
)

// tables is a transaction as the index sees it.
type tables struct{ c *conn }

// Row implements index.DB.
func (t tables) Row(ctx context.Context, query string, args ...any) index.Row {
	return t.c.row(ctx, query, args...)
}

// Collect implements index.DB.
func (t tables) Collect(ctx context.Context, scan func(index.Row) error, query string, args ...any) error {
	return t.c.collect(ctx, scan, query, args...)
}

// Bits implements index.DB. Only files are asked so.
func (t tables) Bits(ctx context.Context, take func(seq int64, bits []byte), query string, args ...any) error {
	// The LIMIT keeps the query by itself: SQLite chooses the order of conditions that it joins.
	return t.c.visit(ctx, func(row []driver.Value) (enough bool, err error) {
		seq, _ := row[0].(int64)
		bits, _ := row[1].([]byte)
		take(seq, bits)
		return false, nil
	}, `SELECT 1 FROM (`+query+` LIMIT -1) WHERE visit(?, seq, bits) LIMIT 1`, args...)
}

// Exec implements index.DB.
func (t tables) Exec(ctx context.Context, query string, args ...any) error {
	return t.c.exec(ctx, query, args...)
}

// Sign makes the signature of the log, without the bits of its file. It may be done before the log
// is stored, for many at the same time, where it is likely that it is needed: see Bulk.Signs.
func (e *Entry) Sign() {
	if e.signature != nil {
		return
	}
	d := index.Document{ID: e.id, Metadata: e.member(model.Metadata.Name), Traced: e.traced}
	for _, p := range places() {
		d.Searched = append(d.Searched, index.Text{Value: e.member(p.Member), As: p.As})
	}
	s := index.Sign(d)
	e.signature = &s
}

// member is the JSON of a member that is set, nil for one that is not.
func (e *Entry) member(name string) []byte {
	if v := e.log.Member(name); v.IsSet() {
		return v.Bytes()
	}
	return nil
}

// signatureIn is the signature of the log as one of a file. The entry keeps it, and makes another
// one for another file.
func (e *Entry) signatureIn(file int64) *index.Signature {
	if e.signedIn != 0 && e.signedIn != file {
		e.signature = nil
	}
	e.Sign()
	e.signedIn = file
	e.signature.InFile(file)
	return e.signature
}

// indexed notes that a log was added or changed.
func (c *conn) indexed(seq int64, e *Entry, file int64) {
	c.touched(seq)
	c.changes = append(c.changes, index.Change{Seq: seq, Signature: e.signatureIn(file)})
}

// unindexed notes that a log is gone.
func (c *conn) unindexed(seq int64) {
	c.touched(seq)
	c.changes = append(c.changes, index.Change{Seq: seq})
}

// writeIndex brings what a transaction noted into the index.
func (s *core) writeIndex(ctx context.Context, c *conn) (err error) {
	if c.d.single {
		err = s.index.Write(ctx, tables{c}, c.merging(), c.changes, c.newest)
	} else {
		err = index.Append(ctx, tables{c}, c.changes)
		c.signed += len(c.changes)
	}
	c.changes = c.changes[:0]
	return err
}

// merging is what the connection knows of steps of merging, nil where there are none.
func (c *conn) merging() *index.Merging {
	if c.ses == nil {
		return nil
	}
	return &c.ses.merging
}

// endIndexing brings steps of merging that were begun to their end.
func (s *core) endIndexing() {
	ses := s.writer.takeIdle()
	if ses == nil {
		return // somebody still writes
	}
	begun := ses.merging.Begun()
	if s.writer.give(ses); !begun {
		return
	}
	// what is not ended is begun anew by another program
	_ = s.change(context.Background(), saving, func(c *conn) error {
		return s.index.Finish(context.Background(), tables{c}, c.merging())
	})
}

// isIndexed tells whether the index has all of a log.
func (c *conn) isIndexed(ctx context.Context, v *index.Verifier, e *Entry, l checkedLog) (bool, error) {
	return v.Has(ctx, l.seq, e.signatureIn(l.file))
}

// candidates is the set of the logs that a selection may select, of all files; those that it does
// select are in it.
func (c *conn) candidates(ctx context.Context, sel selection) (*index.Set, error) {
	var end int64
	if err := c.row(ctx, `SELECT coalesce(max(seq) + 1, 0) FROM logs`).Scan(&end); err != nil {
		return nil, err
	}
	q := index.Query{File: sel.file, Search: sel.text, Metadata: sel.metadata}
	if sel.inTrace {
		q.Traced = &sel.traced
	}
	if len(sel.ids) == 1 {
		q.ID = sel.ids[0]
	}
	if !c.d.single {
		return index.SharedCandidates(ctx, tables{c}, end, q.Bits())
	}
	var kept *index.Kept
	if c.ses != nil && c.from.reads {
		kept = &c.ses.kept
	}
	return index.Candidates(ctx, tables{c}, end, q.Bits(), kept)
}
