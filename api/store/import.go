package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"path"

	"errata/api"
	"errata/model/jsonraw"
)

// Imported says what Import did with a document.
type Imported int

// What Import did.
const (
	Added     Imported = iota + 1
	Unchanged          // the same bytes were there
	Replaced           // the id was there with other bytes
)

// Import stores a log byte for byte, unvalidated: any JSON object with a string "id" and a "prompt" with a string "id". The
// prompt is made known too. A log that is replaced keeps its place among the stored ones.
func (s *Store) Import(ctx context.Context, raw []byte) (Imported, error) {
	r, err := index(raw)
	if err != nil {
		return 0, refuse("it is not one JSON object: " + err.Error())
	}
	var of object
	if jsonraw.KindOf(r.prompt) == jsonraw.Object {
		of = membersOf(r.prompt)
	}
	id, promptID := r.head.ID, of.text("id")
	if id == "" {
		return 0, refuse(`it is no log: it has no text "id"`)
	}
	if promptID == "" {
		return 0, refuse(`it is no log of a prompt: it has no "prompt" with a text "id"`)
	}
	var did Imported
	err = s.change(ctx, "cannot import the log", func(q querier) error {
		if did, err = s.put(ctx, q, id, promptID, of.text("version_id"), r, raw); err != nil || did == Unchanged {
			return err
		}
		return s.learn(ctx, q, of)
	})
	if err != nil {
		return 0, err
	}
	return did, nil
}

func refuse(msg string) error { return &api.Error{Code: api.Invalid, Status: 422, Msg: msg} }

// put stores a log under its id.
func (s *Store) put(ctx context.Context, q querier, id, promptID, versionID string, r row, raw []byte) (Imported, error) {
	var hash []byte
	err := q.QueryRowContext(ctx, s.sql.logHash, id).Scan(&hash)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		_, err = q.ExecContext(ctx, s.sql.logInsert, id, promptID, versionID, r.created, r.hash, raw)
		return Added, err
	case err != nil:
		return 0, err
	case bytes.Equal(hash, r.hash):
		return Unchanged, nil
	}
	_, err = q.ExecContext(ctx, s.sql.logReplace, promptID, versionID, r.created, r.hash, raw, id)
	return Replaced, err
}

// learn makes the prompt known that a log brings with it, unless this version of it is known already. One that names no version is
// kept only when no other is known. The default environment counts as far as nothing better is known of it.
func (s *Store) learn(ctx context.Context, q querier, of object) error {
	id, versionID := of.text("id"), of.text("version_id")
	var v version
	var err error
	if versionID == "" {
		err = v.scan(q.QueryRowContext(ctx, s.sql.versionDefault, id))
	} else {
		err = v.scan(q.QueryRowContext(ctx, s.sql.versionByID, id, versionID))
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err // nil: it is known
	}
	if err := s.addPrompt(ctx, q, of); err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, s.sql.versionInsert, id, versionID, of.time(createdMember()), false, of.doc); err != nil {
		return err
	}
	if deployedTo(of.doc, environmentTag, defaultTag) {
		_, err = q.ExecContext(ctx, s.sql.promptAdopt, versionID, id)
		return err
	}
	return nil
}

// addPrompt adds the prompt of a document unless it is known.
func (s *Store) addPrompt(ctx context.Context, q querier, of object) error {
	where, name := of.place()
	_, err := q.ExecContext(ctx, s.sql.promptInsert, of.text("id"), where, name, of.time(createdMember()), of.time("updated_at"))
	return err
}

// place is the path and the name of a prompt document.
func (o object) place() (where, name string) {
	where, name = o.text("path"), o.text("name")
	if name == "" && where != "" {
		name = path.Base(where)
	}
	return where, name
}

// ImportPrompt stores a prompt version as the official export has it in file.json and versions/*: any JSON object with string
// members id and version_id. deployed marks the default version.
func (s *Store) ImportPrompt(ctx context.Context, raw []byte, deployed bool) error {
	if _, err := jsonraw.Members(raw); err != nil {
		return refuse("it is not one JSON object: " + err.Error())
	}
	of := membersOf(raw)
	id, versionID := of.text("id"), of.text("version_id")
	if id == "" || versionID == "" {
		return refuse(`it is no prompt: it has no text "id" and "version_id"`)
	}
	return s.change(ctx, "cannot import the prompt", func(q querier) error {
		if err := s.addPrompt(ctx, q, of); err != nil {
			return err
		}
		if err := s.putVersion(ctx, q, id, versionID, of); err != nil {
			return err
		}
		if deployed {
			if _, err := q.ExecContext(ctx, s.sql.promptDeploy, versionID, id); err != nil {
				return err
			}
		}
		return s.rename(ctx, q, id)
	})
}

// putVersion stores a version under its id.
func (s *Store) putVersion(ctx context.Context, q querier, id, versionID string, of object) error {
	created := of.time(createdMember())
	if _, err := q.ExecContext(ctx, s.sql.versionInsert, id, versionID, created, false, of.doc); err != nil {
		return err
	}
	_, err := q.ExecContext(ctx, s.sql.versionReplace, created, of.doc, id, versionID)
	return err
}

// rename gives a prompt the path, the name and the times that its default version tells.
func (s *Store) rename(ctx context.Context, q querier, id string) error {
	var v version
	if err := v.scan(q.QueryRowContext(ctx, s.sql.versionDefault, id)); err != nil {
		return err
	}
	of := membersOf(v.doc)
	where, name := of.place()
	_, err := q.ExecContext(ctx, s.sql.promptReplace, where, name, of.time(createdMember()), of.time("updated_at"), id)
	return err
}
