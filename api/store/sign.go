package store

import (
	"context"
	"database/sql"
	"slices"

	"errata/api/store/sieve"
)

// sign notes the signature of a log that was added or changed.
func (c *conn) sign(seq int64, e *Entry, file int64) {
	if c.d.sieve {
		e.sift()
		bits := e.bits
		for _, b := range fileMarks(file) {
			bits.Set(b)
		}
		c.signed = append(c.signed, signed{seq, &bits})
	}
}

// unsign notes that a log is gone.
func (c *conn) unsign(seq int64) {
	if c.d.sieve {
		c.signed = append(c.signed, signed{seq: seq})
	}
}

// blockOf is the block of a log. Logs are numbered from 1.
func blockOf(seq int64) (block int64, i int) { return seq / sieve.Span, int(seq % sieve.Span) }

const signatureKeep = `INSERT INTO signatures (seq, bits) VALUES (?, ?) ON CONFLICT (seq) DO UPDATE SET bits = excluded.bits`

// sign writes the signatures of a transaction. A block whose numbers are all given out is finished; what belongs to it is not
// written one by one.
func (s *Store) sign(ctx context.Context, c *conn) error {
	if len(c.signed) == 0 {
		return nil
	}
	full, _ := blockOf(c.newest) // blocks before it are full
	var next int64               // the first block that is not finished
	if err := c.row(ctx, `SELECT coalesce(max(block) + 1, 0) FROM blocks`).Scan(&next); err != nil {
		return err
	}
	fresh := map[int64][]signed{}
	for _, x := range c.signed {
		block, _ := blockOf(x.seq)
		var err error
		switch {
		case block >= next && block < full:
			fresh[block] = append(fresh[block], x)
		case x.bits == nil:
			err = c.exec(ctx, `DELETE FROM signatures WHERE seq = ?`, x.seq)
		default:
			err = c.exec(ctx, signatureKeep, x.seq, x.bits[:])
		}
		if err != nil {
			return err
		}
	}
	c.signed = c.signed[:0]
	for ; next < full; next++ {
		b := sieve.NewBlock()
		if err := c.finish(ctx, next, b, b.Add, fresh[next]); err != nil {
			return err
		}
	}
	if s.dirty.Add(1)%dirtyEvery == 0 {
		return c.fold(ctx, dirtyMost)
	}
	return nil
}

// finish turns the signatures of a block, those stored and those given, into slices, by the way of put.
func (c *conn) finish(ctx context.Context, block int64, b *sieve.Block, put func(i int, bits []byte), given []signed) error {
	from, end := block*sieve.Span, (block+1)*sieve.Span
	err := c.collect(ctx, func(rows *sql.Rows) error {
		var seq int64
		var bits sql.RawBytes
		if err := rows.Scan(&seq, &bits); err != nil {
			return err
		}
		_, i := blockOf(seq)
		put(i, bits)
		return nil
	}, `SELECT seq, bits FROM signatures WHERE seq >= ? AND seq < ?`, from, end)
	if err != nil {
		return err
	}
	for _, x := range given {
		_, i := blockOf(x.seq)
		if x.bits == nil {
			x.bits = &sieve.Signature{}
		}
		put(i, x.bits[:])
	}
	if err := c.exec(ctx, `DELETE FROM signatures WHERE seq >= ? AND seq < ?`, from, end); err != nil {
		return err
	}
	for bit := range sieve.Bits {
		err := c.exec(ctx, `INSERT INTO slices (seq, bits) VALUES (?, ?) ON CONFLICT (seq) DO UPDATE SET bits = excluded.bits`,
			block*sieve.Bits+int64(bit), b.Slice(sieve.Bit(bit)))
		if err != nil {
			return err
		}
	}
	return c.exec(ctx, `INSERT INTO blocks (block) VALUES (?) ON CONFLICT (block) DO NOTHING`, block)
}

// Signatures of changed logs in finished blocks are read one by one by each search, so their number is bounded: now and then the block
// that has most of them takes them up.
const (
	dirtyEvery = 512
	dirtyMost  = 32768
)

// fold takes up changed signatures when there are more than enough.
func (c *conn) fold(ctx context.Context, enough int64) error {
	var total, most, fullest int64
	err := c.collect(ctx, func(rows *sql.Rows) error {
		var block, n int64
		if err := rows.Scan(&block, &n); err != nil {
			return err
		}
		if total += n; n > most {
			most, fullest = n, block
		}
		return nil
	}, `SELECT block, count(*) FROM signatures JOIN blocks ON block = seq / ? GROUP BY block`, sieve.Span)
	if err != nil || total <= enough {
		return err
	}
	b := sieve.NewBlock()
	err = c.slices(ctx, `SELECT seq, bits FROM slices WHERE seq >= ? AND seq < ?`, func(seq int64, bits []byte) {
		copy(b.Slice(sieve.Bit(seq%sieve.Bits)), bits)
	}, fullest*sieve.Bits, (fullest+1)*sieve.Bits)
	if err != nil {
		return err
	}
	return c.finish(ctx, fullest, b, b.Put, nil)
}

// slices reads numbered bits, which take must not keep.
func (c *conn) slices(ctx context.Context, query string, take func(seq int64, bits []byte), args ...any) error {
	return c.collect(ctx, func(rows *sql.Rows) error {
		var seq int64
		var bits sql.RawBytes
		if err := rows.Scan(&seq, &bits); err != nil {
			return err
		}
		take(seq, bits)
		return nil
	}, query, args...)
}

// candidates is the set of the logs that may have all bits; it has all that do. With no bits it has all.
func (c *conn) candidates(ctx context.Context, bits []sieve.Bit) (*sieve.Set, error) {
	var end int64
	if err := c.row(ctx, `SELECT coalesce(max(seq) + 1, 0) FROM logs`).Scan(&end); err != nil {
		return nil, err
	}
	last, _ := blockOf(end)
	set := sieve.All(int(last) + 1)
	set.Cut(end)
	if len(bits) == 0 {
		return set, nil
	}
	for _, bit := range slices.Compact(slices.Sorted(slices.Values(bits))) {
		err := c.slices(ctx, `SELECT s.seq, s.bits FROM blocks b JOIN slices s ON s.seq = b.block * ? + ?`, func(seq int64, slice []byte) {
			set.Keep(int(seq/sieve.Bits), slice)
		}, sieve.Bits, int64(bit))
		if err != nil {
			return nil, err
		}
	}
	err := c.slices(ctx, `SELECT seq, bits FROM signatures`, func(seq int64, signature []byte) {
		set.Put(seq, sieve.Has(signature, bits))
	})
	return set, err
}
