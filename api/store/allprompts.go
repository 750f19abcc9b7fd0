package store

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"

	"errata/api"
	"errata/api/rules"
)

// ofAllPrompts fills a page with the logs of all prompts in one order. It begins behind a mark, and
// so costs as much however far the list has been read.
func (s *Store) ofAllPrompts(ctx context.Context, c *conn, p *page, q api.LogQuery, w rules.Window) error {
	if q.Search != "" || q.MetadataSearch != "" || len(q.IDs) > 0 || q.VersionID != "" || q.Sample > 0 || len(q.InTrace) > 0 {
		return wrongQuery("file_id", "the logs of all prompts are selected by dates alone; name a prompt")
	}
	files, err := c.filesOf(ctx, nil)
	if err != nil {
		return err
	}
	from, marked := pageMark{}, -1 // the file of the mark
	if q.After != "" {
		if from, err = readPageMark(q.After); err == nil {
			marked = slices.IndexFunc(files, func(f file) bool { return f.seq == from.file })
		}
		if marked < 0 {
			return wrongQuery("after", fmt.Sprintf("%q is not a mark of a list of logs: give what the page before it told, or leave it out", q.After))
		}
	}
	var streams []*stream
	for i, f := range files {
		sel, _, err := s.selection(ctx, c, f, q, w)
		if err != nil {
			return err
		}
		st, err := c.stream(ctx, sel, api.ScanQuery{})
		if err != nil {
			return err
		}
		p.total += int(st.total)
		if at := from.in(i - marked); marked >= 0 && at.compare(st.at) < 0 {
			st.at = at
		}
		st.together = min(p.size+1, streamAhead)
		streams = append(streams, st)
	}
	return p.merge(ctx, c, streams)
}

// merge fills a page with what comes next in some streams.
func (p *page) merge(ctx context.Context, c *conn, streams []*stream) error {
	p.marked = true
	for p.count < p.size {
		next, of, ok, err := c.next(ctx, streams)
		if err != nil || !ok {
			p.after = ""
			return err
		}
		p.choose(next.seq)
		p.after = pageMark{of, next}.String()
	}
	return nil
}

// pageMark is behind which log a page begins: its file, and its position there.
type pageMark struct {
	file int64
	position
}

// String is the mark as it is sent.
func (m pageMark) String() string { return fmt.Sprintf("%d.%d.%d", m.created, m.file, m.seq) }

// readPageMark reads what String wrote of a log, and nothing else.
func readPageMark(text string) (m pageMark, err error) {
	if _, err = fmt.Sscanf(text, "%d.%d.%d", &m.created, &m.file, &m.seq); err == nil && (m.seq <= 0 || m.String() != text) {
		err = errors.New("it is written otherwise")
	}
	return m, err
}

// in is behind which position the logs of a file come that stands so many places behind that of the
// mark: logs of one instant come in the order of their files, see api.Precedes.
func (m pageMark) in(behind int) position {
	switch {
	case behind < 0:
		return position{m.created, 0}
	case behind > 0:
		return position{m.created, math.MaxInt64}
	}
	return m.position
}

// wrongQuery is the error for a parameter of a list.
func wrongQuery(name, why string) error {
	return &api.Error{Code: api.Invalid, Status: http.StatusUnprocessableEntity, Msg: why,
		Fields: []api.FieldError{{Loc: []any{"query", name}, Msg: why, Type: "value_error"}}}
}
