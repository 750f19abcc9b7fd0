package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"math"
	"sort"
)

// scope is a list of logs: those of a file, or of one of its versions when version is not 0.
type scope struct{ file, version int64 }

// position is where a log is in the order of logs: by time, then by number. Lists show the largest
// first.
type position struct{ created, seq int64 }

func (p position) compare(o position) int {
	return cmp.Or(cmp.Compare(p.created, o.created), cmp.Compare(p.seq, o.seq))
}

// The ends of the order.
var (
	lowest  = position{never, 0}
	highest = position{math.MaxInt64, math.MaxInt64}
)

// bucket counts the logs of a scope from its position up to the next bucket. The table that keeps
// the buckets has been called marks since the first schema with one.
type bucket struct {
	position
	n int64
}

// bucketMost is how many logs a bucket counts at most; then it is split. It bounds the walk to any
// position of a list.
const bucketMost = 4096

// delta is a log that was added at a position, or removed from it.
type delta struct {
	file, version, created, seq int64
	by                          int64
}

func (c *conn) added(d delta)   { d.by = 1; c.note(d) }
func (c *conn) removed(d delta) { d.by = -1; c.note(d) }
func (c *conn) moved(from, to delta) {
	if from != to {
		c.removed(from)
		c.added(to)
	}
}

func (c *conn) note(d delta) {
	c.touched(d.seq)
	if c.d.counted {
		c.deltas = append(c.deltas, d)
	}
}

// few is how many changes of a scope are counted one by one. With more, all its buckets are read
// once.
const few = 4

// count writes the changes of a transaction to the buckets.
func (c *conn) count(ctx context.Context) error {
	by := map[scope][]delta{}
	for _, d := range c.deltas {
		by[scope{d.file, 0}] = append(by[scope{d.file, 0}], d)
		if d.version != 0 {
			by[scope{d.file, d.version}] = append(by[scope{d.file, d.version}], d)
		}
	}
	c.deltas = c.deltas[:0]
	for sc, deltas := range by {
		var changed map[position]bucket
		var err error
		if len(deltas) <= few {
			changed, err = c.countOne(ctx, sc, deltas)
		} else {
			changed, err = c.countMany(ctx, sc, deltas)
		}
		if err != nil {
			return err
		}
		for _, b := range changed {
			if err := c.keep(ctx, sc, b); err != nil {
				return err
			}
		}
	}
	return nil
}

// countOne finds the buckets of a few changes.
func (c *conn) countOne(ctx context.Context, sc scope, deltas []delta) (map[position]bucket, error) {
	changed := map[position]bucket{}
	for _, d := range deltas {
		var b bucket
		err := c.row(ctx, `SELECT created, seq, n FROM marks WHERE file = ? AND version = ? AND (created, seq) <= (?, ?)
			ORDER BY created DESC, seq DESC LIMIT 1`, sc.file, sc.version, d.created, d.seq).Scan(&b.created, &b.seq, &b.n)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			b = bucket{position: lowest}
		case err != nil:
			return nil, err
		}
		if known, ok := changed[b.position]; ok {
			b = known
		}
		b.n += d.by
		changed[b.position] = b
	}
	return changed, nil
}

// countMany reads all buckets of a scope and counts many changes.
func (c *conn) countMany(ctx context.Context, sc scope, deltas []delta) (map[position]bucket, error) {
	buckets, err := c.buckets(ctx, sc)
	if err != nil {
		return nil, err
	}
	if len(buckets) == 0 {
		buckets = []bucket{{position: lowest}}
	}
	changed := map[position]bucket{}
	for _, d := range deltas {
		b := &buckets[under(buckets, position{d.created, d.seq})]
		b.n += d.by
		changed[b.position] = *b
	}
	return changed, nil
}

// buckets lists the buckets of a scope, newest first.
func (c *conn) buckets(ctx context.Context, sc scope) (list []bucket, err error) {
	err = c.collect(ctx, func(rows scanner) error {
		var b bucket
		err := rows.Scan(&b.created, &b.seq, &b.n)
		list = append(list, b)
		return err
	}, `SELECT created, seq, n FROM marks WHERE file = ? AND version = ? ORDER BY created DESC, seq DESC`, sc.file, sc.version)
	return list, err
}

