package store

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"

	"errata/api"
)

// The documents of a page are read together as long as they are few and small.
const (
	docsTogether  = 32
	bytesTogether = 4 << 20
)

// collectFrom is the size of what was read together from which the memory of it is given back at
// once: the next documents of this size then take its place, rather than a place beside it.
const collectFrom = 16 << 20

// writePage writes a page whose logs are chosen, each with the logs within it. One that was deleted
// meanwhile is left out.
func (s *Store) writePage(ctx context.Context, p *page, with includes, cut int, w io.Writer) error {
	n := newNestedWriter(p, cut, w)
	for some := range slices.Chunk(p.chosen, docsTogether) {
		parts, err := s.parts(ctx, some, with)
		if err != nil {
			return err
		}
		for together := range slices.Chunk(parts, docsTogether) {
			if err := s.writeParts(ctx, n, together); err != nil {
				return err
			}
		}
	}
	if err := n.close(0); err != nil {
		return err
	}
	_, err := w.Write(p.close())
	return err
}

// parts lists logs by their numbers, each with the logs within it.
func (s *Store) parts(ctx context.Context, seqs []int64, with includes) (parts []placed, err error) {
	if with == nil {
		for _, seq := range seqs {
			parts = append(parts, placed{seq: seq})
		}
		return parts, nil
	}
	err = s.look(ctx, listing, func(c *conn) error {
		parts = nil
		for _, seq := range seqs {
			log := placed{seq: seq}
			err := c.row(ctx, `SELECT id FROM logs WHERE seq = ?`, seq).Scan(&log.id)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			all, err := with(ctx, c, log)
			if err != nil {
				return err
			}
			parts = append(parts, all...)
		}
		return nil
	})
	return parts, err
}

// writeParts writes at most docsTogether logs, reading as many of them together as are not large.
func (s *Store) writeParts(ctx context.Context, to *nestedWriter, parts []placed) error {
	seqs := make([]int64, len(parts))
	for i, p := range parts {
		seqs[i] = p.seq
	}
	sizes, err := s.sizes(ctx, seqs)
	if err != nil {
		return err
	}
	for len(seqs) > 0 {
		n, size := atOnce(seqs, sizes)
		if err := api.Reserve(ctx, readCopies*size); err != nil {
			return err
		}
		docs, err := s.documents(ctx, seqs[:n])
		if err != nil {
			return err
		}
		to.page.room(docs)
		for i, doc := range docs {
			if err := to.put(parts[i], doc); err != nil {
				return err
			}
		}
		seqs, parts = seqs[n:], parts[n:]
		if clear(docs); size >= collectFrom {
			runtime.GC()
		}
	}
	return nil
}

// atOnce is how many of the logs are read together, and their size.
func atOnce(seqs []int64, sizes map[int64]int64) (n int, size int64) {
	for _, seq := range seqs {
		if n > 0 && size+sizes[seq] > bytesTogether {
			break
		}
		size += sizes[seq]
		n++
	}
	return n, size
}

// sizes are the sizes of documents, in bytes.
func (s *Store) sizes(ctx context.Context, seqs []int64) (map[int64]int64, error) {
	var sizes map[int64]int64
	err := s.look(ctx, listing, func(c *conn) error {
		sizes = map[int64]int64{}
		return c.collect(ctx, func(rows scanner) error {
			var seq, size int64
			err := rows.Scan(&seq, &size)
			sizes[seq] = size
			return err
		}, `SELECT l.seq, `+c.d.size(`l`)+c.d.ofNumbers(docsTogether), numbersOf(seqs, docsTogether)...)
	})
	return sizes, err
}

// documents reads documents by their numbers, in this order, each in pieces; nil for one that is
// not there.
func (s *Store) documents(ctx context.Context, seqs []int64) ([][][]byte, error) {
	docs := make([][][]byte, len(seqs))
	err := s.look(ctx, listing, func(c *conn) error {
		rows := make(map[int64]*composed, len(seqs))
		err := c.collect(ctx, func(r scanner) error {
			var l composed
			var doc handed
			err := r.Scan(&l.seq, &l.id, &l.how, &doc)
			l.doc, rows[l.seq] = doc, &l
			return err
		}, `SELECT l.seq, l.id, `+howManyShown+`, `+c.d.whole(`l`)+c.d.ofNumbers(docsTogether), numbersOf(seqs, docsTogether)...)
		if err == nil {
			err = c.compose(ctx, slices.Collect(maps.Values(rows)))
		}
		for i, seq := range seqs {
			if docs[i] = nil; rows[seq] != nil {
				docs[i] = rows[seq].handedOut()
			}
		}
		return err
	})
	return docs, err
}

// docsParameters are the parameters of a statement on docsTogether values, see padded.
func docsParameters() string { return `?` + strings.Repeat(`, ?`, docsTogether-1) }
