package store

import (
	"context"
	"database/sql"
	"strconv"

	"errata/api"
	"errata/api/rules"
)

// Logs lists the logs of one file. A list without a search finds its page by counting and reads only the documents of the page. A search that
// few logs can match reads those; one that many can match reads as many as the page needs, and its total may then be an upper bound until the
// exact one has been counted, see totals.
func (s *Store) Logs(ctx context.Context, q api.LogQuery) ([]byte, error) {
	window, err := rules.WindowOf(q)
	if err != nil {
		return nil, err
	}
	var p *page
	err = s.look(ctx, "cannot list the logs", func(c *conn) error {
		p = newPage(q.Page, q.Size)
		var f file
		if err := f.scan(c.row(ctx, fileByID, q.FileID)); err != nil {
			return missing(err, "no file %q", q.FileID)
		}
		sel, some, err := s.selection(ctx, c, f, q, window)
		if err != nil || !some {
			return err
		}
		if q.IncludeTraceChildren && (f.kind == api.FlowFile || f.kind == api.AgentFile) {
			p.dress = func(row shown) ([]byte, error) { return s.withChildren(ctx, c, row, map[string]bool{}) }
		}
		if q.IncludeParent && f.kind == api.EvaluatorFile {
			p.dress = func(row shown) ([]byte, error) { return c.withParent(ctx, row) }
		}
		switch {
		case !s.sql.sieve:
			return s.queried(ctx, c, p, sel)
		case sel.plain():
			return ranked(ctx, c, p, sel)
		}
		return s.sifted(ctx, c, p, sel)
	})
	if err != nil {
		return nil, err
	}
	if p.counting != nil {
		p.total = s.totals.wait(ctx, p)
	}
	return p.close(), nil
}

// ranked fills the page with logs that nothing but the scope and the dates choose.
func ranked(ctx context.Context, c *conn, p *page, sel selection) error {
	r, err := c.ranks(ctx, sel.scope)
	if err != nil {
		return err
	}
	start, end := int64(0), r.total
	if sel.dated {
		if start, err = r.of(ctx, place{sel.to, highest.seq}); err != nil {
			return err
		}
		if end, err = r.of(ctx, place{sel.from, -1}); err != nil {
			return err
		}
	}
	p.total = int(max(end-start, 0))
	if p.skip >= p.total || p.size == 0 {
		return nil
	}
	from := start + int64(p.skip)
	return r.docs(ctx, from, min(end, from+int64(p.size)), p.show)
}

// queried fills the page with the logs that the database chooses.
func (s *Store) queried(ctx context.Context, c *conn, p *page, sel selection) error {
	where, args := sel.where()
	if sel.fuzzy() {
		return s.checked(ctx, c, p, sel, where, args)
	}
	if err := c.row(ctx, `SELECT count(*) FROM logs`+where, args...).Scan(&p.total); err != nil {
		return err
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
	rows, err := s.page(ctx, c, where, args, span{p.skip, min(p.skip+p.size, p.total)}, p.total)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := p.show(row); err != nil {
			return err
		}
	}
	return nil
}

// span is a part of a list, from one position up to another.
type span struct{ from, end int }

// page reads the documents of a part of a list of total logs, all of them: while rows are open, PostgreSQL answers nothing else. The places before
// it are passed over in the index, from the nearer end, and no document of them is touched.
func (s *Store) page(ctx context.Context, c *conn, where string, args []any, of span, total int) (list []shown, err error) {
	order, skip := ` ORDER BY created DESC, seq DESC`, of.from
	if of.from > total/2 {
		order, skip = ` ORDER BY created, seq`, total-of.end
	}
	err = c.collect(ctx, func(rows *sql.Rows) error {
		var row shown
		err := rows.Scan(&row.seq, &row.id, &row.doc)
		list = append(list, row)
		return err
	}, `SELECT seq, id, doc FROM logs WHERE seq IN (SELECT seq FROM logs`+where+order+` LIMIT ? OFFSET ?) ORDER BY created DESC, seq DESC`,
		append(args, of.end-of.from, skip)...)
	return list, err
}

// checked fills the page with the logs that the database lets pass and that match. It is for words with letters that its text cannot hold.
func (s *Store) checked(ctx context.Context, c *conn, p *page, sel selection, where string, args []any) error {
	var hits []int64
	err := c.collect(ctx, func(rows *sql.Rows) error {
		var seq int64
		var doc sql.RawBytes
		err := rows.Scan(&seq, &doc)
		if err == nil && sel.matches(doc) {
			hits = append(hits, seq)
		}
		return err
	}, `SELECT seq, doc FROM logs`+where+` ORDER BY created DESC, seq DESC`, args...)
	if err != nil {
		return err
	}
	return p.fetch(ctx, c, hits)
}

// shown is a log of a page.
type shown struct {
	seq int64
	id  string
	doc handed
}

// page builds one page of the API from documents, which are copied as they are.
type page struct {
	number, size, skip, total, count int
	buf                              []byte
	dress                            func(shown) ([]byte, error) // what becomes of a document before it is added; nil for nothing
	counting                         *total                      // the exact total, when total is an upper bound
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

// fetch fills the page with its part of the logs that were found, in their order.
func (p *page) fetch(ctx context.Context, c *conn, hits []int64) error {
	p.total = len(hits)
	hits = hits[min(p.skip, len(hits)):]
	for _, seq := range hits[:min(p.size, len(hits))] {
		row := shown{seq: seq}
		if err := c.row(ctx, `SELECT id, doc FROM logs WHERE seq = ?`, seq).Scan(&row.id, &row.doc); err != nil {
			return err
		}
		if err := p.show(row); err != nil {
			return err
		}
	}
	return nil
}

// show appends a log.
func (p *page) show(row shown) error {
	doc := row.doc
	if p.dress != nil {
		var err error
		if doc, err = p.dress(row); err != nil {
			return err
		}
	}
	p.add(doc)
	return nil
}

// add appends a document.
func (p *page) add(doc []byte) {
	if p.count > 0 {
		p.buf = append(p.buf, ',')
	}
	p.buf = append(p.buf, doc...)
	p.count++
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
	return served(append(b, '}'))
}
