package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"math"
	"slices"
	"sort"
)

// scope is a list of logs: those of a file, or of one of its versions when version is not 0.
type scope struct{ file, version int64 }

// place is a place in the order of logs. The list shows the largest first.
type place struct{ created, seq int64 }

func (p place) compare(o place) int {
	return cmp.Or(cmp.Compare(p.created, o.created), cmp.Compare(p.seq, o.seq))
}

// The ends of the order.
var (
	lowest  = place{never, 0}
	highest = place{math.MaxInt64, math.MaxInt64}
)

// mark counts the logs of a scope from its place up to the next mark.
type mark struct {
	place
	n int64
}

// markMost is how many logs a mark counts at most; then it is split. It bounds the walk to any place of a list.
const markMost = 4096

// delta is a log that has come to a place, or left it.
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
	if c.d.sieve {
		c.deltas = append(c.deltas, d)
	}
}

// few is how many changes of a scope are counted one by one. With more, all its marks are read once.
const few = 4

// count writes the changes of a transaction to the marks.
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
		var changed map[place]mark
		var err error
		if len(deltas) <= few {
			changed, err = c.countOne(ctx, sc, deltas)
		} else {
			changed, err = c.countMany(ctx, sc, deltas)
		}
		if err != nil {
			return err
		}
		for _, m := range changed {
			if err := c.keep(ctx, sc, m); err != nil {
				return err
			}
		}
	}
	return nil
}

// countOne finds the marks of a few changes.
func (c *conn) countOne(ctx context.Context, sc scope, deltas []delta) (map[place]mark, error) {
	changed := map[place]mark{}
	for _, d := range deltas {
		var m mark
		err := c.row(ctx, `SELECT created, seq, n FROM marks WHERE file = ? AND version = ? AND (created, seq) <= (?, ?)
			ORDER BY created DESC, seq DESC LIMIT 1`, sc.file, sc.version, d.created, d.seq).Scan(&m.created, &m.seq, &m.n)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			m = mark{place: lowest}
		case err != nil:
			return nil, err
		}
		if known, ok := changed[m.place]; ok {
			m = known
		}
		m.n += d.by
		changed[m.place] = m
	}
	return changed, nil
}

// countMany reads all marks of a scope and counts many changes.
func (c *conn) countMany(ctx context.Context, sc scope, deltas []delta) (map[place]mark, error) {
	marks, err := c.marks(ctx, sc)
	if err != nil {
		return nil, err
	}
	if len(marks) == 0 {
		marks = []mark{{place: lowest}}
	}
	changed := map[place]mark{}
	for _, d := range deltas {
		m := &marks[under(marks, place{d.created, d.seq})]
		m.n += d.by
		changed[m.place] = *m
	}
	return changed, nil
}

// marks lists the marks of a scope, newest first.
func (c *conn) marks(ctx context.Context, sc scope) (list []mark, err error) {
	err = c.collect(ctx, func(rows *sql.Rows) error {
		var m mark
		err := rows.Scan(&m.created, &m.seq, &m.n)
		list = append(list, m)
		return err
	}, `SELECT created, seq, n FROM marks WHERE file = ? AND version = ? ORDER BY created DESC, seq DESC`, sc.file, sc.version)
	return list, err
}

// under is the position of the mark that counts a place. There is one: the last stands at the lowest place.
func under(marks []mark, p place) int {
	return sort.Search(len(marks)-1, func(i int) bool { return marks[i].compare(p) <= 0 })
}

