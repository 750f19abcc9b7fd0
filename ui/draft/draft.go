package draft

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

// The times and sizes that a draft keeps to.
const (
	// from the first write to the fsync, which has to be done within 200 ms
	syncAfter  = 100 * time.Millisecond
	retryAfter = time.Second // between attempts to write again after an error
	smallFile  = 1 << 20     // a file up to this size is never rewritten
	// how many times as large as when it was rewritten a file may become
	maxGrowth = 4
	// how long a key may wait for others in the directory, once
	keyPatience = 100 * time.Millisecond
)

// catchUps is how often a rewrite adds what was appended meanwhile before it makes the keys wait.
const catchUps = 10

// Draft is the draft of one log, held by this process. Its methods may be called from any
// goroutine.
type Draft struct {
	store *Store
	path  string // of its files, without the suffix

	work sync.Mutex // held by whoever syncs, rewrites or removes the file; taken before mu

	mu       sync.Mutex // held for moments only
	live     *live
	hold     *hold // nil while it could not be had
	file     File  // nil until there is something to keep
	queue    batch // records that wait for the file
	size     int64 // of the file, whole records only
	kept     int64 // its size when it was last rewritten
	dirty    bool  // the file has to be synced
	entry    bool  // its directory as well
	stop     func() bool
	armed    bool      // the work is going to be called
	lost     bool      // what could not be read is kept beside the file
	tailing  bool      // a rewrite is under way
	tail     batch     // what was appended since it began
	prewrite *prewrite // the long text that was prewritten last, or is being prewritten
	rested   sync.Cond // that it is no longer being written
	due      kept      // what was last given to be prewritten
	off      *OffError
	retry    time.Time // not before this time
	gone     error     // why the draft is none any more
}

// Append writes events before it returns; only a long text that was opened is written later, ahead
// of the first Splice. The error is an *OffError while they cannot be written: they count all the
// same, and are written as soon as that is possible; ErrTaken when another process has taken the
// draft over; ErrClosed.
func (d *Draft) Append(events ...Event) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.awaitPrewrite(events)
	if d.gone != nil {
		return d.gone
	}
	var b batch
	var wrong error
	for _, e := range events {
		if wrong = d.live.add(&b, e); wrong != nil {
			wrong = fmt.Errorf("%w: %T", wrong, e)
			break
		}
	}
	if d.live.open == nil && d.live.quiet == nil {
		d.prewrite, d.due = nil, kept{} // a long text is not held while a late disk writes its end
	}
	err := cmp.Or(d.write(&b), wrong)
	d.startPrewrite()
	return err
}

// write appends records to the file, which comes into being with the first change.
func (d *Draft) write(b *batch) error {
	if d.tailing {
		d.tail.join(b)
	}
	switch {
	case d.off != nil:
		if !d.store.o.Now().Before(d.retry) {
			d.arm(0)
		}
		return d.off
	case d.file == nil && !d.live.changed():
		d.queue.join(b)
		return nil
	case d.file == nil:
		if err := d.create(); err != nil {
			return d.fail(err)
		}
	case b.size() == 0:
		return nil
	}
	if err := b.writeTo(d.file); err != nil {
		return d.torn(err)
	}
	return d.wrote(b)
}

// torn takes off the file what an error left of a record.
func (d *Draft) torn(err error) error {
	_ = d.file.Truncate(d.size) // a torn record that stays is passed over
	return d.fail(err)
}

// wrote counts what was written.
func (d *Draft) wrote(b *batch) error {
	d.size += b.size()
	d.dirty = true
	d.arm(syncAfter)
	return d.mine()
}

