package api

import (
	"context"
	"io"
	"strings"
	"sync"
	"time"

	"errata/model"
)

// Lister reads a list of logs in parts, newest first. It is safe for concurrent use; calls wait for
// each other.
type Lister interface {
	// Next gets the next logs, n at most: fewer where others would have to be waited for; io.EOF at
	// the end. After another error nothing is lost: calling again goes on where it stopped.
	Next(ctx context.Context, n int) ([]*model.Log, error)
	// Total is the number of logs in the list, as far as is known: 0 before the first Next.
	Total() int
	// SearchedIn reports whether the server has said that it searched in the places of
	// LogQuery.SearchIn; false before the first Next.
	SearchedIn() bool
}

// NewLister lists the logs that q selects: those of q.FileID, or of all prompts when it is empty.
// q's Page and Size do not matter.
func NewLister(svc Service, q LogQuery) Lister {
	if q.FileID != "" {
		return NewSingle(svc, q)
	}
	return NewMerge(svc, q)
}

// NewListerOf lists the logs of several files in one order, those of all prompts where files is
// nil: the newest first, or the oldest. The API has no such order, so that lists are then read from
// their last page to their first. q.FileID does not matter.
func NewListerOf(svc Service, q LogQuery, files []string, oldest bool) Lister {
	m := &merger{svc: svc, query: q, oldest: oldest, complete: files != nil}
	for _, id := range files {
		m.streams = append(m.streams, &stream{fileID: id, required: len(files) == 1})
	}
	return m
}

// PreviewCut is a LogQuery.Cut, in bytes, that is enough for a row of a table and a preview.
const PreviewCut = 16 << 10

// Merge lists the logs of all prompts, which the API can list only one by one, in the order of
// Precedes. A prompt that vanishes meanwhile is passed over.
type Merge struct{ merger }

// NewMerge lists the logs of all prompts that q selects; q.FileID does not matter. Nothing is
// fetched before the first Next.
func NewMerge(svc Service, q LogQuery) *Merge {
	return &Merge{merger{svc: svc, query: q}}
}

// Single lists the logs of one prompt, in the order of the service.
type Single struct{ merger }

// NewSingle lists the logs of the prompt q.FileID. Next gives NotFound when there is no such
// prompt.
func NewSingle(svc Service, q LogQuery) *Single {
	only := []*stream{{fileID: q.FileID, required: true}}
	return &Single{merger{svc: svc, query: q, streams: only, complete: true}}
}

// The sizes of pages. Documents are whole logs, so a page of logs is kept near what is asked for.
const (
	promptPage = 100
	maxLogPage = 100
	minLogPage = 10
	fetchers   = keptConnections // pages of several prompts that are fetched at the same time
)

// merger is what Merge and Single share: streams, one a prompt.
type merger struct {
	svc    Service
	query  LogQuery
	oldest bool // the lists are read from their ends

	mu       sync.Mutex
	streams  []*stream
	complete bool // streams holds all prompts
	prompts  int  // pages of prompts read

	count      sync.Mutex // guards what follows, so that Total does not wait for a fetch
	total      int
	searchedIn bool // see model.Page
}

// Next implements Lister.
func (m *merger) Next(ctx context.Context, n int) ([]*model.Log, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.open(ctx, n); err != nil {
		return nil, err
	}
	size := m.pageSize(n)
	var out []*model.Log
	for len(out) < n {
		dry := m.dry()
		if len(dry) > 0 && len(out) > 0 {
			break // of a server that is far away the first rows are there long before the others
		}
		if err := m.fill(ctx, dry, size); err != nil {
			return nil, err
		}
		log := m.take()
		if log == nil {
			break
		}
		out = append(out, log)
	}
	if len(out) == 0 && n > 0 {
		return nil, io.EOF
	}
	return out, nil
}

// Total implements Lister.
func (m *merger) Total() int {
	m.count.Lock()
	defer m.count.Unlock()
	return m.total
}

// SearchedIn implements Lister.
func (m *merger) SearchedIn() bool {
	m.count.Lock()
	defer m.count.Unlock()
	return m.searchedIn
}

