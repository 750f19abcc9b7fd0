package store

import (
	"cmp"
	"context"
	"slices"
)

// ranks finds logs by their rank: how many logs come before them in a list. Buckets of the list
// have stored counts, so that only the logs of one bucket are counted.
type ranks struct {
	c       *conn
	sc      scope
	buckets []bucket
	above   []int64 // how many logs are in the buckets before each
	total   int64
}

func (c *conn) ranks(ctx context.Context, sc scope) (*ranks, error) {
	buckets, err := c.buckets(ctx, sc)
	if err != nil {
		return nil, err
	}
	r := &ranks{c: c, sc: sc, buckets: buckets}
	for _, b := range buckets {
		r.above = append(r.above, r.total)
		r.total += b.n
	}
	return r, nil
}

// next is the position at which bucket i ends.
func (r *ranks) next(i int) position {
	if i == 0 {
		return highest
	}
	return r.buckets[i-1].position
}

// of is the rank of a position: how many logs come before it, without one at the position itself.
func (r *ranks) of(ctx context.Context, p position) (n int64, err error) {
	if len(r.buckets) == 0 {
		return 0, nil
	}
	i := under(r.buckets, p)
	where, args := r.sc.where()
	end := r.next(i)
	err = r.c.row(ctx, `SELECT count(*) FROM logs`+where+` AND (created, seq) > (?, ?) AND (created, seq) < (?, ?)`,
		append(args, p.created, p.seq, end.created, end.seq)...).Scan(&n)
	return r.above[i] + n, err
}

// window returns the ranks from start to end, without end, of the logs between the dates of a
// selection.
func (r *ranks) window(ctx context.Context, sel selection) (start, end int64, err error) {
	if end = r.total; !sel.dated {
		return 0, end, nil
	}
	if start, err = r.of(ctx, position{sel.to, highest.seq}); err != nil {
		return 0, 0, err
	}
	if end, err = r.of(ctx, position{sel.from, -1}); err != nil {
		return 0, 0, err
	}
	return start, max(start, end), nil
}

// each calls take with the numbers of the logs from one rank up to another.
func (r *ranks) each(ctx context.Context, from, end int64, take func(seq int64)) error {
	if from >= end || len(r.buckets) == 0 {
		return nil
	}
	i, _ := slices.BinarySearchFunc(r.above, from+1, cmp.Compare)
	i-- // the last bucket with at most from logs before it
	where, args := r.sc.where()
	p := r.next(i)
	return r.c.collect(ctx, func(rows scanner) error {
		var seq int64
		err := rows.Scan(&seq)
		take(seq)
		return err
	}, `SELECT seq FROM logs`+where+` AND (created, seq) < (?, ?) ORDER BY created DESC, seq DESC LIMIT ? OFFSET ?`,
		append(args, p.created, p.seq, end-from, from-r.above[i])...)
}
