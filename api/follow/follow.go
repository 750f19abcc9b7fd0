// Package follow says which logs of a selection are new, as they arrive.
//
// It knows services, selections and how long to wait between two looks. It must not know clocks,
// commands, screens, nor what is done with the logs.
//
// A log is new when its id is seen for the first time, whatever time the log itself has; one that
// is changed is not new. Errata's own servers and the store say in which order logs were stored.
// For another server, the newest logs of each prompt are compared with those seen before. A log
// that arrives there with a time before all of them cannot be recognised as new: such logs are
// counted, and not returned.
package follow

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"errata/api"
	"errata/api/walk"
	"errata/model"
	"errata/model/jsonraw"
)

// The waits between two looks.
const (
	quick = time.Second
	slow  = 15 * time.Second // the longest wait for a server
	near  = 2 * time.Second  // likewise for a store at hand
	lost  = 30 * time.Second // likewise while a server does not answer
)

// together is how many new logs are asked for, and then read, at once.
const together = 100

// attempts is how often a log is asked for whose answer makes no sense.
const attempts = 3

// Follower yields new logs. Its methods are for one goroutine at a time.
type Follower struct {
	src     walk.Source
	q       walk.Query
	from    arrivals // nil before Begin
	waiting []string // ids that are new and were not looked at yet
	unread  int      // how often the answer for the first of them made no sense
	given   int
	wait    time.Duration // until the next look, when nothing comes
	hurry   bool          // more is known to be there
	failing bool          // the last look failed
}

// arrivals says which ids are new.
type arrivals interface {
	// next gives the ids that came since the last call, the first to come first, and whether there
	// are more. What was found before an error is given with it.
	next(ctx context.Context) (ids []string, more bool, err error)
	// passed counts the logs that arrived but could not be recognised as new.
	passed() int
}

// New makes a Follower of what a query selects. Nothing is asked for before Begin.
func New(src walk.Source, q walk.Query) *Follower {
	return &Follower{src: src, q: q, wait: quick}
}

// Check says what of a query makes no sense of logs that are still to come.
func Check(q walk.Query) error {
	switch {
	case len(q.IDs) > 0:
		return errors.New("logs that are named are there already: give words that new logs are to fit, or none for all")
	case q.Oldest:
		return errors.New("--oldest orders what is there: new logs come as they arrive")
	case q.Sample > 0:
		return errors.New("--sample draws from what is there: new logs come as they arrive")
	}
	return nil
}

// Begin notes what is there already. NotFound when the prompt of the query is not there.
func (f *Follower) Begin(ctx context.Context) error {
	if err := f.resolve(ctx); err != nil {
		return err
	}
	from, err := f.begin(ctx)
	if err == nil {
		f.from = from
	}
	return err
}

// resolve has the query name its prompt by the id.
func (f *Follower) resolve(ctx context.Context) error {
	if f.q.Prompt == "" {
		return nil
	}
	_, err := f.src.Service.Prompt(ctx, f.q.Prompt, api.CreateQuery{})
	if api.CodeOf(err) != api.NotFound {
		return err
	}
	id, failed := walk.PromptAt(ctx, f.src.Service, f.q.Prompt)
	if failed != nil {
		return failed
	}
	if id != "" {
		f.q.Prompt, err = id, nil
	}
	return err
}

// begin finds out how the server says what is new.
func (f *Follower) begin(ctx context.Context) (arrivals, error) {
	files := f.q.Files
	if f.q.Prompt != "" {
		files = []string{f.q.Prompt}
	}
	if back, ok := f.src.Service.(api.Backend); ok {
		list, err := back.Arrived(ctx, "", together)
		if err == nil {
			return &stored{back: back, files: files, after: list.After}, nil
		}
		if !unknown(err) {
			return nil, err
		}
	}
	l := newListed(f.src.Service, files)
	_, _, err := l.next(ctx)
	return l, err
}

// unknown reports whether an error says that a server does not know what it was asked.
func unknown(err error) bool {
	switch api.CodeOf(err) {
	case api.NotFound, api.Invalid, api.BadAnswer, api.Failed, api.Redirected:
		return true
	}
	var e *api.Error
	const notImplemented, forbidden = 501, 403
	return errors.As(err, &e) && (e.Status == notImplemented || e.Status == forbidden)
}

