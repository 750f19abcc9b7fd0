package store

import (
	"cmp"
	"context"
	"slices"

	"errata/api/store/sieve"
)

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
	if err := c.keepBlocks(ctx, set, bits); err != nil {
		return nil, err
	}
	err := c.slices(ctx, `SELECT seq, bits FROM signatures`, func(seq int64, signature []byte) {
		set.Put(seq, sieve.Has(signature, bits))
	})
	return set, err
}

// weighed is a bit and how many logs of a block have it.
type weighed struct {
	bit sieve.Bit
	n   int
}

// keepBlocks leaves of the finished blocks the logs that may have all bits. To read the slices of a bit takes as long as to look at a log of each block,
// so the rarest bits come first, and those that would take fewer logs away are not read.
func (c *conn) keepBlocks(ctx context.Context, set *sieve.Set, bits []sieve.Bit) error {
	var blocks int
	if err := c.row(ctx, `SELECT count(*) FROM blocks`).Scan(&blocks); err != nil || blocks == 0 {
		return err
	}
	rarest, err := c.weigh(ctx, bits)
	if err != nil {
		return err
	}
	for _, w := range rarest {
		if set.Len()*(sieve.Span-w.n)/sieve.Span < blocks {
			break
		}
		err := c.slices(ctx, `SELECT s.seq, s.bits FROM blocks b JOIN slices s ON s.seq = b.block * ? + ?`, func(seq int64, slice []byte) {
			set.Keep(int(seq/sieve.Bits), slice)
		}, sieve.Bits, int64(w.bit))
		if err != nil {
			return err
		}
	}
	return nil
}

// weigh counts the logs of the newest finished block that have each of the bits, and puts the rarest bit first.
func (c *conn) weigh(ctx context.Context, bits []sieve.Bit) ([]weighed, error) {
	var list []weighed
	for _, bit := range slices.Compact(slices.Sorted(slices.Values(bits))) {
		w := weighed{bit: bit}
		var slice handed
		if err := c.row(ctx, `SELECT bits FROM slices WHERE seq = (SELECT max(block) FROM blocks) * ? + ?`, sieve.Bits, int64(bit)).Scan(&slice); err != nil {
			return nil, err
		}
		w.n = sieve.Count(slice)
		list = append(list, w)
	}
	slices.SortStableFunc(list, func(a, b weighed) int { return cmp.Compare(a.n, b.n) })
	return list, nil
}
