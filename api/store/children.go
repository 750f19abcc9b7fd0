package store

import (
	"context"
	"database/sql"
	"errors"

	"errata/api"
	"errata/model/jsonraw"
)

// traceChildren is the member of a log that lists the logs that are parts of it.
const traceChildren = "trace_children"

// withChildren is the document of a log with the logs that are parts of it, those first that came first, each with its own. A log of which no
// part is stored stays as it is. above holds the logs that it is part of: a circle is cut.
func (s *Store) withChildren(ctx context.Context, c *conn, row shown, above map[string]bool) ([]byte, error) {
	above[row.id] = true
	defer delete(above, row.id)
	var parts []shown
	var nested []bool
	err := c.collect(ctx, func(rows *sql.Rows) error {
		var part shown
		var kind api.FileKind
		if err := rows.Scan(&part.seq, &part.id, &part.doc, &kind); err != nil {
			return err
		}
		parts, nested = append(parts, part), append(nested, kind == api.FlowFile || kind == api.AgentFile)
		return nil
	}, `SELECT l.seq, l.id, l.doc, f.kind FROM logs l JOIN files f ON f.seq = l.file WHERE l.trace = ? ORDER BY l.created, l.seq`, row.id)
	if err != nil || len(parts) == 0 {
		return row.doc, err
	}
	list := []byte{'['}
	for i, part := range parts {
		if above[part.id] {
			continue
		}
		doc := part.doc
		if nested[i] {
			if doc, err = s.withChildren(ctx, c, part, above); err != nil {
				return nil, err
			}
		}
		if len(list) > 1 {
			list = append(list, ',')
		}
		list = append(list, doc...)
	}
	return jsonraw.Set(row.doc, []jsonraw.Edit{{Name: traceChildren, Val: append(list, ']')}})
}

// withParent is the document of a log with the log that it judges. One whose parent is not stored stays as it is.
func (c *conn) withParent(ctx context.Context, row shown) ([]byte, error) {
	var parent handed
	err := c.row(ctx, `SELECT p.doc FROM logs l JOIN logs p ON p.id = l.parent WHERE l.seq = ?`, row.seq).Scan(&parent)
	if errors.Is(err, sql.ErrNoRows) {
		return row.doc, nil
	}
	if err != nil {
		return nil, err
	}
	return jsonraw.Set(row.doc, []jsonraw.Edit{{Name: "parent", Val: parent}})
}
