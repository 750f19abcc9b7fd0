package batch

import (
	"context"
	"sync"
	"time"

	"errata/api"
	"errata/api/journal"
	"errata/api/save"
)

// Run is how the logs of a batch are read and changed.
type Run struct {
	Service  api.Service
	Change   Change           // the one that the batch was started with, or one made from its Recipe
	Journal  *journal.Journal // to send
	Conflict save.Policy      // Theirs leaves fields that somebody else changed; Mine changes them
	Workers  int              // logs in hand at a time; 0 for as many as a server on a line may get
	Sleep    api.Sleep        // nil for api.Wait
	Now      func() time.Time // nil for time.Now

	// Turn is called before each log is started, by several goroutines, and may make it wait until
	// ctx is done. The function that it returns is called when the log is finished. nil never
	// waits.
	Turn func(ctx context.Context) (leave func())
	// Notice is called, by any goroutine, with the reason why a log takes long; may be nil.
	Notice func(Item, api.Notice)
	// Report is called for each log, by one goroutine at a time, which waits for it; may be nil.
	Report func(Event)
}

// Polite is how many logs are in hand at a time against a server that others use as well.
const Polite = 8

// Embedded is how many logs of a store within this process are in hand at a time.
const Embedded = 32

// watcher is a service that looks into the journal with each reading of a log. A batch does that
// itself, once, and reads from what the service watches.
type watcher interface{ Watched() api.Service }

// reading is the run with a service that only reads.
func (r Run) reading() Run {
	if w, ok := r.Service.(watcher); ok {
		r.Service = w.Watched()
	}
	return r
}

func (r Run) workers() int {
	if r.Workers > 0 {
		return r.Workers
	}
	return Polite
}

// turn waits for the turn of a log.
func (r Run) turn(ctx context.Context) (leave func()) {
	if r.Turn == nil {
		return func() {}
	}
	return r.Turn(ctx)
}

func (r Run) now() time.Time {
	if r.Now != nil {
		return r.Now()
	}
	return time.Now()
}

// Event is what became of one log, while a plan is made or sent.
type Event struct {
	Item
	Progress
	Outcome Outcome     // Todo in a plan: it would be sent
	Edit    Edit        // what was to be changed; empty if that is not known
	Result  save.Result // of the PATCH; zero without one
	Entry   string      // of the journal
	Err     error       // why it is no success

	why  string // it is as it was, where there is more to know of that
	gone bool   // the next log would end the same way
}

// Send carries out what is left of the batch, several logs at a time. It returns when all is done,
// or once ctx is done and the logs in hand have come to their end, or when no log could be sent any
// more, with the error that says why; the rest is left to be done then. What came of each log is
// in the batch and not in the error.
func (b *Batch) Send(ctx context.Context, r Run) error {
	if err := b.Agree(); err != nil {
		return err
	}
	r = r.reading()
	r.Sleep = untilStopped(ctx, r.Sleep)
	defer func() { b.opened = true }()
	s := &sending{batch: b, run: r, garbage: collectSeldom(b.Len()), busy: map[string][]int{}}
	defer s.garbage.often()
	if err := s.recall(ctx); err != nil {
		return err
	}
	var err error
	if s.journal, err = r.Journal.Batch(ctx, b.Server, b.ID, b.Irreversible); err != nil {
		return err
	}
	s.progress = Progress{Began: r.now(), Total: b.Counts().By[Todo]}
	var all sync.WaitGroup
	for range min(r.workers(), max(s.progress.Total, 1)) {
		all.Go(func() { s.work(ctx) })
	}
	all.Wait()
	if err := s.journal.Close(); err != nil && s.failed == nil {
		s.failed = err
	}
	if s.failed != nil {
		return s.failed
	}
	if ctx.Err() != nil && !b.Finished() {
		return ctx.Err()
	}
	return b.finish()
}

// Stopped is the error of a run that ended at a log because the next would have ended the same way.
type Stopped struct {
	At  Item
	Err error
}

