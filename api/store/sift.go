package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"

	"errata/api/store/sieve"
)

// siftMost is how many candidates are all read to answer a list. With more, logs are read in the order of the list until the page is full.
const siftMost = 2000

// sifted fills the page with the logs that a search or another filter selects. The sieve leaves the candidates; each is looked at.
func (s *Store) sifted(ctx context.Context, c *conn, p *page, sel selection) error {
	set, err := c.candidates(ctx, sel.bits())
	if err != nil {
		return err
	}
	most := set.Len()
	if most > siftMost {
		all, err := c.logs(ctx, sel.scope)
		if err != nil {
			return err
		}
		most = min(most, int(all))
	}
	if sel.sample > 0 && sel.draw(most) {
		most = sel.sample + sel.sample/2
	}
	if set.Len() <= siftMost {
		return c.pickAll(ctx, p, sel, set)
	}
	ended, err := c.pickSome(ctx, p, sel, set)
	if err != nil || ended {
		return err
	}
	p.total = max(most, p.total)
	if s.batch(ctx) != nil {
		p.total, err = c.countAll(ctx, sel, set, 0, set.Cap())
		return err
	}
	p.counting = s.totals.begin(s, sel, set)
	return nil
}

// pickAll looks at all candidates.
func (c *conn) pickAll(ctx context.Context, p *page, sel selection, set *sieve.Set) error {
	var hits []place
	for seq := range set.Each(0, set.Cap()) {
		h, ok, err := c.selected(ctx, &sel, seq)
		if err != nil {
			return err
		}
		if ok {
			hits = append(hits, h.place)
		}
	}
	slices.SortFunc(hits, func(a, b place) int { return b.compare(a) })
	seqs := make([]int64, len(hits))
	for i, h := range hits {
		seqs[i] = h.seq
	}
	return p.fetch(ctx, c, seqs)
}

// selected looks at one log by its number.
func (c *conn) selected(ctx context.Context, sel *selection, seq int64) (h head, ok bool, err error) {
	h.seq = seq
	into := []any{&h.file, &h.version, &h.created, &h.traced, &h.id}
	query := `SELECT file, version, created, traced, id FROM logs WHERE seq = ?`
	var doc []byte
	if len(sel.text)+len(sel.metadata) > 0 {
		query = `SELECT file, version, created, traced, id, doc FROM logs WHERE seq = ?`
		into = append(into, &doc)
	}
	switch err := c.row(ctx, query, seq).Scan(into...); {
	case errors.Is(err, sql.ErrNoRows):
		return h, false, nil
	case err != nil:
		return h, false, err
	}
	return h, sel.admits(h) && sel.matches(doc), nil
}

// The number of places that are read at a time, first and at most.
const (
	firstPlaces = 128
	mostPlaces  = 4096
)

// pickSome looks at candidates in the order of the list until the page is full. ended tells that the list ended before, and so that the
// total is known.
func (c *conn) pickSome(ctx context.Context, p *page, sel selection, set *sieve.Set) (ended bool, err error) {
	at, size := place{sel.to, highest.seq}, firstPlaces
	if !sel.dated {
		at = highest
	}
	for {
		places, err := c.places(ctx, sel, at, size)
		if err != nil {
			return false, err
		}
		for _, next := range places {
			at = next
			if !set.Has(next.seq) {
				continue
			}
			_, ok, err := c.selected(ctx, &sel, next.seq)
			if err != nil {
				return false, err
			}
			if !ok {
				continue
			}
			if p.total >= p.skip && p.count < p.size {
				if err := p.take(ctx, c, next.seq); err != nil {
					return false, err
				}
			}
			p.total++
			if p.total > p.skip && p.count >= p.size {
				return false, nil
			}
		}
		if len(places) < size {
			return true, nil
		}
		size = min(2*size, mostPlaces)
	}
}

// take shows a log by its number.
func (p *page) take(ctx context.Context, c *conn, seq int64) error {
	row := shown{seq: seq}
	if err := c.row(ctx, `SELECT id, doc FROM logs WHERE seq = ?`, seq).Scan(&row.id, &row.doc); err != nil {
		return err
	}
	return p.show(row)
}

// places lists the next places of a list after one.
func (c *conn) places(ctx context.Context, sel selection, after place, most int) (list []place, err error) {
	where, args := sel.scope.where()
	where += ` AND (created, seq) < (?, ?)`
	args = append(args, after.created, after.seq)
	if sel.dated {
		where += ` AND created >= ?`
		args = append(args, sel.from)
	}
	err = c.collect(ctx, func(rows *sql.Rows) error {
		var p place
		err := rows.Scan(&p.created, &p.seq)
		list = append(list, p)
		return err
	}, `SELECT created, seq FROM logs`+where+` ORDER BY created DESC, seq DESC LIMIT ?`, append(args, most)...)
	return list, err
}

// countAll counts the selected logs from one number up to another.
func (c *conn) countAll(ctx context.Context, sel selection, set *sieve.Set, from, end int64) (n int, err error) {
	const dense = 4 // one of so many is a candidate: then reading all in a row is faster than reading each
	if set.Len() < int(set.Cap())/dense {
		for seq := range set.Each(from, end) {
			_, ok, err := c.selected(ctx, &sel, seq)
			if err != nil {
				return 0, err
			}
			if ok {
				n++
			}
		}
		return n, nil
	}
	err = c.collect(ctx, func(rows *sql.Rows) error {
		var h head
		var id, doc sql.RawBytes
		if err := rows.Scan(&h.seq, &h.file, &h.version, &h.created, &h.traced, &id, &doc); err != nil {
			return err
		}
		if len(sel.ids) > 0 {
			h.id = string(id)
		}
		if set.Has(h.seq) && sel.admits(h) && sel.matches(doc) {
			n++
		}
		return nil
	}, `SELECT seq, file, version, created, traced, id, doc FROM logs WHERE seq >= ? AND seq < ?`, from, end)
	return n, cmp.Or(err, ctx.Err())
}
