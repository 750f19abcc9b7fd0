package store

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strconv"

	"errata/api"
	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
)

// Logs lists the logs of one file: see WriteLogs.
func (s *Store) Logs(ctx context.Context, q api.LogQuery) ([]byte, error) {
	var b bytes.Buffer
	if err := s.WriteLogs(ctx, q, &b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// WriteLogs implements api.LogWriter. A list without a search finds its page by counting. A search
// that few logs can match reads those; one that many can match reads as many as the page needs, and
// its total may then be an upper bound until the exact one has been counted, see totals. The
// documents of the page are read afterwards, a few at a time: neither memory nor a connection of
// the database is held for as long as somebody takes to receive them.
func (s *Store) WriteLogs(ctx context.Context, q api.LogQuery, w io.Writer) error {
	window, err := rules.WindowOf(q)
	if err != nil {
		return err
	}
	p, kind, err := s.chosen(ctx, q, window)
	if err == nil && p.unwatched {
		s.noticeOthers(ctx)
		p, kind, err = s.chosen(ctx, q, window)
	}
	if err != nil {
		return err
	}
	if p.counting != nil {
		p.total = s.totals.wait(ctx, p)
	}
	return s.writePage(ctx, p, includesOf(kind, q), q.Cut, w)
}

const listing = "cannot list the logs"

// chosen is a page whose logs are chosen, and the kind of the file that they are of.
func (s *Store) chosen(ctx context.Context, q api.LogQuery, window rules.Window) (p *page, kind api.FileKind, err error) {
	writes, since := s.writes.Load(), s.changed.end()
	err = s.look(ctx, listing, func(c *conn) error {
		p = newPage(q.Page, q.Size)
		p.searchedIn, p.writes, p.since = q.SearchIn, writes, since
		if q.FileID == api.AllPrompts {
			kind = api.PromptFile
			return s.ofAllPrompts(ctx, c, p, q, window)
		}
		f, err := c.file(ctx, q.FileID)
		if err != nil {
			return err
		}
		kind = f.kind
		sel, some, err := s.selection(ctx, c, f, q, window)
		if err != nil || !some {
			return err
		}
		switch {
		case !s.sql.counted && !sel.reads():
			return s.queried(ctx, c, p, sel)
		case sel.plain():
			return ranked(ctx, c, p, sel)
		}
		return s.filtered(ctx, c, p, sel)
	})
	return p, kind, err
}

// ranked fills the page with logs that nothing but the scope and the dates choose.
func ranked(ctx context.Context, c *conn, p *page, sel selection) error {
	r, err := c.ranks(ctx, sel.scope)
	if err != nil {
		return err
	}
	start, end, err := r.window(ctx, sel)
	if err != nil {
		return err
	}
	p.total = int(end - start)
	if p.skip >= p.total || p.size == 0 {
		return nil
	}
	from := start + int64(p.skip)
	return r.each(ctx, from, min(end, from+int64(p.size)), p.choose)
}

// queried fills the page with the logs that a query of the database selects, which counts them: no
// document is read.
func (s *Store) queried(ctx context.Context, c *conn, p *page, sel selection) error {
	where, args := sel.where()
	from := place{}
	if sel.sample <= 0 && s.byItself(ctx) {
		from = s.trails.nearest(sel, p.writes, p.skip)
	}
	if p.total = from.total; p.total == 0 {
		if err := c.row(ctx, `SELECT count(*) FROM logs`+where, args...).Scan(&p.total); err != nil {
			return err
		}
	}
	if sel.draw(p.total) {
		where, args = sel.where()
		if err := c.row(ctx, `SELECT count(*) FROM logs`+where, args...).Scan(&p.total); err != nil {
			return err
		}
	}
	if p.skip >= p.total || p.size == 0 {
		return nil
	}
	end, err := s.page(ctx, c, p, where, args, from)
	if err == nil && s.byItself(ctx) {
		s.trails.learn(sel, p.writes, []place{{end, p.skip + p.count, p.total}})
	}
	return err
}

// page chooses a part of a list, which is behind a place. The hits before it are passed over in the
// index, from the nearer end, and no document is touched. end is the position of the last.
func (s *Store) page(ctx context.Context, c *conn, p *page, where string, args []any, from place) (end position, err error) {
	last := min(p.skip+p.size, p.total)
	order, skip := ` ORDER BY created DESC, seq DESC`, p.skip-from.hits
	if behind := p.total - last; behind < skip {
		order, skip = ` ORDER BY created, seq`, behind
	} else if from.hits > 0 {
		where += ` AND (created, seq) < (?, ?)`
		args = append(args, from.created, from.seq)
	}
	err = c.collect(ctx, func(rows scanner) error {
		err := rows.Scan(&end.created, &end.seq)
		p.choose(end.seq)
		return err
	}, `SELECT created, seq FROM logs WHERE seq IN (SELECT seq FROM logs`+where+order+` LIMIT ? OFFSET ?) ORDER BY created DESC, seq DESC`,
		append(args, last-p.skip, skip)...)
	return end, err
}

// page builds one page of the API from documents, which are copied as they are.
type page struct {
	number, size, skip, total, count int
	added                            int // records
	buf                              []byte
	chosen                           []int64  // the numbers of its logs
	searchedIn                       []string // see api.LogQuery.SearchIn
	counting                         *total   // the exact total, when total is an upper bound
	writes                           int64    // how much this store had written before the page
	since                            int64    // likewise, as a place among what was changed
	marked                           bool     // it is one of the logs of all prompts
	after                            string   // the mark behind it, see api.AllPrompts
	unwatched                        bool     // it was not chosen: see others.watched
}

// newPage starts a page; number counts from 1, and less means 1. A size below 0 means 0.
func newPage(number, size int) *page {
	number, size = max(number, 1), max(size, 0)
	skip := (number - 1) * size
	if size > 0 && skip/size != number-1 {
		skip = int(^uint(0) >> 1) // far beyond any end
	}
	return &page{number: number, size: size, skip: skip, buf: []byte(`{"records":[`)}
}

// fill chooses the part of the page of the logs that were found, in their order.
func (p *page) fill(hits []int64) {
	p.total = len(hits)
	hits = hits[min(p.skip, len(hits)):]
	for _, seq := range hits[:min(p.size, len(hits))] {
		p.choose(seq)
	}
}

// hit counts a log that was found, and chooses it if it is one of the page; full says that the page
// needs no more.
func (p *page) hit(seq int64) (full bool) {
	if p.total >= p.skip && p.count < p.size {
		p.choose(seq)
	}
	p.total++
	return p.total > p.skip && p.count >= p.size
}

// choose appends a log by its number.
func (p *page) choose(seq int64) {
	p.chosen = append(p.chosen, seq)
	p.count++
}

// add appends a document.
func (p *page) add(doc []byte) {
	p.separate()
	p.buf = append(p.buf, doc...)
}

// room makes room for documents, so that they are not moved each time that one of them is appended.
func (p *page) room(docs [][][]byte) {
	size := len(docs)
	for _, doc := range docs {
		for _, piece := range doc {
			size += len(piece)
		}
	}
	if len(p.buf)+size <= bytesTogether {
		p.buf = slices.Grow(p.buf, size)
	}
}

// separate begins the next record.
func (p *page) separate() {
	if p.added > 0 {
		p.buf = append(p.buf, ',')
	}
	p.added++
}

// close ends the page and gives its bytes as they are handed out.
func (p *page) close() []byte {
	b := p.buf
	b = append(b, `],"page":`...)
	b = strconv.AppendInt(b, int64(p.number), 10)
	b = append(b, `,"size":`...)
	b = strconv.AppendInt(b, int64(p.size), 10)
	b = append(b, `,"total":`...)
	b = strconv.AppendInt(b, int64(p.total), 10)
	b = append(b, rules.SearchedIn(p.searchedIn)...)
	if p.marked {
		b = append(append(b, `,"`+model.AfterMember+`":`...), jsonraw.Literal(p.after)...)
	}
	return served(append(b, '}'))
}
