package store

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"errata/api"
	"errata/api/store/index"
)

// streamAhead is how many positions a stream reads at once, where nobody says otherwise.
const streamAhead = 512

// stream lists the positions of the logs of one file that a scan has to look at, in the order of
// the scan.
type stream struct {
	sel    selection
	set    *index.Set // the candidates of the search; nil for all
	oldest bool
	where  string // the condition for the database, and its arguments
	args   []any

	at    position   // the last position that was read
	ahead []position // positions that were read and not used yet
	done  bool
	total int64 // number of positions, or an upper bound

	together int // how many positions are read at once
}

// stream starts at the first log of a selection.
func (c *conn) stream(ctx context.Context, sel selection, q api.ScanQuery) (*stream, error) {
	st := &stream{sel: sel, oldest: q.Oldest, at: position{sel.to, highest.seq}, together: streamAhead}
	st.where, st.args = sel.scope.where()
	if q.Corrected {
		st.where += ` AND original IS NOT NULL`
	}
	if err := st.count(ctx, c, q.Corrected); err != nil {
		return nil, err
	}
	// Two of the bounds are left to the database: the position that was reached, and the last time.
	bound, last := ` AND created >= ?`, sel.from
	if q.Oldest {
		st.at = position{never, -1}
		bound, last = ` AND created <= ?`, sel.to
		if sel.dated {
			st.at.created = sel.from
		}
	}
	if st.set != nil && st.set.Len() <= readAllMost {
		return st, st.gather(ctx, c)
	}
	if sel.dated {
		st.where += bound
		st.args = append(st.args, last)
	}
	return st, nil
}

// gather learns where all candidates are: they are few, and the other logs are not gone through.
func (st *stream) gather(ctx context.Context, c *conn) error {
	from, to := st.sel.from, st.sel.to
	if !st.sel.dated {
		from, to = math.MinInt64, math.MaxInt64
	}
	where := st.where + ` AND created >= ? AND created <= ? AND seq IN (?` + strings.Repeat(`, ?`, eachTogether-1) + `)`
	for some := range portions(st.set.Each(0, st.set.Cap()), eachTogether) {
		args := append(slices.Clip(st.args), from, to)
		for i := range eachTogether {
			if i < len(some) {
				args = append(args, some[i])
				continue
			}
			args = append(args, nobody)
		}
		err := c.collect(ctx, func(rows scanner) error {
			var p position
			err := rows.Scan(&p.created, &p.seq)
			st.ahead = append(st.ahead, p)
			return err
		}, `SELECT created, seq FROM logs`+where, args...)
		if err != nil {
			return err
		}
	}
	slices.SortFunc(st.ahead, func(a, b position) int {
		if st.oldest {
			return a.compare(b)
		}
		return b.compare(a)
	})
	st.done, st.total = true, int64(len(st.ahead))
	return nil
}

// count learns how many logs there are to look at.
func (st *stream) count(ctx context.Context, c *conn, corrected bool) error {
	if !c.d.counted || corrected {
		where, args := st.where, st.args
		if st.sel.dated {
			where += ` AND created >= ? AND created <= ?`
			args = append(args[:len(args):len(args)], st.sel.from, st.sel.to)
		}
		if err := c.row(ctx, `SELECT count(*) FROM logs`+where, args...).Scan(&st.total); err != nil {
			return err
		}
	} else {
		r, err := c.ranks(ctx, st.sel.scope)
		if err != nil {
			return err
		}
		start, end, err := r.window(ctx, st.sel)
		if err != nil {
			return err
		}
		st.total = end - start
	}
	if !st.sel.reads() {
		return nil
	}
	var err error
	if st.set, err = c.candidates(ctx, st.sel); err == nil {
		st.total = min(st.total, int64(st.set.Len()))
	}
	return err
}

// fill reads further positions when none is left, unless the stream is at its end.
func (st *stream) fill(ctx context.Context, c *conn) error {
	for len(st.ahead) == 0 && !st.done {
		after, order := ` AND (created, seq) < (?, ?)`, ` ORDER BY created DESC, seq DESC LIMIT ?`
		if st.oldest {
			after, order = ` AND (created, seq) > (?, ?)`, ` ORDER BY created, seq LIMIT ?`
		}
		read := 0
		err := c.collect(ctx, func(rows scanner) error {
			var p position
			err := rows.Scan(&p.created, &p.seq)
			if st.at = p; st.set == nil || st.set.Has(p.seq) {
				st.ahead = append(st.ahead, p)
			}
			read++
			return err
		}, `SELECT created, seq FROM logs`+st.where+after+order, append(st.args[:len(st.args):len(st.args)], st.at.created, st.at.seq, st.together)...)
		if err != nil {
			return err
		}
		st.done = read < st.together
	}
	return nil
}

// next takes the position that comes first in some streams, which are in the order of their
// prompts; ok is false when none has any more. of is the file of the log there.
func (c *conn) next(ctx context.Context, streams []*stream) (next position, of int64, ok bool, err error) {
	var first *stream
	for _, st := range streams {
		if err := st.fill(ctx, c); err != nil {
			return next, 0, false, err
		}
		if len(st.ahead) > 0 && (first == nil || st.before(first)) {
			first = st
		}
	}
	if first == nil {
		return next, 0, false, nil
	}
	next, first.ahead = first.ahead[0], first.ahead[1:]
	return next, first.sel.scope.file, true, nil
}

// before reports whether the next log of a stream comes before that of an earlier one.
func (st *stream) before(earlier *stream) bool {
	return api.Precedes(cmp.Compare(st.ahead[0].created, earlier.ahead[0].created), st.oldest)
}
