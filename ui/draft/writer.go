package draft

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Patience is how long a caller waits for the disk before it goes on without it.
const Patience = time.Second

// WaitingError says that the disk has not answered yet. What was to be written is in memory, in its
// turn, and is written when the disk goes on.
type WaitingError struct{ Dir string }

// Error names the directory.
func (e *WaitingError) Error() string { return "the disk does not answer (" + e.Dir + ")" }

// Writer uses a Draft in a goroutine of its own, so that a disk that stands still holds nobody up
// for longer than Patience. Calls are carried out one after the other, in the order in which they
// were made. As long as the disk answers they return when they are done, as those of the Draft do.
// Once one has waited in vain, it and those after it return a *WaitingError until all are done.
// Its methods may be called from any goroutine.
type Writer struct {
	draft *Draft

	mu    sync.Mutex
	queue []job         // the first one is being done
	late  chan struct{} // closed when the queue is done; nil while the disk keeps up
	told  bool          // late was given to somebody
	err   error         // of the job that was done last
}

// job is a call that waits for its turn.
type job struct {
	do   func() error
	done chan error
}

// NewWriter makes the writer of a draft, which nobody else may use from then on.
func NewWriter(d *Draft) *Writer { return &Writer{draft: d} }

// Append is that of the Draft.
func (w *Writer) Append(events ...Event) error {
	return w.wait(func() error { return w.draft.Append(events...) })
}

// Clear is that of the Draft.
func (w *Writer) Clear(ctx context.Context, etag string) error {
	return w.wait(func() error { return w.draft.Clear(ctx, etag) })
}

// EditorFile is that of the Draft.
func (w *Writer) EditorFile(name string) (string, error) {
	var path string
	if err := w.wait(func() (err error) { path, err = w.draft.EditorFile(name); return err }); err != nil {
		return "", err
	}
	return path, nil
}

// Sync is that of the Draft. It waits for as long as ctx allows.
func (w *Writer) Sync(ctx context.Context) error {
	return w.within(ctx, func() error { return w.draft.Sync(ctx) })
}

// Close is that of the Draft. It waits for as long as ctx allows; a draft that the disk keeps open
// is closed when that goes on.
func (w *Writer) Close(ctx context.Context) error {
	return w.within(ctx, func() error { return w.draft.Close(ctx) })
}

// Late gives, once each time that the disk does not keep up, what is closed when all is done that
// was asked for. It is nil otherwise.
func (w *Writer) Late() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.told {
		return nil
	}
	w.told = w.late != nil
	return w.late
}

// Err is how the call ended that was carried out last: nil when all is written.
func (w *Writer) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// wait has work done and waits for it, if the disk keeps up.
func (w *Writer) wait(work func() error) error {
	done, late := w.add(work)
	if late {
		return w.waiting()
	}
	select {
	case err := <-done:
		return err
	case <-w.draft.store.o.Late():
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(done) > 0 {
		return <-done
	}
	if w.late == nil {
		w.late = make(chan struct{})
	}
	return w.waiting()
}

// within has work done and waits for it until ctx ends.
func (w *Writer) within(ctx context.Context, work func() error) error {
	done, _ := w.add(work)
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return w.waiting()
	}
}

func (w *Writer) waiting() error { return &WaitingError{w.draft.store.dir} }

// add puts work behind what waits already, and reports whether the disk is late.
func (w *Writer) add(work func() error) (done chan error, late bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	j := job{work, make(chan error, 1)}
	w.queue = append(w.queue, j)
	if len(w.queue) == 1 {
		go w.run(j)
	}
	return j.done, w.late != nil
}

// run does what waits, until nothing does.
func (w *Writer) run(j job) {
	for more := true; more; {
		j, more = w.next(j, guarded(j.do))
	}
}

// next gives the result of a job, and the job after it.
func (w *Writer) next(j job, err error) (after job, more bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.err = err
	j.done <- err
	if w.queue = slices.Delete(w.queue, 0, 1); len(w.queue) > 0 { // what it held is let go of
		return w.queue[0], true
	}
	if w.late != nil {
		close(w.late)
		w.late, w.told = nil, false
	}
	return job{}, false
}

// guarded makes an error of a fault in work: in a goroutine of its own it would end the program
// before the terminal is left in order.
func guarded(work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &OffError{fmt.Errorf("a fault in errata itself: %v", p)}
		}
	}()
	return work()
}
