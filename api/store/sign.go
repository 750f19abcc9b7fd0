package store

import (
	"context"
	"database/sql"
	"strings"

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
	if full > 0 {
		if err := c.row(ctx, `SELECT coalesce(max(block) + 1, 0) FROM blocks`).Scan(&next); err != nil {
			return err
		}
	}
	fresh, written := map[int64][]signed{}, int64(0)
	for _, x := range c.signed {
		block, _ := blockOf(x.seq)
		var err error
		switch {
		case block >= next && block < full:
			fresh[block] = append(fresh[block], x)
			continue
		case x.bits == nil:
			err = c.exec(ctx, `DELETE FROM signatures WHERE seq = ?`, x.seq)
		default:
			err = c.exec(ctx, signatureKeep, x.seq, x.bits[:])
		}
		if err != nil {
			return err
		}
		written++
	}
	c.signed = c.signed[:0]
	for ; next < full; next++ {
		b := sieve.NewBlock()
		if err := c.finish(ctx, next, b, b.Add, fresh[next]); err != nil {
			return err
		}
	}
	if s.unfolded.Add(-written) > 0 {
		return nil
	}
	left, err := c.fold(ctx, dirtyMost)
	s.unfolded.Store(max((dirtyMost-left)/2, dirtyEvery)) // other programs may write as many meanwhile
	return err
}

// slicesTogether is how many slices are written at a time; they come in as many as there are bits.
const slicesTogether = 32

var slicesKeep = `INSERT INTO slices (seq, bits) VALUES (?, ?)` + strings.Repeat(`, (?, ?)`, slicesTogether-1) +
	` ON CONFLICT (seq) DO UPDATE SET bits = excluded.bits`

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
	for bit := 0; bit < sieve.Bits; bit += slicesTogether {
		var args []any
		for i := bit; i < bit+slicesTogether; i++ {
			args = append(args, block*sieve.Bits+int64(i), b.Slice(sieve.Bit(i)))
		}
		if err := c.exec(ctx, slicesKeep, args...); err != nil {
			return err
		}
	}
	return c.exec(ctx, `INSERT INTO blocks (block) VALUES (?) ON CONFLICT (block) DO NOTHING`, block)
}

// Signatures of changed logs in finished blocks are read one by one by each search, so their number is bounded: when there are many, the block
// that has most of them takes them up, after every so many changes.
const (
	dirtyEvery = 512
	dirtyMost  = 32768
)

// fold takes up changed signatures when there are more than enough, and tells how many are left.
func (c *conn) fold(ctx context.Context, enough int64) (total int64, err error) {
	var most, fullest int64
	err = c.collect(ctx, func(rows *sql.Rows) error {
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
		return total, err
	}
	b := sieve.NewBlock()
	err = c.slices(ctx, `SELECT seq, bits FROM slices WHERE seq >= ? AND seq < ?`, func(seq int64, bits []byte) {
		copy(b.Slice(sieve.Bit(seq%sieve.Bits)), bits)
	}, fullest*sieve.Bits, (fullest+1)*sieve.Bits)
	if err != nil {
		return total, err
	}
	return total - most, c.finish(ctx, fullest, b, b.Put, nil)
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
