package ui

import (
	"context"
	"time"

	"errata/api"
	"errata/api/follow"
	"errata/api/walk"
	"errata/model"
	"errata/ui/browse"
)

// listing gives the browse screen its lists.
type listing struct{ source walk.Source }

// newListing lists the logs of what the program was started with.
func newListing(o Options) listing {
	if o.Source.Service == nil {
		o.Source.Service = o.Service
	}
	return listing{o.Source}
}

// List implements browse.Loader.
func (l listing) List(q browse.Query) browse.Cursor {
	return &sparing{Walk: walk.New(l.source, walk.Query{Selection: q, Cut: api.PreviewCut, Counted: true})}
}

// sparing is a list that lets the garbage collector run more often once it is long: its rows are
// few bytes, and otherwise as much garbage would be left beside them.
type sparing struct {
	*walk.Walk
	given int
}

// longList is from how many logs on that matters.
const longList = 10_000

// Next implements browse.Cursor.
func (s *sparing) Next(ctx context.Context, n int) ([]*model.Log, error) {
	logs, err := s.Walk.Next(ctx, n)
	if s.given += len(logs); s.given >= longList && s.given-len(logs) < longList {
		spare(large)
	}
	return logs, err
}

// stored yields documents of the store, the newest first; nil if there is no store at hand.
func (l listing) stored() func(ctx context.Context, take func(doc []byte)) {
	if l.source.Scanner == nil {
		return nil
	}
	return func(ctx context.Context, take func(doc []byte)) {
		scan, err := l.source.Scanner.Scan(ctx, api.ScanQuery{Keep: func(_ context.Context, doc []byte) (bool, error) {
			take(doc)
			return false, nil
		}})
		for err == nil {
			_, err = scan.Next(ctx)
		}
	}
}

// follow yields new logs.
func (l listing) follow(q browse.Query) (browse.Follow, error) {
	q.Limit = 0
	query := walk.Query{Selection: q, Cut: api.PreviewCut}
	if err := follow.Check(query); err != nil {
		return nil, err
	}
	return follow.New(l.source, query), nil
}

// sleep waits on the clock of the program.
func (o Options) sleep() api.Sleep {
	if o.Sleep == nil {
		return api.Wait
	}
	return o.Sleep
}

// corrected reports whether a log was corrected, as the store or the journal has it; nil if neither
// knows.
func (l listing) corrected() func(ctx context.Context, id string) bool {
	switch {
	case l.source.Scanner != nil:
		return func(ctx context.Context, id string) bool {
			yes, err := l.source.Scanner.Corrected(ctx, id)
			return yes && err == nil
		}
	case l.source.Corrected != nil:
		return func(_ context.Context, id string) bool { return l.source.Corrected(id) }
	}
	return nil
}

// check says what of a filter makes no sense.
func (l listing) check(q browse.Query) error {
	now := time.Now
	if l.source.Now != nil {
		now = l.source.Now
	}
	return walk.Query{Selection: q}.Check(now())
}

// read reads logs of one prompt again, as lists have them.
func (l listing) read(ctx context.Context, prompt string, ids []string) ([]*model.Log, error) {
	found := map[string]*model.Log{}
	if prompt != "" {
		logs, err := l.named(ctx, prompt, ids)
		if err != nil {
			return nil, err
		}
		for _, log := range logs {
			found[log.Head().ID] = log
		}
	}
	var list []*model.Log
	for _, id := range ids {
		log := found[id]
		if log == nil { // the server does not look for ids, or the log is of another kind
			doc, err := l.source.Service.Log(ctx, id)
			if api.CodeOf(err) == api.NotFound {
				continue
			}
			if err != nil {
				return nil, err
			}
			if log, err = doc.Log(); err != nil {
				return nil, err
			}
		}
		list = append(list, log)
	}
	return list, nil
}

// named asks for a page of logs of a prompt by their ids; none when the prompt is not there.
func (l listing) named(ctx context.Context, prompt string, ids []string) ([]*model.Log, error) {
	raw, err := l.source.Service.Logs(ctx, api.LogQuery{FileID: prompt, IDs: ids, Page: 1, Size: len(ids), Cut: api.PreviewCut})
	if api.CodeOf(err) == api.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	page, err := model.ParsePage(raw)
	return page.Logs, err
}
