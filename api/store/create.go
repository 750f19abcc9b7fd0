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
	err = s.change(ctx, "cannot record the log", func(db querier) error {
		made, err = s.record(ctx, db, q, c)
		return err
	})
	if err != nil {
		return api.Created{}, err
	}
	return made, nil
}

// record is CreateLog within a transaction.
func (s *Store) record(ctx context.Context, db querier, q api.CreateQuery, c rules.Creation) (api.Created, error) {
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
	var hash []byte
	switch err := db.QueryRowContext(ctx, s.sql.logHash, id).Scan(&hash); {
	case err == nil:
		return api.Created{}, &api.Error{Code: api.Conflict, Status: 409, Msg: "there is a log " + string(rules.Literal(id)) + " already; choose another log_id"}
	case !errors.Is(err, sql.ErrNoRows):
		return api.Created{}, err
	}
	doc := logDocument(id, v.doc, c, now)
	r, err := index(doc)
	if err != nil {
		return api.Created{}, err
	}
	_, err = db.ExecContext(ctx, s.sql.logInsert, id, p.id, v.id, r.created, r.hash, doc)
	return api.Created{ID: id, PromptID: p.id, VersionID: v.id}, err
}

// target is the prompt that a creation logs to. A path that is not known makes a prompt when the creation tells of what kind.
func (s *Store) target(ctx context.Context, db querier, c rules.Creation, now time.Time) (prompt, error) {
	var p prompt
	if c.PromptID != "" {
		err := p.scan(db.QueryRowContext(ctx, s.sql.promptByID, c.PromptID))
		return p, missing(err, "no prompt %q", c.PromptID)
	}
	err := p.scan(db.QueryRowContext(ctx, s.sql.promptByPath, c.Path))
	if !errors.Is(err, sql.ErrNoRows) {
		return p, err
	}
	if c.Kernel == nil {
		return p, notFound("no prompt at path %q; send its prompt to make one", c.Path)
	}
	p = prompt{id: s.newID(promptPrefix), path: c.Path, name: path.Base(c.Path)}
	_, err = db.ExecContext(ctx, s.sql.promptInsert, p.id, p.path, p.name, now.UnixMicro(), now.UnixMicro())
	return p, err
}

// versionFor is the version of a prompt that a log belongs to: the one that the query names, else one with the kernel that was sent, which is
// made when there is none, else the default one.
func (s *Store) versionFor(ctx context.Context, db querier, p prompt, q api.CreateQuery, k *rules.Kernel, now time.Time) (version, error) {
	if k == nil || q != (api.CreateQuery{}) {
		return s.pick(ctx, db, p, q)
	}
	v, ok, err := s.firstVersion(ctx, db, p.id, func(v version) bool { return k.Made(v.doc) })
	if ok || err != nil {
		return v, err
	}
	v = version{id: s.newID(versionPrefix), made: true}
	v.doc = promptDocument(p, v.id, k, now)
	_, err = db.ExecContext(ctx, s.sql.versionInsert, p.id, v.id, now.UnixMicro(), v.made, v.doc)
	return v, err
}
