package store

import (
	"context"
	"database/sql"
	"errors"

	"errata/api"
)

// traceChildren is the member of a log that lists the logs that are parts of it, and judged that
// with the log that it judges.
const (
	traceChildren = "trace_children"
	judged        = "parent"
)

// placed is a log of a page, or one that is shown within another, and its place.
type placed struct {
	seq    int64
	id     string
	within int    // in how many logs it is shown, 0 for one of the page itself
	member string // of the log, where those are shown that come next, one deeper; empty for none
	many   bool   // the member is a list
}

// includes lists a log and those that a page shows within it, each before those within itself.
type includes func(ctx context.Context, c *conn, log placed) ([]placed, error)

// includesOf is what a query asks to be shown within the logs of a file, nil for nothing.
func includesOf(kind api.FileKind, q api.LogQuery) includes {
	switch {
	case q.IncludeTraceChildren && (kind == api.FlowFile || kind == api.AgentFile):
		return func(ctx context.Context, c *conn, log placed) ([]placed, error) {
			return c.withChildren(ctx, nil, log, map[string]bool{})
		}
	case q.IncludeParent && kind == api.EvaluatorFile:
		return func(ctx context.Context, c *conn, log placed) ([]placed, error) { return c.withParent(ctx, log) }
	}
	return nil
}

// withChildren appends a log and the logs that are parts of it to a list, those first that came
// first, each with its own. above holds the logs that it is part of: a circle is cut.
func (c *conn) withChildren(ctx context.Context, list []placed, log placed, above map[string]bool) ([]placed, error) {
	above[log.id] = true
	defer delete(above, log.id)
	var children []placed
	var nested []bool
	err := c.collect(ctx, func(rows scanner) error {
		child := placed{within: log.within + 1}
		var kind api.FileKind
		err := rows.Scan(&child.seq, &child.id, &kind)
		children, nested = append(children, child), append(nested, kind == api.FlowFile || kind == api.AgentFile)
		return err
	}, `SELECT l.seq, l.id, f.kind FROM logs l JOIN files f ON f.seq = l.file WHERE l.trace = ? ORDER BY l.created, l.seq`, log.id)
	if err != nil {
		return nil, err
	}
	if len(children) > 0 {
		log.member, log.many = traceChildren, true
	}
	list = append(list, log)
	for i, child := range children {
		switch {
		case above[child.id]:
		case !nested[i]:
			list = append(list, child)
		default:
			if list, err = c.withChildren(ctx, list, child, above); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// withParent lists a log and the log that it judges, if that is stored.
func (c *conn) withParent(ctx context.Context, log placed) ([]placed, error) {
	parent := placed{within: log.within + 1}
	err := c.row(ctx, `SELECT p.seq, p.id FROM logs l JOIN logs p ON p.id = l.parent WHERE l.seq = ?`, log.seq).Scan(&parent.seq, &parent.id)
	if errors.Is(err, sql.ErrNoRows) {
		return []placed{log}, nil
	}
	log.member = judged
	return []placed{log, parent}, err
}
