package store

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"runtime"
	"slices"

	"errata/api/store/index"
)

// readAllMost is up to how many candidates a list is answered by reading all of them. With more,
// logs are read in the order of the list until the page is full.
const readAllMost = 2000

// filtered fills a page with the logs that a search or another filter selects. The index returns
// candidates, and each is read and checked.
func (s *Store) filtered(ctx context.Context, c *conn, p *page, sel selection) error {
	set, err := c.candidates(ctx, sel)
	if err != nil {
		return err
	}
	most := set.Len()
	if most > readAllMost {
		all, err := c.logs(ctx, sel.scope)
		if err != nil {
			return err
		}
		most = min(most, int(all))
	}
	if sel.sample > 0 && sel.draw(most) {
		most = sel.sample + sel.sample/2
	}
	if set.Len() <= readAllMost {
		return c.filterAll(ctx, p, sel, set)
	}
	apart := s.byItself(ctx) // a transaction sees what others do not
	if apart && s.sql.single && !s.others.watched() {
		p.unwatched = true
		return nil
	}
	var from place
	if apart {
		from = s.trails.nearest(sel, p.writes, p.skip)
	}
	passed, ended, err := c.pickSome(ctx, p, sel, set, from)
	if err != nil {
		return err
	}
	if apart {
		s.trails.learn(sel, p.writes, passed)
	}
	if ended {
		return nil
	}
	p.total = max(most, p.total)
	if !apart {
		hits := index.Empty(set.Cap())
		err = c.hits(ctx, sel, set, hits, 0, set.Cap())
		p.total = hits.Len()
		return err
	}
	if n, ok, err := s.carried(ctx, c, sel, p.since, p.number == 1); ok || err != nil {
		p.total = n
		return err
	}
	p.counting = s.totals.begin(&s.core, sel, set, p.since)
	return nil
}

// filterAll checks all candidates.
func (c *conn) filterAll(ctx context.Context, p *page, sel selection, set *index.Set) error {
	var hits []position
	err := c.each(ctx, &sel, set.Each(0, set.Cap()), func(p position) { hits = append(hits, p) })
	if err != nil {
		return err
	}
	slices.SortFunc(hits, func(a, b position) int { return b.compare(a) })
	seqs := make([]int64, len(hits))
	for i, h := range hits {
		seqs[i] = h.seq
	}
	p.fill(seqs)
	return nil
}

// selected checks one log by its number.
func (c *conn) selected(ctx context.Context, sel *selection, seq int64) (h head, ok bool, err error) {
	h.seq = seq
	into := []any{&h.file, &h.version, &h.created, &h.traced, &h.id}
	query := `SELECT file, version, created, traced, id FROM logs WHERE seq = ?`
	var doc []byte
	if sel.reads() {
		query = `SELECT file, version, created, traced, id, ` + smallDoc + ` FROM logs WHERE seq = ?`
		into = append(into, &doc)
	}
	switch err := c.row(ctx, query, seq).Scan(into...); {
	case errors.Is(err, sql.ErrNoRows):
		return h, false, nil
	case err != nil:
		return h, false, err
	case !sel.admits(h):
		return h, false, nil
	case sel.reads() && doc == nil:
		ok, err := c.largeMatches(ctx, sel, seq)
		return h, ok, err
	}
	return h, sel.matches(doc), nil
}

// smallDoc is the document of a log, NULL when it is large.
var smallDoc = upTo(bytesTogether, `logs`)

// largeMatches checks a log with a large document. One such document is read at a time, however
// many searches run.
func (c *conn) largeMatches(ctx context.Context, sel *selection, seq int64) (bool, error) {
	select {
	case c.large <- struct{}{}:
		defer func() { <-c.large }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	var doc handed
	err := c.row(ctx, `SELECT doc FROM logs WHERE seq = ?`, seq).Scan(&doc)
	if err == nil {
		doc, err = c.assemble(ctx, seq, doc)
	}
	if err != nil {
		return false, err
	}
	ok := sel.matches(doc)
	if size := len(doc); size >= collectFrom {
		doc = nil
		runtime.GC()
	}
	return ok, nil
}

// How many positions are read at a time, at first and at most.
const (
	firstPositions = 128
	mostPositions  = 4096
)

// pickSome looks at candidates in the order of the list until the page is full; it begins behind a
// place. passed are places that it came by. ended says that the list ended before, and so that the
// total is known.
func (c *conn) pickSome(ctx context.Context, p *page, sel selection, set *index.Set, from place) (passed []place, ended bool, err error) {
	at, size := position{sel.to, highest.seq}, firstPositions
	if !sel.dated {
		at = highest
	}
	if from.hits > 0 {
		at, p.total = from.position, from.hits
	}
	for {
		positions, err := c.positions(ctx, sel, at, size)
		if err != nil {
			return nil, false, err
		}
		for next, err := range c.picked(ctx, &sel, positions, set) {
			if err != nil {
				return nil, false, err
			}
			full := p.hit(next.seq)
			if p.total%trailEvery == 0 {
				passed = append(passed, place{next, p.total, 0})
			}
			if full {
				return passed, false, nil
			}
		}
		if len(positions) > 0 {
			at = positions[len(positions)-1]
		}
		if len(positions) < size {
			return passed, true, nil
		}
		size = min(2*size, mostPositions)
	}
}

// picked lists those of some positions whose logs are candidates and selected. In a file they are
// looked at one by one; a server is a way off, and is asked for some at a time.
func (c *conn) picked(ctx context.Context, sel *selection, positions []position, set *index.Set) iter.Seq2[position, error] {
	var candidates []position
	for _, p := range positions {
		if set.Has(p.seq) {
			candidates = append(candidates, p)
		}
	}
	together := pickedTogether
	if c.d.single {
		together = 1
	}
	return func(yield func(position, error) bool) {
		for some := range slices.Chunk(candidates, together) {
			hits, err := c.selectedOf(ctx, sel, some)
			if err != nil {
				yield(position{}, err)
				return
			}
			for _, p := range hits {
				if !yield(p, nil) {
					return
				}
			}
		}
	}
}

// pickedTogether is how many logs a server is asked for at a time.
const pickedTogether = 32

// selectedOf gives those of some logs that are selected.
func (c *conn) selectedOf(ctx context.Context, sel *selection, some []position) ([]position, error) {
	if len(some) == 1 {
		_, ok, err := c.selected(ctx, sel, some[0].seq)
		if !ok {
			some = nil
		}
		return some, err
	}
	numbers := make([]int64, len(some))
	for i, p := range some {
		numbers[i] = p.seq
	}
	chosen := map[int64]bool{}
	err := c.each(ctx, sel, slices.Values(numbers), func(p position) { chosen[p.seq] = true })
	return slices.DeleteFunc(some, func(p position) bool { return !chosen[p.seq] }), err
}

// positions lists the next positions in a list after one.
func (c *conn) positions(ctx context.Context, sel selection, after position, most int) (list []position, err error) {
	where, args := sel.scope.where()
	where += ` AND (created, seq) < (?, ?)`
	args = append(args, after.created, after.seq)
	if sel.dated {
		where += ` AND created >= ?`
		args = append(args, sel.from)
	}
	err = c.collect(ctx, func(rows scanner) error {
		var p position
		err := rows.Scan(&p.created, &p.seq)
		list = append(list, p)
		return err
	}, `SELECT created, seq FROM logs`+where+` ORDER BY created DESC, seq DESC LIMIT ?`, append(args, most)...)
	return list, err
}

// nobody is a number that no log has.
const nobody = int64(0)
