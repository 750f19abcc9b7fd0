package store

import (
	"context"
	"database/sql/driver"
)

// visited reads a part of a portion of a file in SQLite into room: all of it, or the first logs
// once they are large. A log that is large is a part of its own.
func (c *conn) visited(ctx context.Context, file int64, p portion, room []byte) (one walked, rest portion, err error) {
	v := visitedPart{buf: room, of: p}
	query, args := spanVisited(), []any{p.from, p.end}
	if p.numbers != nil {
		query, args = `SELECT 1`+c.d.ofNumbers(walkLogs)+` AND`+visitedLogs()+` LIMIT 1`, numbersOf(p.numbers, walkLogs)
	}
	if err := c.visit(ctx, v.take, query, append(args, file)...); err != nil {
		return one, p, err
	}
	if v.large != 0 {
		list, err := c.numbered(ctx, []int64{v.large})
		for _, l := range list {
			one.docs = append(one.docs, l.bytes())
		}
		return one, v.rest, err
	}
	one.room = v.buf
	from := 0
	for _, end := range v.ends {
		one.docs = append(one.docs, v.buf[from:end:end])
		from = end
	}
	for i, l := range v.judged {
		l.doc = one.docs[v.places[i]]
	}
	err = c.compose(ctx, v.judged)
	for i, l := range v.judged {
		one.docs[v.places[i]] = l.bytes()
	}
	return one, v.rest, err
}

// What visitedPart.take sees of each log.
func visitedLogs() string {
	return ` CASE WHEN l.file = ? THEN visit(?, l.seq, ` + howManyShown + `, CAST(l.id AS BLOB), ` + upTo(walkBytes, `l`) + `) END`
}

func spanVisited() string {
	return `SELECT 1 FROM logs l NOT INDEXED WHERE l.seq >= ? AND l.seq < ? AND` + visitedLogs() + ` ORDER BY l.seq LIMIT 1`
}

// visitedPart is a part that is being read.
type visitedPart struct {
	of, rest portion
	large    int64 // the number of the log that is all of the part; 0 for none

	buf    []byte // the documents
	ends   []int  // where each of them ends
	judged []*composed
	places []int // of those that are judged, among all
}

// take takes the next log.
func (v *visitedPart) take(row []driver.Value) (enough bool, err error) {
	seq, how := row[0].(int64), row[1].(int64)
	doc, small := row[3].([]byte)
	if !small {
		if v.rest = v.of.after(seq - 1); len(v.ends) == 0 {
			v.large, v.rest = seq, v.of.after(seq)
		}
		return true, nil
	}
	if how != 0 {
		v.judged = append(v.judged, &composed{seq: seq, id: string(row[2].([]byte)), how: int(how)})
		v.places = append(v.places, len(v.ends))
	}
	v.buf = append(v.buf, doc...)
	v.ends = append(v.ends, len(v.buf))
	if len(v.buf) > walkBytes {
		v.rest = v.of.after(seq)
		return true, nil
	}
	return false, nil
}
