package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"time"

	"errata/api"
	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
)

// Log gets one log by its exact id.
func (s *Store) Log(ctx context.Context, id string) (api.Document, error) {
	var doc, hash []byte
	err := s.view(ctx, "cannot read the log", func(q querier) error {
		err := q.QueryRowContext(ctx, s.sql.logRow, id).Scan(&doc, &hash)
		return missing(err, "no log %q", id)
	})
	if err != nil {
		return api.Document{}, err
	}
	return api.Document{Raw: doc, ETag: rules.Tag(hash)}, nil
}

// UpdateLog replaces the members of a log that patch names and leaves every other byte alone.
func (s *Store) UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	edits, err := rules.Patch(patch)
	if err != nil {
		return api.Document{}, err
	}
	var doc api.Document
	err = s.change(ctx, "cannot save the log", func(q querier) error {
		doc, err = s.edit(ctx, q, promptID, logID, edits, ifMatch)
		return err
	})
	if err != nil {
		return api.Document{}, err
	}
	return doc, nil
}

// edit is UpdateLog within a transaction, with a checked patch.
func (s *Store) edit(ctx context.Context, q querier, promptID, logID string, edits []jsonraw.Edit, ifMatch string) (api.Document, error) {
	var owner string
	var old, hash []byte
	if err := q.QueryRowContext(ctx, s.sql.logForUpdate, logID).Scan(&owner, &old, &hash); err != nil {
		return api.Document{}, missing(err, "no log %q under prompt %q", logID, promptID)
	}
	if owner != promptID {
		return api.Document{}, notFound("no log %q under prompt %q", logID, promptID)
	}
	if ifMatch != "" && !rules.Holds(ifMatch, rules.Tag(hash)) {
		return api.Document{}, &api.Error{Code: api.Precondition, Status: 412, Msg: "the log has changed since it was read; read it again"}
	}
	edited, err := jsonraw.Set(old, edits)
	if err != nil {
		return api.Document{}, err
	}
	if bytes.Equal(old, edited) {
		return api.Document{Raw: old, ETag: rules.Tag(hash)}, nil
	}
	row, err := index(edited)
	if err != nil {
		return api.Document{}, err
	}
	_, err = q.ExecContext(ctx, s.sql.logEdit, row.created, row.hash, edited, logID)
	return api.Document{Raw: edited, ETag: rules.Tag(row.hash)}, err
}

// row is what the store keeps beside the document of a log.
type row struct {
	head    model.Head
	prompt  []byte // the literal of the embedded prompt
	created any    // an instant, or nil
	hash    []byte
}

// index reads from a document what is kept beside it. The error is a *jsonraw.SyntaxError.
func index(doc []byte) (row, error) {
	log, err := model.ParseLog(doc)
	if err != nil {
		return row{}, err
	}
	text, _ := log.Value(rules.Time()).Text()
	sum := sha256.Sum256(doc)
	return row{head: log.Head(), prompt: log.Member("prompt").Bytes(), created: instant(text), hash: sum[:]}, nil
}

// instant is a time as it is stored: microseconds since 1970 in UTC, nil when the text is no time. What is finer than a microsecond is dropped,
// as the API drops it.
func instant(text string) any {
	t, _, err := model.ParseTime(text)
	if err != nil {
		return nil
	}
	return t.UnixMicro()
}

// stored is the time that an instant of the database stands for.
func stored(micros int64) time.Time { return time.UnixMicro(micros).UTC() }
