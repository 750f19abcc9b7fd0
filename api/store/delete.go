package store

import (
	"context"
	"database/sql"
	"slices"

	"errata/api"
)

// DeleteLogs removes logs by their exact ids, and the logs that judge them with them. Unknown ids
// are passed over.
func (s *Store) DeleteLogs(ctx context.Context, ids []string) error {
	if len(ids) == 0 {
		return &api.Error{Code: api.Invalid, Status: 422, Msg: "id: field required", Fields: []api.FieldError{
			{Loc: []any{"query", "id"}, Msg: "field required", Type: "value_error.missing"},
		}}
	}
	return s.change(ctx, "cannot delete the logs", func(c *conn) error {
		seen := map[string]bool{}
		// In one order, so that two servers that delete the same logs do not wait for each other.
		for left := slices.Sorted(slices.Values(ids)); len(left) > 0; left = left[1:] {
			if seen[left[0]] {
				continue
			}
			seen[left[0]] = true
			about, err := c.judges(ctx, left[0])
			if err != nil {
				return err
			}
			left = append(left, about...)
			if err := s.remove(ctx, c, left[0]); err != nil {
				return err
			}
		}
		return nil
	})
}

// judges lists the ids of the logs that judge a log.
func (c *conn) judges(ctx context.Context, id string) (ids []string, err error) {
	err = c.collect(ctx, func(rows *sql.Rows) error {
		var id string
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id FROM logs WHERE parent = ?`, id)
	return ids, err
}

// remove removes one log, if it is there.
func (s *Store) remove(ctx context.Context, c *conn, id string) error {
	var gone []delta
	err := c.collect(ctx, func(rows *sql.Rows) error {
		var d delta
		err := rows.Scan(&d.seq, &d.file, &d.version, &d.created)
		gone = append(gone, d)
		return err
	}, `DELETE FROM logs WHERE id = ? RETURNING seq, file, version, created`, id)
	for _, d := range gone {
		c.removed(d)
		c.unindexed(d.seq)
	}
	return err
}
