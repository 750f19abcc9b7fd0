package store

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Walk reads all logs of a file in the order of storing, one after the other; f must not keep doc.
// What is stored meanwhile may be left out. It holds the numbers of all of them in memory, and few
// documents. It reads ahead, beside f, so it is not for a Batch.
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
		return c.collect(ctx, func(rows scanner) error {
			var seq int64
			defer func() { left = append(left, seq) }()
			return rows.Scan(&seq)
		}, `SELECT seq FROM logs WHERE file = ?`, of.seq) // an index has it, in another order
	})
	if err != nil {
		return err
	}
	slices.Sort(left)
	r := &walker{s: s, what: what}
	r.ctx, r.end = context.WithCancel(ctx)
	defer r.stop()
	var reading []<-chan walked
	for portion := range slices.Chunk(left, walkLogs) {
		if reading = append(reading, r.read(portion)); len(reading) < walkAhead {
			continue
		}
		if err := handOut(reading[0], f); err != nil {
			return err
		}
		reading = reading[1:]
	}
	for _, parts := range reading {
		if err := handOut(parts, f); err != nil {
			return err
		}
	}
	return nil
}

// walker reads portions of the logs of a file beside each other.
type walker struct {
	s       *Store
	what    string
	ctx     context.Context
	end     context.CancelFunc
	readers sync.WaitGroup
}

// walked is a part of a portion, or why it could not be read.
type walked struct {
	part []*composed
	err  error
}

// stop waits until nobody reads any more.
func (r *walker) stop() {
	r.end()
	r.readers.Wait()
}

// read reads a portion, in parts where its logs are large: each when the one before was taken.
func (r *walker) read(portion []int64) <-chan walked {
	parts := make(chan walked)
	r.readers.Go(func() {
		defer close(parts)
		for len(portion) > 0 {
			var one walked
			one.err = r.s.view(r.ctx, r.what, func(c *conn) (err error) {
				one.part, err = c.numbered(r.ctx, portion)
				return err
			})
			select {
			case parts <- one:
			case <-r.ctx.Done():
				return
			}
			if one.err != nil {
				return
			}
			done := len(portion)
			if n := len(one.part); n > 0 && size(one.part) > walkBytes {
				done, _ = slices.BinarySearch(portion, one.part[n-1].seq)
				done++
			}
			portion = portion[done:]
		}
	})
	return parts
}

// handOut gives the logs of a portion to f.
func handOut(parts <-chan walked, f func(id string, doc []byte) error) error {
	for one := range parts {
		if one.err != nil {
			return one.err
		}
		for _, row := range one.part {
			if err := f(row.id, row.bytes()); err != nil {
				return err
			}
		}
	}
	return nil
}

// walkAhead is how many portions are read at a time, the one that is handed out among them.
const walkAhead = 3

// How many logs, and about how many bytes of them, are read at a time.
const (
	walkLogs  = 256
	walkBytes = 4 << 20
)

// numbered reads the logs with some numbers, in their order: all that are still there, or the
// first of them once they are large.
func (c *conn) numbered(ctx context.Context, numbers []int64) (part []*composed, err error) {
	order := ``
	if !c.d.single { // a file gives them in this order
		order = ` ORDER BY l.seq`
	}
	err = c.collect(ctx, func(rows scanner) error {
		if size(part) > walkBytes {
			return errEnough
		}
		var l composed
		var doc handed
		err := rows.Scan(&l.seq, &l.id, &l.how, &doc)
		l.doc, part = doc, append(part, &l)
		return err
	}, `SELECT l.seq, l.id, `+howManyShown+`, `+c.d.whole(`l`)+c.d.ofNumbers(walkLogs)+order, numbersOf(numbers, walkLogs)...)
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