// create makes the file.
func (d *Draft) create() error {
	ctx, cancel := context.WithTimeout(context.Background(), keyPatience)
	defer cancel()
	unlock, err := d.store.exclude(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if err := d.hold.check(); err != nil {
		return err
	}
	file, err := d.store.openNew(d.path + records)
	if err != nil {
		return err
	}
	d.live.date(d.store.o.Now())
	var b batch
	d.live.start(&b)
	b.join(&d.queue)
	d.file, d.size, d.queue, d.entry = file, b.size(), batch{}, true
	return b.writeTo(file)
}

// mine checks that this process still holds the draft. After a write it reports whether the write
// counts: a process that took the draft over before may not have read it.
func (d *Draft) mine() error {
	err := d.hold.check()
	if err == nil {
		return nil
	}
	return d.fail(err)
}

// fail notes that the draft is not written any more; for good when another process took it over.
func (d *Draft) fail(err error) error {
	if d.gone == nil && errors.Is(err, ErrTaken) {
		d.gone = ErrTaken
	}
	if d.gone != nil {
		return d.gone
	}
	if !errors.As(err, &d.off) {
		d.off = &OffError{err}
	}
	d.retry = d.store.o.Now().Add(retryAfter)
	return d.off
}

// arm schedules the maintenance of the file, unless it is scheduled already.
func (d *Draft) arm(after time.Duration) {
	if d.armed {
		return
	}
	d.armed = true
	d.stop = d.store.o.After(after, func() {
		d.work.Lock()
		defer d.work.Unlock()
		_ = d.maintain(context.Background(), false) // the next Append tells
	})
}

// Sync makes everything appended last through a loss of power, and tries again to write when the
// draft is off. It takes as long as the disk does.
func (d *Draft) Sync(ctx context.Context) error {
	d.work.Lock()
	defer d.work.Unlock()
	return d.maintain(ctx, true)
}

// Clear removes what the draft holds, its history included, after the log was saved; etag is that
// of the log as it is now. The draft goes on, and so does what another program has to edit. It does
// not wait for the disk: where the power fails before that has followed, the draft is there again
// with changes that the log has already.
func (d *Draft) Clear(ctx context.Context, etag string) error {
	d.cancelPrewrite()
	d.work.Lock()
	defer d.work.Unlock()
	external, err := d.reset(ctx, etag)
	if err != nil || external == nil {
		return err
	}
	return d.Append(*external)
}

func (d *Draft) reset(ctx context.Context, etag string) (external *ExternalEdit, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.gone != nil {
		return nil, d.gone
	}
	external = d.live.external
	id := d.live.head.Identity
	id.ETag = etag
	d.live = newLive(header{Identity: id})
	d.closeFile()
	ctx, cancel := context.WithTimeout(ctx, keyPatience)
	defer cancel()
	unlock, err := d.store.exclude(ctx)
	if err != nil {
		return nil, d.fail(err)
	}
	defer unlock()
	if err := d.mine(); err != nil {
		return nil, err
	}
	d.arm(syncAfter)
	return external, d.remove()
}

// remove removes the files when there is nothing to keep; the directory is excluded.
func (d *Draft) remove() error {
	if err := d.store.remove(d.path); err != nil {
		return d.fail(err)
	}
	d.off, d.entry, d.lost, d.queue = nil, true, false, batch{}
	d.live.rest(&d.queue)
	return nil
}

// Close syncs the draft, removes it if it holds no change, and gives the lock back. The draft stays
// on disk otherwise.
func (d *Draft) Close(ctx context.Context) error {
	d.cancelPrewrite()
	d.work.Lock()
	defer d.work.Unlock()
	d.spare()
	err := d.maintain(ctx, true)
	unlock, locked := d.store.exclude(ctx)
	d.mu.Lock()
	defer d.mu.Unlock()
	if locked == nil {
		defer unlock()
		if d.gone == nil && d.file != nil && !d.live.changed() && !d.lost {
			d.closeFile()
			err = cmp.Or(err, d.store.remove(d.path))
		}
	}
	d.closeFile()
	if d.hold != nil {
		d.hold.release()
		d.hold = nil
	}
	if d.stop != nil {
		d.stop()
	}
	if d.gone != nil {
		err = nil // it was told
	}
	d.gone = ErrClosed
	return err
}

// spare cancels the sync of a file that is going to be removed.
func (d *Draft) spare() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.off == nil && !d.live.changed() {
		d.dirty = false
	}
}

// closeFile lets the file go; both locks are held.
func (d *Draft) closeFile() {
	if d.file != nil {
		_ = d.file.Close() // it was synced, or it no longer counts
	}
	d.file, d.size, d.kept, d.dirty, d.prewrite = nil, 0, 0, false, nil
}
