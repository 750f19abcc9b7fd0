package store

import (
	"context"
	"time"

	"errata/api/store/index"
)

// Bulk stores many logs in few large transactions: a page of the database that many logs change is
// written once for all of them, and so is a block of the search index. What it was given is in the
// store, as a whole, when Commit has returned nil. Until then nothing else may write to the store,
// and readers do not see it. It is for one goroutine.
type Bulk struct {
	s     *Store
	c     *conn // the transaction, nil between two
	bytes int   // of the logs in it
	began time.Time
	there bool // the logs that came last were there as they are
}

// Bulk is ready to take logs.
func (s *Store) Bulk() *Bulk { return &Bulk{s: s} }

// The bytes of logs from which on a transaction is committed where a block of the search index
// ends, and anywhere; and how long others that want to write wait for it.
const (
	bulkSome = 12 << 20
	bulkMost = 32 << 20
	bulkTime = time.Second
)

// FewTogether is how many logs a file is best given at once. Its transactions are larger all the
// same, and while those that come next are made ready, the ones before are written.
const FewTogether = 1000

// OnServer tells whether the logs go to a server, where those that are given at once are a
// transaction of their own.
func (b *Bulk) OnServer() bool { return !b.s.sql.single }

// Import is ImportAll for the first of the logs, at least for one, and tells what it did with each.
// After an error all is lost that came since Commit.
func (b *Bulk) Import(ctx context.Context, entries []*Entry) (did []Imported, err error) {
	if !b.s.sql.single {
		return b.s.ImportAll(ctx, entries)
	}
	if b.c == nil {
		if b.c, err = b.s.beginWriting(ctx); err != nil {
			return nil, b.s.wrap(importing, err)
		}
		b.bytes, b.began = 0, time.Now()
	}
	ctx = context.WithoutCancel(ctx) // half of them would have to be undone
	entries = entries[:min(len(entries), b.untilBlock())]
	if did, err = b.s.importAll(ctx, b.c, entries); err != nil {
		b.Undo()
		return nil, b.s.wrap(importing, err)
	}
	for _, e := range entries {
		b.bytes += e.Len()
	}
	b.there = b.c.again
	return did, nil
}

// Signs tells whether logs that come next are likely to need a signature: not on a server, nor in
// an import that is repeated.
func (b *Bulk) Signs() bool { return b.s.sql.single && !b.there }

// untilBlock is how many logs are added until a block of the search index is full: the first log of
// the next one tells that it is.
func (b *Bulk) untilBlock() int { return index.Span - int(b.c.newest%index.Span) }

// Full tells whether it is time for Commit.
func (b *Bulk) Full() bool {
	switch {
	case b.c == nil:
		return false
	case b.bytes >= bulkMost, time.Since(b.began) >= bulkTime:
		return true
	}
	return b.bytes >= bulkSome && b.untilBlock() == index.Span
}

// Commit puts what was imported on the disk. On an error it may be there all the same.
func (b *Bulk) Commit(ctx context.Context) error {
	if b.c == nil {
		return nil
	}
	c := b.c
	b.c = nil
	ctx = context.WithoutCancel(ctx)
	defer c.rollback(ctx) // does nothing after a commit
	if err := b.s.settle(ctx, c); err != nil {
		return b.s.wrap(importing, err)
	}
	if err := c.commit(ctx); err != nil {
		return unclear(b.s.wrap(importing, err))
	}
	b.s.wrote(c)
	if b.s.fresh != nil {
		b.s.fresh.bytes += b.bytes
	}
	return nil
}

// Undo drops what was imported since Commit.
func (b *Bulk) Undo() {
	if b.c != nil {
		b.c.rollback(context.Background())
		b.c = nil
	}
}