// under is the position of the bucket that counts a position. There is one: the last is at the
// lowest position.
func under(buckets []bucket, p position) int {
	return sort.Search(len(buckets)-1, func(i int) bool { return buckets[i].compare(p) <= 0 })
}

// keep stores a bucket, split when it has grown too large.
func (c *conn) keep(ctx context.Context, sc scope, b bucket) error {
	pieces := []bucket{b}
	if b.n > bucketMost {
		var err error
		if pieces, err = c.split(ctx, sc, b); err != nil {
			return err
		}
	}
	for _, p := range pieces {
		err := c.exec(ctx, `INSERT INTO marks (file, version, created, seq, n) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (file, version, created, seq) DO UPDATE SET n = excluded.n`, sc.file, sc.version, p.created, p.seq, p.n)
		if err != nil {
			return err
		}
	}
	return nil
}

// split cuts a bucket into pieces of half the size that one may have, counting the logs again.
func (c *conn) split(ctx context.Context, sc scope, b bucket) ([]bucket, error) {
	end := highest
	err := c.row(ctx, `SELECT created, seq FROM marks WHERE file = ? AND version = ? AND (created, seq) > (?, ?) ORDER BY created, seq LIMIT 1`,
		sc.file, sc.version, b.created, b.seq).Scan(&end.created, &end.seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	where, args := sc.where()
	args = append(args, b.created, b.seq, end.created, end.seq)
	pieces := []bucket{{position: b.position}}
	err = c.collect(ctx, func(rows scanner) error {
		var p position
		if err := rows.Scan(&p.created, &p.seq); err != nil {
			return err
		}
		if pieces[len(pieces)-1].n == bucketMost/2 {
			pieces = append(pieces, bucket{position: p})
		}
		pieces[len(pieces)-1].n++
		return nil
	}, `SELECT created, seq FROM logs`+where+` AND (created, seq) >= (?, ?) AND (created, seq) < (?, ?) ORDER BY created, seq`, args...)
	return pieces, err
}

// recount makes all buckets again, and reports whether those that were there counted wrong.
func (c *conn) recount(ctx context.Context) (wrong bool, err error) {
	kept, err := c.counts(ctx, countsKept)
	if err != nil {
		return false, err
	}
	actual, err := c.counts(ctx, countsTrue)
	if err != nil {
		return false, err
	}
	if err := c.exec(ctx, `DELETE FROM marks`); err != nil {
		return false, err
	}
	for sc, n := range actual {
		if err := c.keep(ctx, sc, bucket{lowest, n}); err != nil {
			return false, err
		}
	}
	return !maps.Equal(kept, actual), nil
}

// How many logs the scopes have that have any: as the buckets say, and as it is.
const (
	countsKept = `SELECT file, version, sum(n) FROM marks GROUP BY file, version HAVING sum(n) <> 0`
	countsTrue = `SELECT file, 0, count(*) FROM logs GROUP BY file
		UNION ALL SELECT file, version, count(*) FROM logs WHERE version <> 0 GROUP BY file, version`
)

// counts reads the counts of scopes.
func (c *conn) counts(ctx context.Context, query string) (map[scope]int64, error) {
	list := map[scope]int64{}
	err := c.collect(ctx, func(rows scanner) error {
		var sc scope
		var n int64
		err := rows.Scan(&sc.file, &sc.version, &n)
		list[sc] = n
		return err
	}, query)
	return list, err
}

// where is the condition that chooses the logs of a scope.
func (sc scope) where() (string, []any) {
	if sc.version == 0 {
		return ` WHERE file = ?`, []any{sc.file}
	}
	return ` WHERE file = ? AND version = ?`, []any{sc.file, sc.version}
}

// logs is how many logs a scope has.
func (c *conn) logs(ctx context.Context, sc scope) (n int64, err error) {
	if c.d.counted {
		err = c.row(ctx, `SELECT coalesce(sum(n), 0) FROM marks WHERE file = ? AND version = ?`, sc.file, sc.version).Scan(&n)
		return n, err
	}
	where, args := sc.where()
	err = c.row(ctx, `SELECT count(*) FROM logs`+where, args...).Scan(&n)
	return n, err
}
