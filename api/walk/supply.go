package walk

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
	"sync/atomic"

	"errata/api"
	"errata/model"
)

// scanned is the logs of a store that goes through them itself.
type scanned struct{ api.Scan }

func newScanned(ctx context.Context, src Source, q Query, t tests) (*scanned, error) {
	of := api.ScanQuery{
		Files: t.files, Search: q.searched(), SearchIn: q.searchIn(), Metadata: q.Metadata, StartDate: t.start, EndDate: t.end,
		Corrected: q.Corrected, Oldest: q.Oldest, Cut: q.Cut,
	}
	if t.reads() {
		of.Keep = t.document
	}
	scan, err := src.Scanner.Scan(ctx, of)
	if err != nil {
		return nil, err
	}
	return &scanned{scan}, nil
}

func (s *scanned) more(ctx context.Context, _ int) ([]*model.Log, error) {
	docs, err := s.Next(ctx)
	if err != nil {
		return nil, err
	}
	logs := make([]*model.Log, 0, len(docs))
	for _, doc := range docs {
		log, err := model.ParseLog(doc)
		if err != nil {
			return nil, &api.Error{Code: api.BadAnswer, Msg: "a log of the store cannot be read: " + err.Error(), Err: err}
		}
		logs = append(logs, log)
	}
	return logs, nil
}

func (s *scanned) looked() (int, int) { return s.Looked() }
func (s *scanned) missing() []string  { return nil }
func (s *scanned) searchedIn() bool   { return true }

// listed is the logs from the lists of a server that pass the tests.
type listed struct {
	svc    api.Service
	list   api.Lister
	test   tests
	behind []*model.Log // those of a page that was not tested to its end
	seen   atomic.Int64
}

// testedCut is about how many bytes each member of a log has in a list whose logs are tested as a
// whole; those that are not whole are read by themselves.
const testedCut = 64 << 10

// asked is what a server is asked for.
func (t *tests) asked(q Query) api.LogQuery {
	return api.LogQuery{Search: q.searched(), SearchIn: q.searchIn(), MetadataSearch: q.Metadata, StartDate: t.start, EndDate: t.end, Cut: q.Cut}
}

func newListed(src Source, q Query, t tests) *listed {
	of := t.asked(q)
	if (t.expr != nil || t.judged != nil) && of.Cut > 0 {
		of.Cut = max(of.Cut, testedCut)
	}
	return &listed{svc: src.Service, test: t, list: api.NewListerOf(src.Service, of, t.files, q.Oldest)}
}

func (l *listed) more(ctx context.Context, n int) ([]*model.Log, error) {
	if l.test.some() {
		n = max(n, stride)
	}
	if len(l.behind) == 0 {
		logs, err := l.list.Next(ctx, n)
		if err != nil {
			return nil, err
		}
		l.behind = logs
	}
	logs, err := l.passing(ctx, l.behind)
	if err != nil {
		return nil, err
	}
	l.seen.Add(int64(len(l.behind)))
	l.behind = nil
	return logs, nil
}

// passing are those of some logs that pass the tests, which are made on all cores.
func (l *listed) passing(ctx context.Context, logs []*model.Log) ([]*model.Log, error) {
	if !l.test.some() {
		return logs, nil
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	passes := make([]bool, len(logs))
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(logs)) {
		all.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(logs) && ctx.Err() == nil; i = next.Add(1) - 1 {
				var err error
				if passes[i], err = l.test.log(ctx, l.svc, logs[i]); err != nil {
					cancel(err)
				}
			}
		})
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	kept := make([]*model.Log, 0, len(logs))
	for i, log := range logs {
		if passes[i] {
			kept = append(kept, log)
		}
	}
	return kept, nil
}

func (l *listed) looked() (n, of int) {
	n = int(l.seen.Load())
	return n, max(l.list.Total(), n)
}

func (l *listed) missing() []string { return nil }
func (l *listed) searchedIn() bool  { return l.list.SearchedIn() }

// named is logs that were named by their ids.
type named struct {
	svc  api.Service
	q    Query
	test tests
	ids  []string // each once
	at   atomic.Int64
	none []string // that no log has

	everywhere bool // see searchedIn
}

func newNamed(src Source, q Query, t tests) *named {
	n := &named{svc: src.Service, q: q, test: t}
	known := map[string]bool{}
	for _, id := range q.IDs {
		if !known[id] {
			known[id] = true
			n.ids = append(n.ids, id)
		}
	}
	return n
}

func (n *named) more(ctx context.Context, _ int) ([]*model.Log, error) {
	i := int(n.at.Load())
	if i >= len(n.ids) {
		return nil, io.EOF
	}
	log, err := n.one(ctx, n.ids[i])
	if err != nil {
		return nil, err
	}
	n.at.Add(1)
	if log == nil {
		return nil, nil
	}
	return []*model.Log{log}, nil
}

// one reads a log; nil when it is not there, or does not pass.
func (n *named) one(ctx context.Context, id string) (*model.Log, error) {
	doc, err := n.svc.Log(ctx, id)
	if api.CodeOf(err) == api.NotFound {
		n.none = append(n.none, id)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	log, err := doc.Log()
	if err != nil {
		return nil, &api.Error{Code: api.BadAnswer, Msg: "the server's answer is not a log: " + err.Error(), Err: err}
	}
	ok := n.test.within(log)
	if ok {
		ok, err = n.found(ctx, log)
	}
	if ok && err == nil {
		ok, err = n.test.log(ctx, n.svc, log)
	}
	if !ok || err != nil {
		return nil, err
	}
	return log, nil
}

// found asks the server whether it finds a log by the words that are searched for.
func (n *named) found(ctx context.Context, log *model.Log) (bool, error) {
	if n.q.Search == "" && n.q.Metadata == "" {
		return true, nil
	}
	head := log.Head()
	list := api.NewSingle(n.svc, api.LogQuery{
		FileID: head.PromptID, IDs: []string{head.ID}, Search: n.q.searched(), SearchIn: n.q.searchIn(), MetadataSearch: n.q.Metadata, Cut: api.PreviewCut,
	})
	for {
		logs, err := list.Next(ctx, stride)
		n.everywhere = list.SearchedIn()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		for _, l := range logs {
			if l.Head().ID == head.ID {
				return true, nil
			}
		}
	}
}

func (n *named) looked() (int, int) { return int(n.at.Load()), len(n.ids) }
func (n *named) missing() []string  { return n.none }
func (n *named) searchedIn() bool   { return n.everywhere }
