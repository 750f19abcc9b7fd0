package store

import (
	"bytes"
	"context"
	"database/sql"

	"errata/api"
	"errata/model/jsonraw"
	"errata/model/judgment"
)

// nested is a judgment in the document of a log.
type nested struct {
	id        string // empty for one without
	evaluator object // its document
}

// nestedJudgments lists the judgments in the document of a log.
func nestedJudgments(list []byte) (all []nested) {
	if jsonraw.KindOf(list) != jsonraw.Array {
		return nil
	}
	for e := range jsonraw.EachElement(list) {
		if e.Kind != jsonraw.Object {
			continue
		}
		of := membersOf(e.Val.Of(list))
		all = append(all, nested{of.Text("id"), membersOf(of.Raw(string(api.EvaluatorFile)))})
	}
	return all
}

// recordNested stores what judgments within a log tell: their ids, so that each can be read and
// deleted, and their evaluators, so that people can judge with them. With anew it first forgets
// what was stored of the document that this one replaces.
func (s *filing) recordNested(ctx context.Context, c *conn, seq int64, all []nested, anew bool) error {
	if anew {
		if err := c.exec(ctx, `DELETE FROM nested WHERE log = ?`, seq); err != nil {
			return err
		}
	}
	for _, n := range all {
		if n.id != "" {
			if err := c.exec(ctx, `INSERT INTO nested (log, id, gone) VALUES (?, ?, FALSE) ON CONFLICT (log, id) DO NOTHING`, seq, n.id); err != nil {
				return err
			}
		}
		if err := s.learnEvaluator(ctx, c, n.evaluator); err != nil {
			return err
		}
	}
	return nil
}

// learnEvaluator makes an evaluator known that a judgment within a log tells of.
func (s *filing) learnEvaluator(ctx context.Context, c *conn, of object) error {
	id := of.Text("id")
	if id == "" {
		return nil
	}
	f, known := c.files[id]
	if !known {
		var err error
		if f, err = s.knowFile(ctx, c, api.EvaluatorFile, of, true); err != nil {
			return err
		}
	}
	if f.kind != api.EvaluatorFile {
		return nil
	}
	_, err := s.knowVersion(ctx, c, f, of)
	return err
}

// learnAll records the judgments within the logs of a store that did not keep them yet.
func (s *Store) learnAll(ctx context.Context, tx *sql.Tx) error {
	c := newConn(s.sql, tx)
	return c.eachPage(ctx, func(page [][]byte, at []delta) error {
		for i, doc := range page {
			if !bytes.Contains(doc, []byte(judgment.Nested)) {
				continue // most are not looked into
			}
			if err := s.recordNested(ctx, c, at[i].seq, nestedJudgments(membersOf(doc).Raw(judgment.Nested)), false); err != nil {
				return err
			}
		}
		return nil
	})
}
