package store

import (
	"bytes"
	"context"
	"database/sql"
	"slices"

	"errata/model"
	"errata/model/jsonraw"
)

// A log is corrected if a PATCH changed its meaning since it came in, and it is not back to the
// same bytes. The column original says so: it holds the hash of the document that came in, and NULL
// if the log is not corrected.

// correcting is what a PATCH assigns to original; its argument is the hash of the changed document.
const correcting = `original = CASE WHEN original = ? THEN NULL ELSE coalesce(original, hash) END`

// staysCorrected reports whether correcting leaves original as it is. Then it is not assigned, so
// that the index of corrected logs is not written.
func (t *target) staysCorrected(e *Entry) bool {
	return t.original != nil && !bytes.Equal(t.original, e.hash[:])
}

// unknownOriginal stands for the hash of a document that nobody knows any more; it is none.
var unknownOriginal = []byte{0}

// corrects reports whether edits change the meaning of a log, and not just the spelling of values.
func corrects(log *model.Log, edits []jsonraw.Edit) bool {
	return slices.ContainsFunc(edits, func(e jsonraw.Edit) bool { return !log.Member(e.Name).Equal(model.Raw(e.Val)) })
}

// sameFields reports whether an incoming log holds the same in all fields as the one that is
// stored, so that nothing of a correction is lost with it.
func sameFields(stored []byte, incoming *model.Log) bool {
	log, err := model.ParseLog(stored)
	if err != nil {
		return false
	}
	for _, f := range model.Fields() {
		if !f.Kept(log.Value(f), incoming.Value(f)) {
			return false
		}
	}
	return true
}

// keeps reports whether a log stays as it is though another comes under its id: it was corrected,
// and the other would undo that. Else original is what it is to have in that column from then on.
func (c *conn) keeps(ctx context.Context, seq int64, incoming *Entry) (kept bool, original []byte, err error) {
	var corrected bool
	err = c.row(ctx, `SELECT original IS NOT NULL FROM logs WHERE seq = ?`, seq).Scan(&corrected)
	if err != nil || !corrected {
		return false, incoming.original, err
	}
	var doc handed
	if err := c.row(ctx, `SELECT `+c.d.whole(`logs`)+`, original FROM logs WHERE seq = ?`, seq).Scan(&doc, &original); err != nil {
		return false, nil, err
	}
	return !sameFields(doc, incoming.log), original, nil
}

// markCorrected takes over which logs were corrected before the store itself kept account of it.
func (s *core) markCorrected(ctx context.Context, tx *sql.Tx) error {
	c := newConn(s.sql, tx)
	var some bool
	err := c.row(ctx, `SELECT EXISTS (SELECT 1 FROM logs)`).Scan(&some)
	if err != nil || !some || s.corrected == nil {
		return err
	}
	var known int64
	for _, id := range s.corrected() {
		n, err := c.changed(ctx, `UPDATE logs SET original = ? WHERE id = ? AND original IS NULL`, unknownOriginal, id)
		if err != nil {
			return err
		}
		known += n
	}
	switch {
	case known == 1:
		s.note("the store keeps account of corrections from now on: 1 log is known from the journal to be corrected")
	case known > 1:
		s.note("the store keeps account of corrections from now on: %d logs are known from the journal to be corrected", known)
	}
	return nil
}
