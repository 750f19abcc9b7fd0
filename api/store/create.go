package store

import (
	"context"
	"database/sql"
	"errors"
	"path"
	"time"

	"errata/api"
	"errata/api/rules"
	"errata/model/jsonraw"
)

// timeLayout is how the server writes times of its own: UTC, six digits.
const timeLayout = "2006-01-02T15:04:05.000000Z"

// CreateLog records a log.
func (s *Store) CreateLog(ctx context.Context, q api.CreateQuery, body []byte) (api.Created, error) {
	c, err := rules.Create(body)
	if err != nil {
		return api.Created{}, err
	}
	return change(ctx, &s.core, "cannot record the log", func(db *conn) (api.Created, error) { return s.record(ctx, db, q, c) })
}

// record is CreateLog within a transaction.
func (s *Store) record(ctx context.Context, db *conn, q api.CreateQuery, c rules.Creation) (api.Created, error) {
	now := s.now()
	of := origin{kind: api.PromptFile, id: c.PromptID, path: c.Path, query: q, part: "prompt", sent: c.Kernel != nil}
	p, v, err := s.originOf(ctx, db, of, now, func(p file) (version, error) { return s.kernelVersion(ctx, db, p, c.Kernel, now) })
	if err != nil {
		return api.Created{}, err
	}
	id := c.LogID
	if id == "" {
		id = s.newID(logPrefix)
	}
	e, err := readEntry(logDocument(id, v.doc, c, now))
	if err != nil {
		return api.Created{}, err
	}
	if err = s.insert(ctx, db, e, p.seq, v.seq); errors.Is(err, sql.ErrNoRows) {
		return api.Created{}, conflict("there is a log %s already; choose another log_id", string(jsonraw.Literal(id)))
	}
	return api.Created{ID: id, PromptID: p.id, VersionID: v.id}, err
}

// origin is what a request says of the file and the version that its log, or its judgment, comes
// from.
type origin struct {
	kind     api.FileKind
	id, path string
	query    api.CreateQuery
	part     string // the member that says what the file does
	sent     bool   // that member came with the request
}

// originOf is the file of an origin and its version. A path that is not known makes a file where
// the part was sent. The version is the one that the query names, else the one that sent gives for
// what was sent, else the default one.
func (s *filing) originOf(ctx context.Context, db *conn, of origin, now time.Time, sent func(file) (version, error)) (f file, v version, err error) {
	switch {
	case of.id != "":
		f, err = s.file(ctx, db, of.kind, of.id)
	case of.sent:
		f, err = s.makeFile(ctx, db, of.kind, of.path, now)
	default:
		err = f.scan(db.row(ctx, fileAt, of.path, string(of.kind)))
		err = missing(err, "no %s at path %q; send its %s to make one", of.kind, of.path, of.part)
	}
	switch {
	case err != nil:
	case of.sent && of.query == api.CreateQuery{}:
		v, err = sent(f)
	default:
		v, err = s.pick(ctx, db, f, of.query)
	}
	return f, v, err
}

// makeFile is the file of a kind at a path, which is made when there is none.
func (s *filing) makeFile(ctx context.Context, db *conn, kind api.FileKind, where string, now time.Time) (file, error) {
	var f file
	err := f.scan(db.row(ctx, fileAt, where, string(kind)))
	if !errors.Is(err, sql.ErrNoRows) {
		return f, err
	}
	if err := s.lockPath(ctx, db, where); err != nil {
		return f, err
	}
	if err := f.scan(db.row(ctx, fileAt, where, string(kind))); !errors.Is(err, sql.ErrNoRows) {
		return f, err // another server was faster
	}
	prefix, _ := prefixes(kind)
	id := s.newID(prefix)
	if err := db.exec(ctx, fileInsert, id, string(kind), where, path.Base(where), now.UnixMicro(), now.UnixMicro(), false); err != nil {
		return f, err
	}
	return s.file(ctx, db, kind, id)
}

// lockPath keeps other servers from making a file or a version at the same path until the
// transaction ends. SQLite has one writer anyway.
func (s *filing) lockPath(ctx context.Context, db *conn, path string) error {
	if s.sql.single {
		return nil
	}
	return db.exec(ctx, `SELECT pg_advisory_xact_lock(?)`, pathLock(path))
}

// kernelVersion is the version of a prompt with a kernel, which is made when there is none.
func (s *filing) kernelVersion(ctx context.Context, db *conn, p file, k *rules.Kernel, now time.Time) (version, error) {
	same := func(v version) bool { return k.Matches(v.doc) }
	return s.makeVersion(ctx, db, p, same, now, func(id string) []byte { return promptDocument(p, id, k, now) })
}

// makeVersion is the newest version of a file that fits, which is made when there is none; document
// writes it.
func (s *filing) makeVersion(ctx context.Context, db *conn, f file, fits func(version) bool, now time.Time, document func(id string) []byte) (version, error) {
	v, ok, err := s.firstVersion(ctx, db, f, fits)
	if ok || err != nil {
		return v, err
	}
	if err := s.lockPath(ctx, db, f.path); err != nil {
		return v, err
	}
	if v, ok, err = s.firstVersion(ctx, db, f, fits); ok || err != nil {
		return v, err // another server was faster
	}
	_, prefix := prefixes(f.kind)
	v = version{id: s.newID(prefix), made: true}
	v.doc = document(v.id)
	err = db.row(ctx, versionInsert, f.seq, v.id, now.UnixMicro(), v.made, v.doc).Scan(&v.seq)
	return v, err
}
