package store

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"errata/api"
	"errata/api/rules"
	"errata/model"
)

// Logs lists the logs of one prompt. Without a search only the documents of the page are read; a search reads the documents of
// the prompt one after the other.
func (s *Store) Logs(ctx context.Context, q api.LogQuery) ([]byte, error) {
	window, err := rules.WindowOf(q)
	if err != nil {
		return nil, err
	}
	page := newPage(q.Page, q.Size)
	err = s.view(ctx, "cannot list the logs", func(db querier) error {
		var known prompt
		if err := known.scan(db.QueryRowContext(ctx, s.sql.promptByID, q.FileID)); err != nil {
			return missing(err, "no file %q", q.FileID)
		}
		where, args := filter(q, window)
		if q.Search == "" && q.MetadataSearch == "" {
			return s.window(ctx, db, page, where, args)
		}
		return s.scan(ctx, db, page, matcherOf(q), where, args)
	})
	if err != nil {
		return nil, err
	}
	return page.close(), nil
}

// filter is the part of q that the database can decide.
func filter(q api.LogQuery, w rules.Window) (where string, args []any) {
	where, args = " WHERE prompt_id = ?", []any{q.FileID}
	and := func(clause string, value any) {
		where += " AND " + clause
		args = append(args, value)
	}
	if q.VersionID != "" {
		and("version_id = ?", q.VersionID)
	}
	if !w.From.IsZero() {
		and("created >= ?", w.From.UnixMicro())
	}
	if !w.To.IsZero() {
		and("created <= ?", w.To.UnixMicro())
	}
	if len(q.IDs) > 0 {
		where += " AND (" + strings.Repeat("instr(id, ?) > 0 OR ", len(q.IDs)-1) + "instr(id, ?) > 0)"
		for _, id := range q.IDs {
			args = append(args, id)
		}
	}
	return where, args
}

// window fills the page with the logs that the database chooses.
func (s *Store) window(ctx context.Context, db querier, p *page, where string, args []any) error {
	if err := db.QueryRowContext(ctx, s.sql.logCount+where, args...).Scan(&p.total); err != nil {
		return err
	}
	if p.skip >= p.total || p.size == 0 {
		return nil
	}
	rows, err := db.QueryContext(ctx, s.sql.logPage+where+s.sql.logOrder+s.sql.logWindow, append(args, p.size, p.skip)...)
	if err != nil {
		return err
	}
	return each(rows, p.add)
}

// scan fills the page with the logs that match, and counts the others that do.
func (s *Store) scan(ctx context.Context, db querier, p *page, m matcher, where string, args []any) error {
	rows, err := db.QueryContext(ctx, s.sql.logPage+where+s.sql.logOrder, args...)
	if err != nil {
		return err
	}
	return each(rows, func(doc []byte) {
		if !m.matches(doc) {
			return
		}
		if p.total >= p.skip && p.count < p.size {
			p.add(doc)
		}
		p.total++
	})
}

// each calls f with the first column of each row, a document that f must not keep.
func each(rows *sql.Rows, f func(doc []byte)) error {
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var doc sql.RawBytes
		if err := rows.Scan(&doc); err != nil {
			return err
		}
		f(doc)
	}
	return errors.Join(rows.Err(), rows.Close())
}

// matcher is the search of a list.
type matcher struct{ text, metadata []rune }

func matcherOf(q api.LogQuery) matcher {
	return matcher{text: fold(q.Search), metadata: fold(q.MetadataSearch)}
}

// matches tells whether a document holds what is searched for.
func (m matcher) matches(doc []byte) bool {
	log, err := model.ParseLog(doc)
	if err != nil {
		return false
	}
	return holds(log, m.text, rules.Searched()...) && holds(log, m.metadata, rules.Metadata())
}

// holds tells whether one of the fields contains the needle, which an empty needle always is.
func holds(log *model.Log, needle []rune, fields ...*model.Field) bool {
	if len(needle) == 0 {
		return true
	}
	for _, f := range fields {
		if v := log.Value(f); v.IsSet() && contains(v.Bytes(), needle) {
			return true
		}
	}
	return false
}

// page builds one page of the API from documents, which are copied as they are.
type page struct {
	number, size, skip, total, count int
	buf                              []byte
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

// add appends a document.
func (p *page) add(doc []byte) {
	if p.count > 0 {
		p.buf = append(p.buf, ',')
	}
	p.buf = append(p.buf, doc...)
	p.count++
}

// close ends the page and gives its bytes.
func (p *page) close() []byte {
	b := p.buf
	b = append(b, `],"page":`...)
	b = strconv.AppendInt(b, int64(p.number), 10)
	b = append(b, `,"size":`...)
	b = strconv.AppendInt(b, int64(p.size), 10)
	b = append(b, `,"total":`...)
	b = strconv.AppendInt(b, int64(p.total), 10)
	return append(b, '}')
}
