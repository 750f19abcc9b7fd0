package store

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
)

// Walk reads all logs of a file in the order of storing, one after the other; f must not keep doc.
// What is stored meanwhile may be left out. It holds few documents in memory. It reads ahead,
// beside f, so it is not for a Batch.
func (s *Store) Walk(ctx context.Context, fileID string, f func(doc []byte) error) error {
	r := &walker{s: s, what: "cannot read the logs", free: make(chan []byte, walkAhead+1)}
	var list iter.Seq[portion]
	err := s.view(ctx, r.what, func(c *conn) error {
		of, err := c.file(ctx, fileID)
		if err != nil {
			return err
		}
		r.file = of.seq
		list, err = c.portionsOf(ctx, of.seq)
		return err
	})
	if err != nil {
		return err
	}
	r.ctx, r.end = context.WithCancel(ctx)
	defer r.stop()
	var reading []<-chan walked
	for p := range list {
		if reading = append(reading, r.read(p)); len(reading) < walkAhead {
			continue
		}
		if err := r.handOut(reading[0], f); err != nil {
			return err
		}
		reading = reading[1:]
	}
	for _, parts := range reading {
		if err := r.handOut(parts, f); err != nil {
			return err
		}
	}
	return nil
}

// portion is logs of a file that are read one after the other: those with some numbers, or where
// there are none all from one number up to another.
type portion struct {
	numbers   []int64
	from, end int64
}

// after is what is left of the portion behind a number.
func (p portion) after(seq int64) portion {
	if p.numbers == nil {
		return portion{from: seq + 1, end: p.end}
	}
	at, found := slices.BinarySearch(p.numbers, seq)
	if found {
		at++
	}
	return portion{numbers: p.numbers[at:]}
}

// empty reports whether nothing is left.
func (p portion) empty() bool { return len(p.numbers) == 0 && p.from >= p.end }

// portionsOf are all logs of a file. Where they are most of the logs of the store the others are
// passed over, else the numbers of all are held in memory.
func (c *conn) portionsOf(ctx context.Context, file int64) (iter.Seq[portion], error) {
	if c.d.single {
		all, err := c.logs(ctx, scope{file: file})
		if err != nil {
			return nil, err
		}
		var from, end int64
		err = c.row(ctx, `SELECT coalesce((SELECT min(seq) FROM logs), 0), coalesce((SELECT max(seq) + 1 FROM logs), 0)`).Scan(&from, &end)
		if err != nil || 2*all >= end-from {
			return spans(from, end), err
		}
	}
	var numbers []int64
	err := c.collect(ctx, func(rows scanner) error {
		var seq int64
		defer func() { numbers = append(numbers, seq) }()
		return rows.Scan(&seq)
	}, `SELECT seq FROM logs WHERE file = ?`, file) // an index has it, in another order
	slices.Sort(numbers)
	return func(yield func(portion) bool) {
		for some := range slices.Chunk(numbers, walkLogs) {
			if !yield(portion{numbers: some}) {
				return
			}
		}
	}, err
}

// spans are all logs from one number up to another.
func spans(from, end int64) iter.Seq[portion] {
	return func(yield func(portion) bool) {
		for ; from < end; from += spanLogs {
			if !yield(portion{from: from, end: min(from+spanLogs, end)}) {
				return
			}
		}
	}
}

// walker reads portions of the logs of a file side by side.
type walker struct {
	s       *Store
	what    string
	file    int64
	ctx     context.Context
	end     context.CancelFunc
	readers sync.WaitGroup
	free    chan []byte // memory of parts that were handed out
}

// walked is a part: what one transaction reads of a portion, or why it cannot.
type walked struct {
	docs [][]byte
	room []byte // the memory of the documents, if they share one
	err  error
}

// stop waits until nobody reads any more.
func (r *walker) stop() {
	r.end()
	r.readers.Wait()
}

// read reads a portion, in parts where its logs are large: each when the one before was taken.
func (r *walker) read(p portion) <-chan walked {
	parts := make(chan walked)
	r.readers.Go(func() {
		defer close(parts)
		for !p.empty() {
			var one walked
			rest := p
			one.err = r.s.view(r.ctx, r.what, func(c *conn) (err error) {
				if c.d.single {
					one, rest, err = c.visited(r.ctx, r.file, p, r.room())
				} else {
					one, rest, err = c.numberedPart(r.ctx, p)
				}
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
			p = rest
		}
	})
	return parts
}

// room is memory for the documents of a part.
func (r *walker) room() []byte {
	select {
	case room := <-r.free:
		return room[:0]
	default:
		return nil
	}
}

// handOut gives the logs of a portion to f.
func (r *walker) handOut(parts <-chan walked, f func(doc []byte) error) error {
	for one := range parts {
		if one.err != nil {
			return one.err
		}
		for _, doc := range one.docs {
			if err := f(doc); err != nil {
				return err
			}
		}
		select {
		case r.free <- one.room:
		default:
		}
	}
	return nil
}

// numberedPart reads a part by the numbers of its logs.
func (c *conn) numberedPart(ctx context.Context, p portion) (one walked, rest portion, err error) {
	list, err := c.numbered(ctx, p.numbers)
	if err != nil {
		return one, p, err
	}
	for _, l := range list {
		one.docs = append(one.docs, l.bytes())
	}
	if n := len(list); n > 0 && size(list) > walkBytes {
		return one, p.after(list[n-1].seq), nil
	}
	return one, portion{}, nil
}

// walkAhead is how many portions are read at a time, the one that is handed out among them.
const walkAhead = 3

// How many logs, and about how many bytes of them, are read at a time.
const (
	walkLogs  = 256 // by their numbers,
	spanLogs  = 512 // and one after the other
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
