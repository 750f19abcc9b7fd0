package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"iter"

	"errata/api/store/index"
)

// looking checks logs of a file by their numbers.
type looking struct {
	c    *conn
	sel  *selection
	take func(position)

	h     head
	large []position // logs whose documents are read one by one

	where string // the columns that the database chooses by
	args  []any
}

func (c *conn) looking(sel *selection, take func(position)) *looking {
	k := &looking{c: c, sel: sel, take: take, h: head{scope: sel.scope, traced: sel.traced}}
	k.where, k.args = `l.file = ?`, []any{sel.file}
	if sel.version != 0 {
		k.where, k.args = k.where+` AND l.version = ?`, append(k.args, sel.version)
	}
	if sel.inTrace {
		k.where, k.args = k.where+` AND l.traced = ?`, append(k.args, sel.traced)
	}
	return k
}

// eachTogether is how many logs one statement reads, so that the same prepared statement serves any
// number.
const eachTogether = 128

// each checks logs by their numbers and calls take with the positions of those that are selected.
func (c *conn) each(ctx context.Context, sel *selection, numbers iter.Seq[int64], take func(position)) error {
	k := c.looking(sel, take)
	for some := range portions(numbers, eachTogether) {
		if err := k.numbered(ctx, append(numbersOf(some, eachTogether), k.args...)); err != nil {
			return err
		}
	}
	return k.lookAtLarge(ctx)
}

// hits puts the selected logs with numbers from one up to another into a set.
func (c *conn) hits(ctx context.Context, sel selection, set, into *index.Set, from, end int64) error {
	return c.each(ctx, &sel, set.Each(from, end), func(p position) { into.Put(p.seq, true) })
}

// numbered looks at logs with some numbers, which are the first arguments.
func (k *looking) numbered(ctx context.Context, args []any) error {
	from := k.c.d.ofNumbers(eachTogether)
	if k.c.d.single {
		return k.c.visit(ctx, k.visit, `SELECT 1`+from+k.visited(), args...)
	}
	var id, doc sql.RawBytes
	query, into := `SELECT l.seq, l.created`, []any{&k.h.seq, &k.h.created}
	if len(k.sel.ids) > 0 {
		query, into = query+`, l.id`, append(into, &id)
	}
	if k.sel.reads() {
		query, into = query+`, `+upTo(bytesTogether, `l`), append(into, &doc)
	}
	return k.c.collect(ctx, func(rows scanner) error {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		k.see(id, doc)
		return nil
	}, query+from+` AND `+k.where, args...)
}

// visited ends the condition of a statement that SQLite visits the logs by.
func (k *looking) visited() string {
	doc, id := `NULL`, `NULL`
	if k.sel.reads() {
		doc = upTo(bytesTogether, `l`)
	}
	if len(k.sel.ids) > 0 {
		id = `CAST(l.id AS BLOB)`
	}
	return ` AND CASE WHEN ` + k.where + ` THEN visit(?, l.seq, l.created, ` + doc + `, ` + id + `) END LIMIT 1`
}

// visit looks at a log that SQLite visits.
func (k *looking) visit(row []driver.Value) (enough bool, err error) {
	k.h.seq, k.h.created = row[0].(int64), row[1].(int64)
	doc, _ := row[2].([]byte)
	id, _ := row[3].([]byte)
	k.see(id, doc)
	return false, nil
}

// see looks at a log whose position was read.
func (k *looking) see(id, doc []byte) {
	if len(k.sel.ids) > 0 {
		k.h.id = string(id)
	}
	switch {
	case !k.sel.admits(k.h):
	case k.sel.reads() && doc == nil:
		k.large = append(k.large, k.h.position)
	case k.sel.matches(doc):
		k.take(k.h.position)
	}
}

// lookAtLarge looks at the logs with large documents.
func (k *looking) lookAtLarge(ctx context.Context) error {
	for _, p := range k.large {
		ok, err := k.c.largeMatches(ctx, k.sel, p.seq)
		if err != nil {
			return err
		}
		if ok {
			k.take(p)
		}
	}
	return nil
}
