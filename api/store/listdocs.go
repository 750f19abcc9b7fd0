package store

import (
	"context"
	"database/sql"
	"io"
	"runtime"
	"strings"

	"errata/api"
	"errata/model/jsonraw"
)

// The documents of a page are read together as long as they are few and small.
const (
	docsTogether  = 32
	bytesTogether = 4 << 20
)

// collectFrom is the size of what was read together from which the memory of it is given back at
// once: the next documents of this size then take its place, rather than a place beside it.
const collectFrom = 16 << 20

// dress is what becomes of a document before it is listed.
type dress func(ctx context.Context, c *conn, row shown) ([]byte, error)

// dresser is what a query wants to be made of the documents of a file.
func (s *Store) dresser(kind api.FileKind, q api.LogQuery) dress {
	var filled dress
	switch {
	case q.IncludeTraceChildren && (kind == api.FlowFile || kind == api.AgentFile):
		filled = func(ctx context.Context, c *conn, row shown) ([]byte, error) {
			return s.withChildren(ctx, c, row, map[string]bool{})
		}
	case q.IncludeParent && kind == api.EvaluatorFile:
		filled = func(ctx context.Context, c *conn, row shown) ([]byte, error) { return c.withParent(ctx, row) }
	}
	if q.Cut <= 0 {
		return filled
	}
	return func(ctx context.Context, c *conn, row shown) (doc []byte, err error) {
		if doc = row.doc; filled != nil {
			doc, err = filled(ctx, c, row)
		}
		return jsonraw.Cut(nil, doc, q.Cut), err
	}
}

// writePage writes a page whose logs are chosen. One that was deleted meanwhile is left out.
func (s *Store) writePage(ctx context.Context, p *page, as dress, w io.Writer) error {
	for rest := p.chosen; len(rest) > 0; {
		together := rest[:min(docsTogether, len(rest))]
		rest = rest[len(together):]
		sizes, err := s.sizes(ctx, together)
		if err != nil {
			return err
		}
		for len(together) > 0 {
			n, size := atOnce(together, sizes)
			if err := api.Reserve(ctx, readCopies*size); err != nil {
				return err
			}
			docs, err := s.documents(ctx, together[:n], as)
			if err != nil {
				return err
			}
			if err := p.send(docs, w); err != nil {
				return err
			}
			together = together[n:]
			if clear(docs); size >= collectFrom {
				runtime.GC()
			}
		}
	}
	_, err := w.Write(p.close())
	return err
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
		return c.collect(ctx, func(rows *sql.Rows) error {
			var seq, size int64
			err := rows.Scan(&seq, &size)
			sizes[seq] = size
			return err
		}, `SELECT seq, length(doc) FROM logs WHERE seq IN (`+docsHoles+`)`, holes(seqs)...)
	})
	return sizes, err
}

// documents reads documents by their numbers, in this order.
func (s *Store) documents(ctx context.Context, seqs []int64, as dress) ([][]byte, error) {
	docs := make([][]byte, len(seqs))
	err := s.look(ctx, listing, func(c *conn) error {
		rows := map[int64]shown{}
		err := c.collect(ctx, func(r *sql.Rows) error {
			var row shown
			err := r.Scan(&row.seq, &row.id, &row.doc)
			rows[row.seq] = row
			return err
		}, `SELECT seq, id, doc FROM logs WHERE seq IN (`+docsHoles+`)`, holes(seqs)...)
		for i, seq := range seqs {
			row, ok := rows[seq]
			if ok && as != nil && err == nil {
				row.doc, err = as(ctx, c, row)
			}
			docs[i] = served(row.doc)
		}
		return err
	})
	return docs, err
}

// docsHoles are the places for the numbers of docsTogether logs: any number is prepared alike.
var docsHoles = `?` + strings.Repeat(`, ?`, docsTogether-1)

func holes(seqs []int64) []any {
	args := make([]any, docsTogether)
	for i := range args {
		args[i] = nobody
		if i < len(seqs) {
			args[i] = seqs[i]
		}
	}
	return args
}

// send writes documents to w: small ones together, a large one without a copy.
func (p *page) send(docs [][]byte, w io.Writer) error {
	for _, doc := range docs {
		if doc == nil {
			continue
		}
		if len(p.buf)+len(doc) <= bytesTogether {
			p.add(doc)
			continue
		}
		p.separate()
		for _, piece := range [][]byte{p.buf, doc} {
			if _, err := w.Write(piece); err != nil {
				return err
			}
		}
		p.buf = p.buf[:0]
	}
	return nil
}
