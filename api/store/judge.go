package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"errata/api"
	"errata/api/rules"
	"errata/model/jsonraw"
)

// CreateJudgment records what somebody said of a log.
func (s *Store) CreateJudgment(ctx context.Context, q api.CreateQuery, body []byte) (api.Judged, error) {
	j, err := rules.Judge(body)
	if err != nil {
		return api.Judged{}, err
	}
	var made api.Judged
	err = s.change(ctx, "cannot record the judgment", func(db *conn) error {
		made, err = s.judge(ctx, db, q, j)
		return err
	})
	if err != nil {
		return api.Judged{}, err
	}
	return made, nil
}

// judge is CreateJudgment within a transaction. What is not there is said before what the evaluator
// does not allow, and that before an id that is in use; nothing is made in any of these cases.
func (s *Store) judge(ctx context.Context, db *conn, q api.CreateQuery, j rules.Judging) (api.Judged, error) {
	now := s.now()
	if err := s.judgeable(ctx, db, j.ParentID); err != nil {
		return api.Judged{}, err
	}
	f, err := s.judgeWith(ctx, db, j, now)
	if err != nil {
		return api.Judged{}, err
	}
	v, err := s.specFor(ctx, db, f, q, j.Spec, now)
	if err != nil {
		return api.Judged{}, err
	}
	if err := j.Fits(specOf(v.doc)); err != nil {
		return api.Judged{}, err
	}
	id := j.LogID
	if id == "" {
		id = s.newID(logPrefix)
	}
	e, err := readEntry(judgmentDocument(id, judgeDocument(f, v, j.Value), j, now))
	if err != nil {
		return api.Judged{}, err
	}
	e.made = true
	if err := s.add(ctx, db, e, f, v); err != nil {
		return api.Judged{}, err
	}
	return api.Judged{ID: id, ParentID: j.ParentID, VersionID: v.id}, nil
}

// add stores a judgment. Conflict when its id is in use, also by one within a log.
func (s *Store) add(ctx context.Context, db *conn, e *Entry, f file, v version) error {
	var known bool
	err := db.row(ctx, `SELECT EXISTS (SELECT 1 FROM nested WHERE id = ? AND NOT gone)`, e.id).Scan(&known)
	if err == nil && !known {
		err = s.insert(ctx, db, e, f.seq, v.seq)
	}
	if known || errors.Is(err, sql.ErrNoRows) {
		return conflict("there is a log %s already; choose another log_id", string(jsonraw.Literal(e.id)))
	}
	return err
}

// judgeable is an error where there is no log of an id. One that is there stays until the judgment
// is made.
func (s *Store) judgeable(ctx context.Context, db *conn, id string) error {
	var one int
	err := db.row(ctx, `SELECT 1 FROM logs l WHERE l.id = ?`+s.sql.forStay, id).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		err = db.row(ctx, `SELECT 1 FROM nested WHERE id = ? AND NOT gone LIMIT 1`, id).Scan(&one)
	}
	return missing(err, "no log %q", id)
}

// judgeWith is the evaluator that a judgment is made with. A path that is not known makes one when
// the judgment tells what it judges.
func (s *Store) judgeWith(ctx context.Context, db *conn, j rules.Judging, now time.Time) (file, error) {
	if j.EvaluatorID != "" {
		return s.file(ctx, db, api.EvaluatorFile, j.EvaluatorID)
	}
	if j.Spec != nil {
		return s.makeFile(ctx, db, api.EvaluatorFile, j.Path, now)
	}
	var f file
	err := f.scan(db.row(ctx, fileAt, j.Path, string(api.EvaluatorFile)))
	return f, missing(err, "no evaluator at path %q; send its spec to make one", j.Path)
}

// specFor is the version of an evaluator that judges: the one that the query names, else one with
// the spec that was sent, which is made when there is none, else the default one.
func (s *Store) specFor(ctx context.Context, db *conn, f file, q api.CreateQuery, spec []byte, now time.Time) (version, error) {
	if spec == nil || q != (api.CreateQuery{}) {
		return s.pick(ctx, db, f, q)
	}
	return s.specVersion(ctx, db, f, spec, rules.Version{}, now)
}
