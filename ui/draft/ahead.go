package draft

import (
	"errors"
	"sync/atomic"
)

// ahead is a long text that was opened and is written before the first key needs it. As long as nothing was typed, it can be
// taken back as if it had never been.
type ahead struct {
	open      *Open
	running   bool
	unwanted  atomic.Bool
	before    *live // the state without it, once it is written
	from, end int64 // the bytes of the file that it takes
}

// errUnwanted ends the writing of a text that is not needed any more.
var errUnwanted = errors.New("it is not needed any more")

// lookAhead has a long text that was just opened written, away from the keys.
func (d *Draft) lookAhead() {
	o := d.live.quiet
	if o == nil || d.off != nil || d.gone != nil || len(o.Text)+len(o.Base.Bytes()) < d.store.o.Ahead {
		return
	}
	if d.ahead == nil || d.ahead.open != o {
		d.ahead = &ahead{open: o}
		d.store.o.After(0, func() { d.writeAhead(o) })
	}
}

// await waits until no text is being written ahead. One that the events drop is broken off, or taken back.
func (d *Draft) await(events []Event) {
	drops := d.drops(events)
	for d.ahead != nil && d.ahead.running {
		if drops {
			d.ahead.unwanted.Store(true)
		}
		d.rested.Wait()
	}
	if drops {
		d.takeBack()
	}
}

// drops tells whether events begin with the end of the editor that is open.
func (d *Draft) drops(events []Event) bool {
	for _, e := range events {
		switch e := e.(type) {
		case Leave:
			if e.Outer.empty() {
				continue
			}
		case Open:
			return d.live.open != nil && !d.live.open.shows(&e)
		case Close:
			return true
		}
		break
	}
	return false
}

// takeBack takes the text that was written ahead off the file, if nothing came after it.
func (d *Draft) takeBack() {
	a := d.ahead
	if a == nil || a.before == nil || d.size != a.end || d.tailing || d.off != nil || d.gone != nil {
		return
	}
	if err := d.file.Truncate(a.from); err != nil {
		return // the record of the Close does as well
	}
	d.live, d.size, d.ahead, d.dirty = a.before, a.from, nil, true
	d.arm(syncAfter)
}

// breakOff ends the writing of a text ahead when the draft is about to lose it.
func (d *Draft) breakOff() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ahead != nil {
		d.ahead.unwanted.Store(true)
	}
}

// writeAhead writes the text that was opened, unless a key came first. Errors are left to that key.
func (d *Draft) writeAhead(o *Open) {
	d.work.Lock()
	defer d.work.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.live.quiet != o || d.off != nil || d.gone != nil {
		return
	}
	a := &ahead{open: o, running: true}
	d.ahead = a
	d.mu.Unlock()
	from := sourceOf(o, true)
	d.mu.Lock()
	if err := d.pour(a, from); errors.Is(err, ErrTaken) {
		_ = d.fail(err) // the next Append tells
	}
	a.running = false
	d.rested.Broadcast()
}

// pour writes the records of a text. The lock is let go meanwhile, but nothing is appended, and the work is held.
func (d *Draft) pour(a *ahead, from source) error {
	before, queue := d.live.clone(), d.queue
	if d.file == nil {
		if err := d.create(); err != nil {
			d.closeFile()
			d.queue = queue
			return err
		}
		d.dirty = true
	}
	var b batch
	d.live.quiet, before.quiet = nil, nil
	for _, e := range d.live.opening(a.open, from) {
		_ = d.live.add(&b, e) // nothing is open that they might not fit
	}
	file, at := d.file, d.size
	d.mu.Unlock()
	err := b.writeWhile(file, func() bool { return !a.unwanted.Load() })
	d.mu.Lock()
	if err == nil {
		a.before, a.from, a.end = before, at, at+b.size()
		return d.wrote(&b)
	}
	d.live = before
	if !errors.Is(err, errUnwanted) {
		d.live.quiet = a.open
	}
	d.arm(syncAfter) // a file that is of no use goes
	if cut := file.Truncate(at); cut != nil {
		return d.fail(cut)
	}
	return err
}