// Next looks for new logs, and gives those that the query selects, the first to come first; none
// when there are none. io.EOF at the limit of the query. After another error nothing is lost: a
// later call goes on where it stopped.
func (f *Follower) Next(ctx context.Context) ([]*model.Log, error) {
	if f.q.Limit > 0 && f.given >= f.q.Limit {
		return nil, io.EOF
	}
	if len(f.waiting) == 0 {
		ids, more, err := f.from.next(ctx)
		f.waiting, f.hurry = ids, more
		if err != nil && len(ids) == 0 {
			f.failed(err)
			return nil, err
		}
	}
	f.failing = false
	news := len(f.waiting) > 0
	logs, err := f.read(ctx)
	switch {
	case err != nil && len(logs) == 0:
		f.failed(err)
		return nil, err
	case news:
		f.wait = quick
	default:
		f.wait = min(f.wait+f.wait/2, f.longest())
	}
	if f.q.Limit > 0 {
		logs = logs[:min(len(logs), f.q.Limit-f.given)]
	}
	f.given += len(logs)
	return logs, nil
}

// longest is the longest wait while nothing comes.
func (f *Follower) longest() time.Duration {
	if f.src.Scanner != nil {
		return near
	}
	return slow
}

// failed makes the wait longer, as long as the server asks for at least.
func (f *Follower) failed(err error) {
	f.failing = true
	f.wait = min(2*f.wait, lost)
	var e *api.Error
	if errors.As(err, &e) {
		f.wait = max(f.wait, e.RetryAfter)
	}
}

// Pause is how long to wait before the next look.
func (f *Follower) Pause() time.Duration {
	more := f.hurry || len(f.waiting) > 0 || f.q.Limit > 0 && f.given >= f.q.Limit
	if more && !f.failing {
		return 0
	}
	return f.wait
}

// Passed is how many logs arrived so far that are not returned: their time is before that of logs
// already seen, on a server that does not say in which order it got them.
func (f *Follower) Passed() int {
	if f.from == nil {
		return 0
	}
	return f.from.passed()
}

// read looks at the logs that wait, several at the same time: those before the first that cannot be
// read now. One that can never be read is left out, and is the error: an answer that makes no sense
// may have been cut on its way, so it is asked for a few times.
func (f *Follower) read(ctx context.Context) (logs []*model.Log, err error) {
	ids := f.waiting[:min(len(f.waiting), together)]
	found, errs := make([]*model.Log, len(ids)), make([]error, len(ids))
	var all sync.WaitGroup
	slots := make(chan struct{}, 2*runtime.GOMAXPROCS(0))
	for i, id := range ids {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			found[i], errs[i] = f.one(ctx, id)
		})
	}
	all.Wait()
	n := slices.IndexFunc(errs, func(err error) bool { return err != nil })
	if n < 0 {
		n = len(ids)
	} else if err = errs[n]; n == 0 && api.CodeOf(err) == api.BadAnswer {
		if f.unread++; f.unread == attempts {
			f.waiting, f.unread = f.waiting[1:], 0
		}
		return nil, err
	}
	f.waiting, f.unread = f.waiting[n:], 0
	return slices.DeleteFunc(found[:n], func(l *model.Log) bool { return l == nil }), err
}

// one reads a log; nil when the query does not select it, or it is gone.
func (f *Follower) one(ctx context.Context, id string) (log *model.Log, err error) {
	q := walk.Query{Selection: f.q.Selection, IDs: []string{id}}
	q.Limit, q.All = 0, false
	err = walk.New(f.src, q).Each(ctx, func(l *model.Log) error {
		log = l
		return nil
	})
	if log == nil || err != nil || f.q.Cut == 0 || log.Size() <= f.q.Cut {
		return log, err
	}
	var cut bytes.Buffer
	if _, err := jsonraw.NewCutter(&cut, jsonraw.OfDocument, f.q.Cut).Write(log.Bytes()); err != nil {
		return nil, err
	}
	return model.ParseLog(cut.Bytes())
}

// stored is the arrivals of a store that tells in which order it got its logs.
type stored struct {
	back  api.Backend
	files []string // the prompts whose logs are meant; nil for all
	after string
}

func (s *stored) next(ctx context.Context) (ids []string, more bool, err error) {
	list, err := s.back.Arrived(ctx, s.after, together)
	if err != nil {
		return nil, false, err
	}
	s.after = list.After
	for _, a := range list.Logs {
		if s.files == nil || slices.Contains(s.files, a.PromptID) {
			ids = append(ids, a.ID)
		}
	}
	return ids, len(list.Logs) == together, nil
}

func (s *stored) passed() int { return 0 }
