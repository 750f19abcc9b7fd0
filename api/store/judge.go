package store

import (
	"context"
	"database/sql"
	"errors"

	"errata/api"
	"errata/api/rules"
	"errata/model/jsonraw"
)

// CreateJudgment stores a judgment of a log.
func (s *Store) CreateJudgment(ctx context.Context, q api.CreateQuery, body []byte) (api.Judged, error) {
	j, err := rules.Judge(body)
	if err != nil {
		return api.Judged{}, err
	}
	return change(ctx, &s.core, "cannot record the judgment", func(db *conn) (api.Judged, error) { return s.judge(ctx, db, q, j) })
}

// judge is CreateJudgment within a transaction. An error for something that does not exist comes
// before one for a value that the evaluator does not allow, and that before one for an id in use.
// After any of these nothing is stored.
func (s *Store) judge(ctx context.Context, db *conn, q api.CreateQuery, j rules.Judging) (api.Judged, error) {
	now := s.now()
	if err := s.judgeable(ctx, db, j.ParentID); err != nil {
		return api.Judged{}, err
	}
	of := origin{kind: api.EvaluatorFile, id: j.EvaluatorID, path: j.Path, query: q, part: "spec", sent: j.Spec != nil}
	f, v, err := s.originOf(ctx, db, of, now, func(f file) (version, error) { return s.specVersion(ctx, db, f, j.Spec, rules.Version{}, now) })
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

// add stores a judgment. It is a Conflict when its id is in use, also by a judgment within a log.
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

// judgeable returns an error when there is no log of an id. A log that exists is locked until the
// end of the transaction.
func (s *Store) judgeable(ctx context.Context, db *conn, id string) error {
	var one int
	err := db.row(ctx, `SELECT 1 FROM logs l WHERE l.id = ?`+s.sql.forStay, id).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		err = db.row(ctx, `SELECT 1 FROM nested WHERE id = ? AND NOT gone LIMIT 1`, id).Scan(&one)
	}
	return missing(err, "no log %q", id)
}
