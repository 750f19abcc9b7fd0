package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"errata/api"
	"errata/api/rules"
	"errata/model"
	"errata/model/jsonraw"
)

// Log gets one log by its exact id.
func (s *Store) Log(ctx context.Context, id string) (api.Document, error) {
	var doc handed
	var hash []byte
	err := s.view(ctx, "cannot read the log", func(c *conn) error {
		err := c.row(ctx, `SELECT doc, hash FROM logs WHERE id = ?`, id).Scan(&doc, &hash)
		return missing(err, "no log %q", id)
	})
	if err != nil {
		return api.Document{}, err
	}
	return api.Document{Raw: doc, ETag: rules.Tag(hash)}, nil
}

// handed is a column that is taken over from the driver and not copied once more: both drivers make the bytes for the
// row alone.
type handed []byte

// Scan implements sql.Scanner.
func (h *handed) Scan(from any) error {
	doc, ok := from.([]byte)
	if !ok {
		return fmt.Errorf("the document is stored as %T", from)
	}
	*h = doc
	return nil
}

// UpdateLog replaces the members of a log that patch names and leaves every other byte alone.
func (s *Store) UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	return s.update(ctx, owner{api.PromptFile, promptID}, logID, patch, ifMatch)
}

// UpdateAgentLog is UpdateLog for a log of an agent.
func (s *Store) UpdateAgentLog(ctx context.Context, agentID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	return s.update(ctx, owner{api.AgentFile, agentID}, logID, patch, ifMatch)
}

// owner is the file that a log belongs to.
type owner struct {
	kind api.FileKind
	id   string
}

func (s *Store) update(ctx context.Context, of owner, logID string, patch []byte, ifMatch string) (api.Document, error) {
	edits, err := rules.Patch(patch)
	if err != nil {
		return api.Document{}, err
	}
	var doc api.Document
	err = s.change(ctx, "cannot save the log", func(c *conn) error {
		doc, err = s.edit(ctx, c, of, logID, edits, ifMatch)
		return err
	})
	if err != nil {
		return api.Document{}, err
	}
	return doc, nil
}

// edit is update within a transaction, with a checked patch.
func (s *Store) edit(ctx context.Context, c *conn, of owner, logID string, edits []jsonraw.Edit, ifMatch string) (api.Document, error) {
	var at delta
	var found owner
	var old handed
	var hash []byte
	query := `SELECT l.seq, l.file, l.version, l.created, f.kind, f.id, l.doc, l.hash FROM logs l JOIN files f ON f.seq = l.file WHERE l.id = ?`
	if s.sql.forUpdate != "" {
		query += s.sql.forUpdate + ` OF l`
	}
	err := c.row(ctx, query, logID).Scan(&at.seq, &at.file, &at.version, &at.created, &found.kind, &found.id, &old, &hash)
	if err != nil {
		return api.Document{}, missing(err, "no log %q under %s %q", logID, of.kind, of.id)
	}
	if found != of {
		return api.Document{}, notFound("no log %q under %s %q", logID, of.kind, of.id)
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
	e, err := index(edited)
	if err != nil {
		return api.Document{}, err
	}
	return api.Document{Raw: edited, ETag: rules.Tag(e.hash[:])}, s.rewrite(ctx, c, at, e, edits)
}

// rewrite stores a log whose document was edited.
func (s *Store) rewrite(ctx context.Context, c *conn, at delta, e *Entry, edits []jsonraw.Edit) error {
	set, args := `created = ?, hash = ?, doc = ?`, []any{e.created, e.hash[:], e.raw}
	if searchable(edits) {
		c.sign(at.seq, e, at.file)
		if !s.sql.sieve {
			set, args = set+`, searched = ?, noted = ?`, append(args, e.searched(), e.noted())
		}
	}
	if err := c.exec(ctx, `UPDATE logs SET `+set+` WHERE seq = ?`, append(args, at.seq)...); err != nil {
		return err
	}
	to := at
	to.created = e.created
	c.moved(at, to)
	return nil
}

// searchable tells whether one of the edits is of a field that is searched.
func searchable(edits []jsonraw.Edit) bool {
	fields := append(rules.Searched(), rules.Metadata())
	return slices.ContainsFunc(edits, func(e jsonraw.Edit) bool {
		return slices.ContainsFunc(fields, func(f *model.Field) bool { return f.Name == e.Name })
	})
}
