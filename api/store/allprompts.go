package store

import (
	"context"
	"fmt"
	"net/http"

	"errata/api"
	"errata/api/rules"
)

// ofAllPrompts fills a page with the logs of all prompts in one order. It begins behind a mark, and
// so costs as much however far the list has been read.
func (s *Store) ofAllPrompts(ctx context.Context, c *conn, p *page, q api.LogQuery, w rules.Window) error {
	if q.Search != "" || q.MetadataSearch != "" || len(q.IDs) > 0 || q.VersionID != "" || q.Sample > 0 || len(q.InTrace) > 0 {
		return wrongQuery("file_id", "the logs of all prompts are selected by dates alone; name a prompt")
	}
	from := highest
	if q.After != "" {
		if n, err := fmt.Sscanf(q.After+" ", "%d.%d ", &from.created, &from.seq); n != 2 || err != nil {
			return wrongQuery("after", fmt.Sprintf("%q is no mark of a list of logs", q.After))
		}
	}
	files, err := c.filesOf(ctx, nil)
	if err != nil {
		return err
	}
	var streams []*stream
	for _, f := range files {
		sel, _, err := s.selection(ctx, c, f, q, w)
		if err != nil {
			return err
		}
		st, err := c.stream(ctx, sel, api.ScanQuery{})
		if err != nil {
			return err
		}
		if p.total += int(st.total); from.compare(st.at) < 0 {
			st.at = from
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
		next, ok, err := c.next(ctx, streams)
		if err != nil || !ok {
			p.after = ""
			return err
		}
		p.choose(next.seq)
		p.after = fmt.Sprintf("%d.%d", next.created, next.seq)
	}
	return nil
}

// wrongQuery is the error for a parameter of a list.
func wrongQuery(name, why string) error {
	return &api.Error{Code: api.Invalid, Status: http.StatusUnprocessableEntity, Msg: why,
		Fields: []api.FieldError{{Loc: []any{"query", name}, Msg: why, Type: "value_error"}}}
}
