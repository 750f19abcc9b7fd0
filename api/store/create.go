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
	var made api.Created
	err = s.change(ctx, "cannot record the log", func(db *conn) error {
		made, err = s.record(ctx, db, q, c)
		return err
	})
	if err != nil {
		return api.Created{}, err
	}
	return made, nil
}

// record is CreateLog within a transaction.
func (s *Store) record(ctx context.Context, db *conn, q api.CreateQuery, c rules.Creation) (api.Created, error) {
	now := s.now()
	p, err := s.target(ctx, db, c, now)
	if err != nil {
		return api.Created{}, err
	}
	v, err := s.versionFor(ctx, db, p, q, c.Kernel, now)
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

// target is the prompt that a creation logs to. A path that is not known makes a prompt when the
// creation tells of what kind.
func (s *filing) target(ctx context.Context, db *conn, c rules.Creation, now time.Time) (file, error) {
	if c.PromptID != "" {
		return s.file(ctx, db, api.PromptFile, c.PromptID)
	}
	if c.Kernel != nil {
		return s.makeFile(ctx, db, api.PromptFile, c.Path, now)
	}
	var p file
	err := p.scan(db.row(ctx, fileAt, c.Path, string(api.PromptFile)))
	return p, missing(err, "no prompt at path %q; send its prompt to make one", c.Path)
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
	id := s.newID(prefixes[kind].file)
	if err := db.exec(ctx, fileInsert, id, string(kind), where, path.Base(where), now.UnixMicro(), now.UnixMicro(), false); err != nil {
		return f, err
	}
	return s.file(ctx, db, kind, id)
}

// lockPath keeps other servers from making a file or a version at the same path until the
// transaction ends. SQLite has one writer anyway.
func (s *filing) lockPath(ctx context.Context, db *conn, path string) error {
	if s.sql.indexed {
		return nil
	}
	return db.exec(ctx, `SELECT pg_advisory_xact_lock(?)`, pathLock(path))
}

// versionFor is the version of a prompt that a log belongs to: the one that the query names, else
// one with the kernel that was sent, which is made when there is none, else the default one.
func (s *filing) versionFor(ctx context.Context, db *conn, p file, q api.CreateQuery, k *rules.Kernel, now time.Time) (version, error) {
	if k == nil || q != (api.CreateQuery{}) {
		return s.pick(ctx, db, p, q)
	}
	made := func(v version) bool { return k.Matches(v.doc) }
	return s.makeVersion(ctx, db, p, made, now, func(id string) []byte { return promptDocument(p, id, k, now) })
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
	v = version{id: s.newID(prefixes[f.kind].version), made: true}
	v.doc = document(v.id)
	err = db.row(ctx, versionInsert, f.seq, v.id, now.UnixMicro(), v.made, v.doc).Scan(&v.seq)
	return v, err
}