// open learns all prompts, unless the server lists their logs in one request.
func (m *merger) open(ctx context.Context, n int) error {
	known := map[string]bool{}
	for _, s := range m.streams {
		known[s.fileID] = true
	}
	ask := func() (model.Page, error) { return m.promptsOn(ctx, m.prompts+1) }
	if m.prompts == 0 && !m.complete {
		ask = m.whole(ctx, n)
	}
	for !m.complete {
		page, err := ask()
		if err != nil {
			return err
		}
		fresh := 0
		for _, p := range page.Logs {
			id, _ := p.Member("id").Text()
			if id != "" && !known[id] {
				known[id] = true
				fresh++
				m.streams = append(m.streams, &stream{fileID: id})
			}
		}
		m.prompts++
		m.complete = fresh == 0 || m.prompts*promptPage >= page.Total
	}
	return nil
}

// promptsOn is one page of prompts.
func (m *merger) promptsOn(ctx context.Context, number int) (page model.Page, err error) {
	raw, err := m.svc.Prompts(ctx, PromptQuery{Page: number, Size: promptPage})
	if err != nil {
		return page, err
	}
	if page, err = model.ParsePage(raw); err != nil {
		return page, badList("prompts", err)
	}
	return page, nil
}

// whole asks for the logs of all prompts at once, and meanwhile for the prompts: a server that does
// not know the former takes no longer than before. It gives what asks for further prompts.
func (m *merger) whole(ctx context.Context, n int) (ask func() (model.Page, error)) {
	all := allLister(m.svc)
	later := func() (model.Page, error) { return m.promptsOn(ctx, m.prompts+1) }
	if all == nil || m.oldest || !m.query.plain() {
		return later
	}
	type answer struct {
		page model.Page
		err  error
	}
	prompts := make(chan answer, 1)
	asking, cancel := context.WithCancel(ctx)
	go func() {
		page, err := m.promptsOn(asking, 1)
		prompts <- answer{page, err}
	}()
	s := &stream{fileID: AllPrompts, all: all, required: true}
	// one more tells whoever reads just so many whether there are more
	if err := s.fetch(ctx, m.svc, m.query, m.pageSize(n+1)); err == nil {
		cancel()
		m.streams, m.complete = []*stream{s}, true
		m.sum()
		return later
	}
	return func() (model.Page, error) {
		if m.prompts > 0 {
			return later()
		}
		first := <-prompts
		cancel()
		return first.page, first.err
	}
}

// allLister is a service that may list the logs of all prompts at once, nil for another one.
func allLister(svc Service) AllLister {
	if w, ok := svc.(interface{ Watched() Service }); ok {
		svc = w.Watched()
	}
	all, _ := svc.(AllLister)
	return all
}

// pageSize shares what is asked for out among the prompts, with room for one that has more than its
// share.
func (m *merger) pageSize(n int) int {
	if len(m.streams) > 1 {
		n = min(n, max(minLogPage, 2*n/len(m.streams)))
	}
	return min(max(n, 1), maxLogPage)
}

// dry are the streams that have no log to compare and are not at their end.
func (m *merger) dry() (list []*stream) {
	for _, s := range m.streams {
		if len(s.logs) == 0 && !s.done {
			list = append(list, s)
		}
	}
	return list
}

// fill reads on in streams that are dry.
func (m *merger) fill(ctx context.Context, dry []*stream, size int) error {
	if len(dry) == 0 {
		return nil
	}
	errs := make([]error, len(dry))
	slots := make(chan struct{}, fetchers)
	var all sync.WaitGroup
	far := answers{of: len(dry), next: time.Now().Add(defaultSlow)}
	for i, s := range dry {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			errs[i] = s.next(ctx, m, size)
			far.came(ctx)
		})
	}
	all.Wait()
	m.sum()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// answers counts the prompts that have answered, and reports how many once that takes long.
type answers struct {
	mu   sync.Mutex
	n    int
	of   int
	next time.Time // when it is reported next
}