// keep stores a mark, split when it has grown too large.
func (c *conn) keep(ctx context.Context, sc scope, m mark) error {
	pieces := []mark{m}
	if m.n > markMost {
		var err error
		if pieces, err = c.split(ctx, sc, m); err != nil {
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

// split cuts a mark into pieces of half the size that one may have, counting the logs anew.
func (c *conn) split(ctx context.Context, sc scope, m mark) ([]mark, error) {
	end := highest
	err := c.row(ctx, `SELECT created, seq FROM marks WHERE file = ? AND version = ? AND (created, seq) > (?, ?) ORDER BY created, seq LIMIT 1`,
		sc.file, sc.version, m.created, m.seq).Scan(&end.created, &end.seq)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	where, args := sc.where()
	args = append(args, m.created, m.seq, end.created, end.seq)
	pieces := []mark{{place: m.place}}
	err = c.collect(ctx, func(rows *sql.Rows) error {
		var p place
		if err := rows.Scan(&p.created, &p.seq); err != nil {
			return err
		}
		if pieces[len(pieces)-1].n == markMost/2 {
			pieces = append(pieces, mark{place: p})
		}
		pieces[len(pieces)-1].n++
		return nil
	}, `SELECT created, seq FROM logs`+where+` AND (created, seq) >= (?, ?) AND (created, seq) < (?, ?) ORDER BY created, seq`, args...)
	return pieces, err
}

// recount makes all marks anew, and tells whether those that were there counted wrong.
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
		if err := c.keep(ctx, sc, mark{lowest, n}); err != nil {
			return false, err
		}
	}
	return !maps.Equal(kept, actual), nil
}

// How many logs the scopes have that have any: as the marks say, and as it is.
const (
	countsKept = `SELECT file, version, sum(n) FROM marks GROUP BY file, version HAVING sum(n) <> 0`
	countsTrue = `SELECT file, 0, count(*) FROM logs GROUP BY file
		UNION ALL SELECT file, version, count(*) FROM logs WHERE version <> 0 GROUP BY file, version`
)

// counts reads the counts of scopes.
func (c *conn) counts(ctx context.Context, query string) (map[scope]int64, error) {
	list := map[scope]int64{}
	err := c.collect(ctx, func(rows *sql.Rows) error {
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
	if c.d.sieve {
		err = c.row(ctx, `SELECT coalesce(sum(n), 0) FROM marks WHERE file = ? AND version = ?`, sc.file, sc.version).Scan(&n)
		return n, err
	}
	where, args := sc.where()
	err = c.row(ctx, `SELECT count(*) FROM logs`+where, args...).Scan(&n)
	return n, err
}

// ranks finds places of a scope by how many logs come before them in the list.
type ranks struct {
	c     *conn
	sc    scope
	marks []mark
	above []int64 // how many logs the marks before each count
	total int64
}

func (c *conn) ranks(ctx context.Context, sc scope) (*ranks, error) {
	marks, err := c.marks(ctx, sc)
	if err != nil {
		return nil, err
	}
	r := &ranks{c: c, sc: sc, marks: marks}
	for _, m := range marks {
		r.above = append(r.above, r.total)
		r.total += m.n
	}
	return r, nil
}

// next is the place where the logs that mark i counts end.
func (r *ranks) next(i int) place {
	if i == 0 {
		return highest
	}
	return r.marks[i-1].place
}

// of is how many logs come before a place in the list; one at the place itself does not count.
func (r *ranks) of(ctx context.Context, p place) (n int64, err error) {
	if len(r.marks) == 0 {
		return 0, nil
	}
	i := under(r.marks, p)
	where, args := r.sc.where()
	end := r.next(i)
	err = r.c.row(ctx, `SELECT count(*) FROM logs`+where+` AND (created, seq) > (?, ?) AND (created, seq) < (?, ?)`,
		append(args, p.created, p.seq, end.created, end.seq)...).Scan(&n)
	return r.above[i] + n, err
}

// each hands out the numbers of the logs from one rank up to another.
func (r *ranks) each(ctx context.Context, from, end int64, take func(seq int64)) error {
	if from >= end || len(r.marks) == 0 {
		return nil
	}
	i, _ := slices.BinarySearchFunc(r.above, from+1, cmp.Compare)
	i-- // the last mark before which at most from logs come
	where, args := r.sc.where()
	p := r.next(i)
	return r.c.collect(ctx, func(rows *sql.Rows) error {
		var seq int64
		err := rows.Scan(&seq)
		take(seq)
		return err
	}, `SELECT seq FROM logs`+where+` AND (created, seq) < (?, ?) ORDER BY created DESC, seq DESC LIMIT ? OFFSET ?`,
		append(args, p.created, p.seq, end-from, from-r.above[i])...)
}
