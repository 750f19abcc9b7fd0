package store

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
)

// Walk reads all logs of a file in the order of storing, one after the other; f must not keep doc.
// What is stored meanwhile may be left out. It holds the numbers of all of them in memory, and few
// documents.
func (s *Store) Walk(ctx context.Context, fileID string, f func(id string, doc []byte) error) error {
	const what = "cannot read the logs"
	var left []int64
	err := s.view(ctx, what, func(c *conn) error {
		var of file
		if err := of.scan(c.row(ctx, fileByID, fileID)); err != nil {
			return missing(err, "no file %q", fileID)
		}
		if of.deleted {
			return notFound("no file %q", fileID)
		}
		left = left[:0]
		return c.collect(ctx, func(rows *sql.Rows) error {
			var seq int64
			defer func() { left = append(left, seq) }()
			return rows.Scan(&seq)
		}, `SELECT seq FROM logs WHERE file = ?`, of.seq) // an index has it, in another order
	})
	if err != nil {
		return err
	}
	slices.Sort(left)
	for len(left) > 0 {
		var part []*composed
		portion := left[:min(len(left), walkLogs)]
		err := s.view(ctx, what, func(c *conn) (err error) {
			part, err = c.numbered(ctx, portion)
			return err
		})
		if err != nil {
			return err
		}
		for _, row := range part {
			if err := f(row.id, row.bytes()); err != nil {
				return err
			}
		}
		if n := len(part); n > 0 && size(part) > walkBytes {
			done, _ := slices.BinarySearch(portion, part[n-1].seq)
			portion = portion[:done+1]
		}
		left = left[len(portion):]
	}
	return nil
}

// How many logs, and about how many bytes of them, are read at a time.
const (
	walkLogs  = 256
	walkBytes = 4 << 20
)

// numbered reads the logs with some numbers, in their order: all that are still there, or the
// first of them once they are large.
func (c *conn) numbered(ctx context.Context, numbers []int64) (part []*composed, err error) {
	args := make([]any, len(numbers))
	for i, seq := range numbers {
		args[i] = seq
	}
	err = c.collect(ctx, func(rows *sql.Rows) error {
		if size(part) > walkBytes {
			return errEnough
		}
		var l composed
		var doc handed
		err := rows.Scan(&l.seq, &l.id, &l.how, &doc)
		l.doc, part = doc, append(part, &l)
		return err
	}, `SELECT l.seq, l.id, `+howShown+`, `+c.d.whole(`l`)+` FROM logs l WHERE l.seq IN (?`+strings.Repeat(", ?", len(numbers)-1)+`) ORDER BY l.seq`, args...)
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return part, c.compose(ctx, part)
}

func size(part []*composed) (n int) {
	for _, row := range part {
		n += len(row.doc)
	}
	return n
}

// errEnough ends the reading of rows.
var errEnough = errors.New("enough")
