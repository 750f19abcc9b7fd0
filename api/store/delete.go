package store

import (
	"cmp"
	"context"
	"slices"

	"errata/api"
)

// DeleteLogs removes logs by their exact ids, and the logs that judge them with them. A judgment
// that is in the document of a log is left out of it from then on. Unknown ids are passed over.
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
			// The log first: who is about to judge it waits, or is waited for.
			held, err := s.remove(ctx, c, left[0])
			if err != nil {
				return err
			}
			about, err := c.judges(ctx, left[0])
			if err != nil {
				return err
			}
			left = append(append(left, held...), about...)
		}
		return nil
	})
}

// judges lists the ids of the logs that judge a log.
func (c *conn) judges(ctx context.Context, id string) (ids []string, err error) {
	return c.texts(ctx, `SELECT id FROM logs WHERE parent = ?`, id)
}

// texts lists the texts that a query gives.
func (c *conn) texts(ctx context.Context, query string, args ...any) (list []string, err error) {
	err = c.collect(ctx, func(rows scanner) error {
		var text string
		err := rows.Scan(&text)
		list = append(list, text)
		return err
	}, query, args...)
	return list, err
}

// remove removes one log, if it is there, and says which judgments were known from within it alone.
func (s *Store) remove(ctx context.Context, c *conn, id string) (held []string, err error) {
	if err := c.exec(ctx, `UPDATE nested SET gone = TRUE WHERE id = ? AND NOT gone`, id); err != nil {
		return nil, err
	}
	var gone []delta
	err = c.collect(ctx, func(rows scanner) error {
		var d delta
		err := rows.Scan(&d.seq, &d.file, &d.version, &d.created)
		gone = append(gone, d)
		return err
	}, `DELETE FROM logs WHERE id = ? RETURNING seq, file, version, created`, id)
	for _, d := range gone {
		c.removed(d)
		c.unindexed(d.seq)
		if err == nil {
			held, err = c.forget(ctx, d.seq)
		}
	}
	return held, err
}

// forget forgets the judgments that are in the document of a log which was removed, and lists those
// that are known from nowhere else: what was said of them goes with them.
func (c *conn) forget(ctx context.Context, seq int64) (alone []string, err error) {
	alone, err = c.texts(ctx, `DELETE FROM nested WHERE log = ? RETURNING id`, seq)
	if err != nil {
		return nil, err
	}
	var unkept error
	alone = slices.DeleteFunc(alone, func(id string) bool {
		var known bool
		err := c.row(ctx, `SELECT EXISTS (SELECT 1 FROM logs WHERE id = ?)`, id).Scan(&known)
		unkept = cmp.Or(unkept, err)
		return known
	})
	return alone, unkept
}
