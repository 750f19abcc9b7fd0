package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"errata/api"
	"errata/api/rules"
	"errata/model/jsonraw"
)

var _ api.Scanner = (*Store)(nil)

// Corrected implements api.Scanner.
func (s *Store) Corrected(ctx context.Context, id string) (yes bool, err error) {
	err = s.look(ctx, "cannot read the log", func(c *conn) error {
		return missing(c.row(ctx, `SELECT original IS NOT NULL FROM logs WHERE id = ?`, id).Scan(&yes), "no log %q", id)
	})
	return yes, err
}

// Scan implements api.Scanner.
func (s *Store) Scan(ctx context.Context, q api.ScanQuery) (api.Scan, error) {
	list := api.LogQuery{Search: q.Search, SearchIn: q.SearchIn, MetadataSearch: q.Metadata, StartDate: q.StartDate, EndDate: q.EndDate}
	window, err := rules.WindowOf(list)
	if err != nil {
		return nil, err
	}
	n := &scan{s: s, q: q, round: scanFirst, large: make(chan struct{}, 1)}
	err = s.look(ctx, listing, func(c *conn) error {
		files, err := c.filesOf(ctx, q.Files)
		if err != nil {
			return err
		}
		n.streams = nil
		total := int64(0)
		for _, f := range files {
			sel, _, err := s.selection(ctx, c, f, list, window)
			if err != nil {
				return err
			}
			n.sel = sel
			st, err := c.stream(ctx, sel, q)
			if err != nil {
				return err
			}
			total += st.total
			n.streams = append(n.streams, st)
		}
		n.total.Store(total)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return n, nil
}

// filesOf are the files of some ids, or all prompts where none are named, in the order in which
// they are listed.
func (c *conn) filesOf(ctx context.Context, ids []string) (files []file, err error) {
	if ids == nil {
		err = c.collect(ctx, func(rows scanner) error {
			var f file
			err := f.scan(rows)
			files = append(files, f)
			return err
		}, fileColumns+` WHERE kind = ? ORDER BY seq DESC`, string(api.PromptFile))
		order(files, "", "")
		return files, err
	}
	for _, id := range ids {
		f, err := c.file(ctx, id)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// The number of logs that one call of Next looks at, first and at most; how many of them one
// goroutine reads together; and about how many bytes they may have.
const (
	scanFirst    = 256
	scanMost     = 4096
	scanTogether = 64
	scanBytes    = 16 << 20
)

// How long one call of Next should take: what it finds is shown when it ends. At scanLong no more
// logs are started.
const (
	scanShort = 20 * time.Millisecond
	scanLong  = 40 * time.Millisecond
)

// scan goes through logs in rounds: it learns where the next ones are, reads them on all cores, and
// puts those that are selected back into their order.
type scan struct {
	s       *Store
	q       api.ScanQuery
	sel     selection // of any of the streams: what it looks for in documents
	streams []*stream
	round   int           // logs of the next round
	ahead   []position    // of a round that did not come to its end
	large   chan struct{} // held by the one that reads a large document

	looked, total atomic.Int64
}

// Looked implements api.Scan.
func (n *scan) Looked() (looked, of int) {
	looked = int(n.looked.Load())
	return looked, max(int(n.total.Load()), looked)
}

// Next implements api.Scan.
func (n *scan) Next(ctx context.Context) ([][]byte, error) {
	if len(n.ahead) == 0 {
		if err := n.advance(ctx); err != nil {
			return nil, err
		}
		if len(n.ahead) == 0 {
			n.total.Store(n.looked.Load())
			return nil, io.EOF
		}
	}
	began := time.Now()
	docs, size, err := n.read(ctx, began.Add(scanLong))
	if err != nil {
		return nil, err
	}
	n.looked.Add(int64(len(docs)))
	n.pace(time.Since(began), len(docs), size)
	n.ahead = n.ahead[len(docs):]
	kept := docs[:0]
	for _, doc := range docs {
		if doc != nil {
			kept = append(kept, doc)
		}
	}
	return kept, nil
}

// pace chooses the size of the next round by what the last one took for some logs of some bytes.
func (n *scan) pace(took time.Duration, logs int, size int64) {
	switch {
	case took > scanLong:
		n.round /= 2
	case took < scanShort:
		n.round *= 2
	}
	most := scanMost
	if each := size / int64(logs); each > 0 {
		most = min(most, int(scanBytes/each))
	}
	n.round = max(min(n.round, most), scanTogether/4)
}

// advance learns where the logs of the next round stand.
func (n *scan) advance(ctx context.Context) error {
	n.ahead = nil
	return n.s.look(ctx, listing, func(c *conn) error {
		for len(n.ahead) < n.round {
			next, _, ok, err := c.next(ctx, n.streams)
			if err != nil || !ok {
				return err
			}
			n.ahead = append(n.ahead, next)
		}
		return nil
	})
}

// read reads the logs of a round, the first of them when it takes until the end: the document of
// each that is selected, nil for the others. size is the bytes of all.
func (n *scan) read(ctx context.Context, end time.Time) (docs [][]byte, size int64, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	docs = make([][]byte, len(n.ahead))
	var next, bytes atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), (len(docs)+scanTogether-1)/scanTogether) {
		all.Go(func() {
			for ctx.Err() == nil && (next.Load() == 0 || time.Now().Before(end)) {
				from := int(next.Add(scanTogether)) - scanTogether
				if from >= len(docs) {
					return
				}
				to := min(from+scanTogether, len(docs))
				part, err := n.part(ctx, n.ahead[from:to], docs[from:to])
				if err != nil {
					cancel(err)
				}
				bytes.Add(part)
			}
		})
	}
	all.Wait()
	return docs[:min(int(next.Load()), len(docs))], bytes.Load(), context.Cause(ctx)
}

// scanQuery reads some logs by their numbers; the document of a large one is NULL.
func (d *dialect) scanQuery() string {
	return `SELECT l.seq, ` + d.size(`l`) + `, ` + howManyShown + `, ` + upTo(bytesTogether, `l`) + d.ofNumbers(scanTogether)
}

// part reads at most scanTogether logs. size is the bytes of all.
func (n *scan) part(ctx context.Context, list []position, docs [][]byte) (size int64, err error) {
	numbers, place := make([]int64, len(list)), make(map[int64]int, len(list))
	for i, p := range list {
		numbers[i], place[p.seq] = p.seq, i
	}
	var large, judged []int64
	err = n.s.look(ctx, listing, func(c *conn) error {
		size, large, judged = 0, nil, nil
		return c.collect(ctx, func(rows scanner) (err error) {
			var seq, length int64
			var how int
			var doc sql.RawBytes
			if err := rows.Scan(&seq, &length, &how, &doc); err != nil {
				return err
			}
			switch size += length; {
			case doc == nil:
				large = append(large, seq)
			case how != 0:
				judged = append(judged, seq)
			default:
				docs[place[seq]], err = n.kept(ctx, doc)
			}
			return err
		}, c.d.scanQuery(), numbersOf(numbers, scanTogether)...)
	})
	for some := range slices.Chunk(judged, docsTogether) {
		if err == nil {
			err = n.shown(ctx, some, place, docs)
		}
	}
	for _, seq := range large {
		if err == nil {
			err = n.huge(ctx, seq, place, docs)
		}
	}
	return size, err
}

// shown looks at logs as they are handed out, with the judgments that were made of them.
func (n *scan) shown(ctx context.Context, seqs []int64, place map[int64]int, into [][]byte) error {
	docs, err := n.s.documents(ctx, seqs)
	for i, doc := range docs {
		if err == nil && doc != nil {
			into[place[seqs[i]]], err = n.kept(ctx, joined(doc))
		}
	}
	return err
}

// huge looks at a log whose document is large. One is read at a time.
func (n *scan) huge(ctx context.Context, seq int64, place map[int64]int, into [][]byte) error {
	n.large <- struct{}{}
	defer func() { <-n.large }()
	err := n.shown(ctx, []int64{seq}, place, into)
	runtime.GC() // the next one takes the place of it
	return err
}

// kept is the document as it is handed out, nil when it is not selected. doc is not held on to.
func (n *scan) kept(ctx context.Context, doc []byte) ([]byte, error) {
	runtime.Gosched() // all cores are busy here, and a key of the screen must not wait for its turn
	if !n.sel.matches(doc) {
		return nil, nil
	}
	doc = served(doc)
	if n.q.Keep != nil {
		ok, err := n.q.Keep(ctx, doc)
		if err != nil {
			return nil, fmt.Errorf("log %s: %w", idOf(doc), err)
		}
		if !ok {
			return nil, nil
		}
	}
	if n.q.Cut > 0 && len(doc) > n.q.Cut {
		var cut bytes.Buffer
		if _, err := jsonraw.NewCutter(&cut, jsonraw.OfDocument, n.q.Cut).Write(doc); err != nil {
			return nil, err
		}
		return cut.Bytes(), nil
	}
	return bytes.Clone(doc), nil
}

// idOf is the id that is in a document.
func idOf(doc []byte) string {
	members, _ := jsonraw.Members(doc)
	m, _ := jsonraw.Find(members, "id")
	id, _ := jsonraw.Text(m.Val.Of(doc))
	return id
}
