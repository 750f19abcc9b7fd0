package store

import (
	"context"
	"fmt"

	"errata/api"
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
	return document(doc, hash), nil
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
