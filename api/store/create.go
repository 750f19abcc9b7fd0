package store

import (
	"context"
	"database/sql"
	"errors"
	"path"
	"time"

	"errata/api"
	"errata/api/rules"
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
		return api.Created{}, &api.Error{Code: api.Conflict, Status: 409, Msg: "there is a log " + string(rules.Literal(id)) + " already; choose another log_id"}
	}
	return api.Created{ID: id, PromptID: p.id, VersionID: v.id}, err
}

// target is the prompt that a creation logs to. A path that is not known makes a prompt when the
// creation tells of what kind.
func (s *Store) target(ctx context.Context, db *conn, c rules.Creation, now time.Time) (file, error) {
	if c.PromptID != "" {
		return s.file(ctx, db, api.PromptFile, c.PromptID)
	}
	var p file
	byPath := fileColumns + ` WHERE path = ? AND kind = ? ORDER BY seq LIMIT 1`
	err := p.scan(db.row(ctx, byPath, c.Path, string(api.PromptFile)))
	if !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	if c.Kernel == nil {
		return p, notFound("no prompt at path %q; send its prompt to make one", c.Path)
	}
	if err := s.lockPath(ctx, db, c.Path); err != nil {
		return p, err
	}
	if err := p.scan(db.row(ctx, byPath, c.Path, string(api.PromptFile))); !errors.Is(err, sql.ErrNoRows) {
		return p, err // another server was faster
	}
	id := s.newID(promptPrefix)
	if err := db.exec(ctx, fileInsert, id, string(api.PromptFile), c.Path, path.Base(c.Path), now.UnixMicro(), now.UnixMicro()); err != nil {
		return p, err
	}
	return s.file(ctx, db, api.PromptFile, id)
}

// lockPath keeps other servers from making a prompt or a version at the same path until the
// transaction ends. SQLite has one writer anyway.
func (s *Store) lockPath(ctx context.Context, db *conn, path string) error {
	if s.sql.indexed {
		return nil
	}
	return db.exec(ctx, `SELECT pg_advisory_xact_lock(?)`, pathLock(path))
}

// versionFor is the version of a prompt that a log belongs to: the one that the query names, else
// one with the kernel that was sent, which is made when there is none, else the default one.
func (s *Store) versionFor(ctx context.Context, db *conn, p file, q api.CreateQuery, k *rules.Kernel, now time.Time) (version, error) {
	if k == nil || q != (api.CreateQuery{}) {
		return s.pick(ctx, db, p, q)
	}
	made := func(v version) bool { return k.Made(v.doc) }
	v, ok, err := s.firstVersion(ctx, db, p, made)
	if ok || err != nil {
		return v, err
	}
	if err := s.lockPath(ctx, db, p.path); err != nil {
		return v, err
	}
	if v, ok, err = s.firstVersion(ctx, db, p, made); ok || err != nil {
		return v, err // another server was faster
	}
	v = version{id: s.newID(versionPrefix), made: true}
	v.doc = promptDocument(p, v.id, k, now)
	err = db.row(ctx, versionInsert, p.seq, v.id, now.UnixMicro(), v.made, v.doc).Scan(&v.seq)
	return v, err
}