// Error gives the cause.
func (s *Stopped) Error() string { return s.Err.Error() }

// Unwrap gives the cause.
func (s *Stopped) Unwrap() error { return s.Err }

// finish notes that a run came to the end of the batch.
func (b *Batch) finish() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.ended {
		if _, err := b.put(line{Mark: ended}); err != nil {
			return err
		}
		b.ended = true
	}
	return b.sync()
}

// sending is a run that is under way. What is below batch is guarded by the lock of the batch.
type sending struct {
	run     Run
	garbage garbage
	journal *journal.Batch
	// by item what was sent for those that have no outcome; nothing is added once the run has
	// started
	recalled map[int]*past

	batch    *Batch
	next     int              // no row before it is to be taken
	busy     map[string][]int // the logs in hand, each with its rows that wait
	progress Progress
	failed   error // what ended the run
}

// work takes one log after the other.
func (s *sending) work(ctx context.Context) {
	leave := s.run.turn(ctx)
	for row, ok := s.take(ctx); ok; {
		s.one(ctx, row)
		leave()
		leave = s.run.turn(ctx)
		row, ok = s.after(ctx, row)
	}
	leave()
}

// take gives the next row whose log nobody has in hand.
func (s *sending) take(ctx context.Context) (Row, bool) {
	b := s.batch
	b.mu.Lock()
	defer b.mu.Unlock()
	for ; s.next < len(b.rows) && s.failed == nil && ctx.Err() == nil; s.next++ {
		r := b.rows[s.next]
		if r.outcome != Todo || r.out {
			continue
		}
		row, err := b.row(s.next)
		if err != nil {
			s.failed = err
			break
		}
		if waiting, taken := s.busy[row.LogID]; taken {
			s.busy[row.LogID] = append(waiting, s.next)
			continue
		}
		s.busy[row.LogID] = nil
		s.next++
		return row, true
	}
	return Row{}, false
}

// after gives the next row once one has come to its end: of the same log first.
func (s *sending) after(ctx context.Context, done Row) (Row, bool) {
	b := s.batch
	b.mu.Lock()
	waiting := s.busy[done.LogID]
	if len(waiting) == 0 || s.failed != nil || ctx.Err() != nil {
		delete(s.busy, done.LogID)
		b.mu.Unlock()
		return s.take(ctx)
	}
	defer b.mu.Unlock()
	s.busy[done.LogID] = waiting[1:]
	row, err := b.row(waiting[0])
	if err != nil {
		s.failed = err
	}
	return row, err == nil
}

// untilStopped waits no longer than a run goes on, though what is in hand is brought to its end.
func untilStopped(ctx context.Context, sleep api.Sleep) api.Sleep {
	if sleep == nil {
		sleep = api.Wait
	}
	return func(_ <-chan struct{}, d time.Duration) bool { return sleep(ctx.Done(), d) }
}

// one sees to one log. What is in hand is brought to its end when ctx is done.
func (s *sending) one(ctx context.Context, row Row) {
	lasting, cancel := api.Lasting(ctx)
	defer cancel()
	if s.run.Notice != nil {
		ctx = api.WithNotices(ctx, func(n api.Notice) { s.run.Notice(row.Item, n) })
		lasting = api.WithNotices(lasting, func(n api.Notice) { s.run.Notice(row.Item, n) })
	}
	e := s.send(ctx, lasting, row)
	e.Item = row.Item
	s.end(e)
}

// end notes what became of a log. A failure that the next log would have as well ends the run, and
// leaves the log to be done.
func (s *sending) end(e Event) {
	b := s.batch
	b.mu.Lock()
	defer b.mu.Unlock()
	if e.gone {
		if s.failed == nil {
			s.failed = &Stopped{e.Item, e.Err}
		}
		return
	}
	if err := b.write(e); err != nil && s.failed == nil {
		s.failed = err
	}
	s.progress.Done++
	s.progress.Counts = b.counts
	if s.run.Report != nil {
		e.Progress = s.progress
		s.run.Report(e)
	}
}
