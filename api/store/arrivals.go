package store

import (
	"context"
	"fmt"
	"strings"

	"errata/api"
)

// Arrived implements api.Backend.
func (s *Store) Arrived(ctx context.Context, after string, n int) (list api.Arrivals, err error) {
	var from mark
	if after != "" {
		if from, err = readMark(after); err != nil {
			return list, wrongQuery("after", err.Error())
		}
	}
	err = s.look(ctx, "cannot list what arrived", func(c *conn) error {
		var to mark
		list.Logs = nil
		if after == "" {
			to, err = c.lastMark(ctx)
		} else {
			list.Logs, to, err = c.arrived(ctx, from, n)
		}
		list.After = to.String()
		return err
	})
	return list, err
}

// lastMark is the mark behind all logs that are there.
func (c *conn) lastMark(ctx context.Context) (m mark, err error) {
	err = c.row(ctx, `SELECT coalesce(max(seq), 0) FROM logs`).Scan(&m.last)
	if err != nil || c.d.single {
		return m, err
	}
	begun := mark{last: max(m.last-gapLook, 0)}
	_, m, err = c.arrived(ctx, begun, gapLook)
	return m, err
}

// arrived lists logs behind a mark, n at most.
func (c *conn) arrived(ctx context.Context, from mark, n int) (logs []api.Arrival, to mark, err error) {
	to = mark{last: from.last, gaps: from.gaps}
	where, args := from.where()
	err = c.collect(ctx, func(rows scanner) error {
		var seq int64
		var id, file, kind string
		if err := rows.Scan(&seq, &id, &file, &kind); err != nil {
			return err
		}
		if to.pass(seq); kind == string(api.PromptFile) {
			logs = append(logs, api.Arrival{ID: id, PromptID: file})
		}
		return nil
	}, `SELECT l.seq, l.id, f.id, f.kind FROM logs l JOIN files f ON f.seq = l.file WHERE `+where+` ORDER BY l.seq LIMIT ?`, append(args, n)...)
	if c.d.single {
		to.gaps = nil // one writer at a time: the numbers come in their order
	}
	return logs, to, err
}

// gapMost is how many gaps a mark remembers, and gapLook how far behind the end the first mark
// looks for them.
const (
	gapMost = 64
	gapLook = 1000
)

// mark is a place in the order in which logs were stored. In PostgreSQL a number may be given out
// before a smaller one can be seen, as each transaction ends in its own time. So a mark remembers
// the numbers before it that were not there.
type mark struct {
	last int64
	gaps []gap
}

// gap is numbers that were not there, both ends included.
type gap struct{ from, to int64 }

// pass moves the mark behind a number, or takes one out of a gap.
func (m *mark) pass(seq int64) {
	if seq > m.last {
		if seq > m.last+1 {
			m.gaps = append(m.gaps, gap{m.last + 1, seq - 1})
		}
		m.last = seq
		m.gaps = m.gaps[max(len(m.gaps)-gapMost, 0):]
		return
	}
	var left []gap
	for _, g := range m.gaps {
		if seq < g.from || seq > g.to {
			left = append(left, g)
			continue
		}
		if g.from < seq {
			left = append(left, gap{g.from, seq - 1})
		}
		if seq < g.to {
			left = append(left, gap{seq + 1, g.to})
		}
	}
	m.gaps = left
}

// where is the condition for logs l that are behind the mark.
func (m mark) where() (text string, args []any) {
	text, args = `(l.seq > ?`, []any{m.last}
	for _, g := range m.gaps {
		text += ` OR l.seq BETWEEN ? AND ?`
		args = append(args, g.from, g.to)
	}
	return text + `)`, args
}

// String is the mark as text: the number, then the gaps.
func (m mark) String() string {
	var b strings.Builder
	fmt.Fprint(&b, m.last)
	for _, g := range m.gaps {
		fmt.Fprintf(&b, " %d-%d", g.from, g.to)
	}
	return b.String()
}

// readMark reads what String wrote.
func readMark(text string) (m mark, err error) {
	words := strings.Fields(text)
	wrong := fmt.Errorf("%q is not a mark of arrivals", text)
	if len(words) == 0 || len(words) > gapMost+1 {
		return m, wrong
	}
	if _, err := fmt.Sscanf(words[0]+" ", "%d ", &m.last); err != nil || m.last < 0 {
		return m, wrong
	}
	for _, word := range words[1:] {
		var g gap
		if _, err := fmt.Sscanf(word+" ", "%d-%d ", &g.from, &g.to); err != nil || g.from < 1 || g.to < g.from {
			return m, wrong
		}
		m.gaps = append(m.gaps, g)
	}
	return m, nil
}
