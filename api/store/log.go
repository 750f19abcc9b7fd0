package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"errata/api"
)

// Log gets one log by its exact id.
func (s *Store) Log(ctx context.Context, id string) (api.Document, error) {
	if err := s.reserve(ctx, id, readCopies); err != nil {
		return api.Document{}, err
	}
	var doc handed
	var hash []byte
	err := s.view(ctx, "cannot read the log", func(c *conn) error {
		err := c.row(ctx, `SELECT doc, hash FROM logs WHERE id = ?`, id).Scan(&doc, &hash)
		return missing(err, "no log %q", id)
	})
	if err != nil {
		return api.Document{}, err
	}
	return document(doc, hash), nil
}

// How many times a log is in memory while it is read, and while it is changed: as the database
// holds it, and as it was and will be.
const (
	readCopies   = 2
	changeCopies = 4
)

// reserve asks for the memory that a log takes, where somebody wants to be asked. It is done
// before a connection of the database is taken: others need those while it waits.
func (s *Store) reserve(ctx context.Context, id string, copies int64) error {
	if !api.Reserves(ctx) {
		return nil
	}
	var size int64
	err := s.view(ctx, "cannot read the log", func(c *conn) error {
		err := c.row(ctx, `SELECT length(doc) FROM logs WHERE id = ?`, id).Scan(&size)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // whoever reads it says so
		}
		return err
	})
	if err != nil {
		return err
	}
	return api.Reserve(ctx, copies*size)
}

// handed is a column that is taken over from the driver and not copied once more: both drivers
// make the bytes for the row alone.
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
