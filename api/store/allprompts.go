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
		var ok bool
		if from, ok = readPosition(q.After); !ok {
			return wrongQuery("after", fmt.Sprintf("%q is no mark of a list of logs: give what the page before it told, or leave it out", q.After))
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
		p.after = next.String()
	}
	return nil
}

// String is the position as a mark of a list.
func (p position) String() string { return fmt.Sprintf("%d.%d", p.created, p.seq) }

// readPosition reads what String wrote of a log, and nothing else.
func readPosition(text string) (p position, ok bool) {
	_, err := fmt.Sscanf(text, "%d.%d", &p.created, &p.seq)
	return p, err == nil && p.seq > 0 && p.String() == text
}

// wrongQuery is the error for a parameter of a list.
func wrongQuery(name, why string) error {
	return &api.Error{Code: api.Invalid, Status: http.StatusUnprocessableEntity, Msg: why,
		Fields: []api.FieldError{{Loc: []any{"query", name}, Msg: why, Type: "value_error"}}}
}