// came notes that one more has answered.
func (a *answers) came(ctx context.Context) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.n++
	if now := time.Now(); a.n < a.of && now.After(a.next) {
		a.next = now.Add(defaultSlow)
		Notify(ctx, 0, "%d of %d prompts have answered", a.n, a.of)
	}
}

func (m *merger) sum() {
	total, searchedIn := 0, false
	for _, s := range m.streams {
		total += s.total
		searchedIn = searchedIn || s.searchedIn
	}
	m.count.Lock()
	m.total, m.searchedIn = total, searchedIn
	m.count.Unlock()
}

// take removes the newest of the streams' first logs, or the oldest; nil when there is none.
func (m *merger) take() *model.Log {
	var first *stream
	for _, s := range m.streams {
		if len(s.logs) > 0 && (first == nil || Precedes(s.logs[0].created.Compare(first.logs[0].created), m.oldest)) {
			first = s
		}
	}
	if first == nil {
		return nil
	}
	log := first.logs[0].log
	first.logs = first.logs[1:]
	return log
}

// stream is the list of one prompt.
type stream struct {
	fileID   string
	required bool // that the prompt does not exist is an error
	size     int  // of a page; fixed by the first fetch, since pages are counted in it
	page     int  // pages fetched
	// logs on them, those seen before included; so a server that ignores the page number comes to
	// an end
	read  int
	seen  map[string]bool
	logs  []dated
	total int
	done  bool
	left  int // where the list is read from its end: the logs before those that were read

	// of the logs of all prompts: who lists them, and the mark behind those that were read
	all   AllLister
	after string

	searchedIn bool // see model.Page
}

type dated struct {
	log     *model.Log
	created time.Time // zero when unreadable
}

// fetch reads pages until one holds a log that was not seen before: logs that arrive meanwhile move
// others to the next page.
func (s *stream) fetch(ctx context.Context, svc Service, q LogQuery, size int) error {
	if s.size == 0 {
		s.size, s.seen = size, map[string]bool{}
	}
	for len(s.logs) == 0 && !s.done {
		page, ok, err := s.onePage(ctx, svc, q, s.page+1, s.size)
		if err != nil || !ok {
			return err
		}
		s.accept(page)
	}
	return nil
}

// onePage reads one page. ok is false when the prompt is not there any more, which ends the stream.
func (s *stream) onePage(ctx context.Context, svc Service, q LogQuery, number, size int) (page model.Page, ok bool, err error) {
	q.FileID, q.Page, q.Size, q.After = s.fileID, number, size, s.after
	list := svc.Logs
	if s.all != nil {
		list = s.all.AllLogs
	}
	raw, err := list(ctx, q)
	if CodeOf(err) == NotFound && !s.required {
		s.done, s.total = true, len(s.seen)
		return page, false, nil
	}
	if err != nil {
		return page, false, err
	}
	if page, err = model.ParsePage(raw); err != nil {
		return page, false, badList("logs", err)
	}
	return page, true, nil
}

func (s *stream) accept(page model.Page) {
	s.page++
	s.total, s.searchedIn = page.Total, page.SearchedIn
	for _, log := range page.Logs {
		s.add(log)
	}
	s.read += len(page.Logs)
	s.done = len(page.Logs) == 0 || s.read >= page.Total
	if s.all != nil {
		s.after, s.done = page.After, page.After == ""
	}
}

// add takes a log in that was not seen before.
func (s *stream) add(log *model.Log) {
	id, _ := log.Member("id").Text()
	if s.seen[id] {
		return
	}
	s.seen[id] = true
	written, _ := log.Value(model.CreatedAt).Text()
	created, _, err := model.ParseTime(strings.TrimSpace(written))
	if err != nil {
		created = time.Time{}
	}
	s.logs = append(s.logs, dated{log, created.Truncate(time.Microsecond)})
}

func badList(what string, err error) error {
	return &Error{
		Code: BadAnswer,
		Msg:  "the server's list of " + what + " cannot be read; check the base URL",
		Err:  err,
	}
}
