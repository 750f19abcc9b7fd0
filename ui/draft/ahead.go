package draft

import (
	"errors"
	"sync/atomic"
)

// ahead is the writing of a long text to disk when its editor opens, before the first key needs it.
// As long as nothing was typed it can be removed from the file again.
type ahead struct {
	inner     bool // it was entered
	running   bool
	unwanted  atomic.Bool
	before    *live  // the state without it, once it is written
	from, end int64  // the bytes of the file that it takes
	below     *ahead // what was written just before it, and can be taken back after it
}

// depth says which texts of an open editor are dropped.
type depth int

const (
	nothing depth = iota
	innerText
	everything
)

// errUnwanted ends the writing of a text that is not needed any more.
var errUnwanted = errors.New("it is not needed any more")

// kept holds the texts that are recorded only when somebody types in them.
type kept struct {
	quiet  *Open
	silent *Enter
}

// long tells whether the open or the inner text is so long that recording it would delay the first
// key.
func (d *Draft) long() (open, inner bool) {
	if o := d.live.quiet; o != nil {
		open = len(o.Text)+len(o.Base.Bytes()) >= d.store.o.Ahead
	}
	if e := d.live.silent; e != nil {
		inner = len(e.Text) >= d.store.o.Ahead
	}
	return open, inner
}

// lookAhead starts to write a long text that was just opened, in the background.
func (d *Draft) lookAhead() {
	open, inner := d.long()
	now := kept{d.live.quiet, d.live.silent}
	if (open || inner) && now != d.due && d.off == nil && d.gone == nil {
		d.due = now
		d.store.o.After(0, d.writeAhead)
	}
}

// await waits until no text is being written ahead. Where the events drop that text, its writing is
// cancelled, or removed from the file.
func (d *Draft) await(events []Event) {
	drops := d.drops(events)
	for d.ahead != nil && d.ahead.running {
		if d.ahead.goes(drops) {
			d.ahead.unwanted.Store(true)
		}
		d.rested.Wait()
	}
	d.takeBack(drops)
}

func (a *ahead) goes(drops depth) bool { return drops == everything || drops == innerText && a.inner }

// drops tells what events begin with dropping.
func (d *Draft) drops(events []Event) (drops depth) {
	open := d.live.open
	for _, e := range events {
		switch e := e.(type) {
		case Leave:
			if drops = innerText; e.Outer.empty() {
				continue
			}
		case Enter:
			if open != nil && open.inner != nil && !open.inner.shows(&e) {
				return innerText
			}
		case Open:
			if open != nil && !open.shows(&e) {
				return everything
			}
		case Close:
			return everything
		}
		return drops
	}
	return drops
}

// takeBack removes what was written ahead from the file, if nothing was written after it.
func (d *Draft) takeBack(drops depth) {
	for a := d.ahead; a != nil && a.before != nil && a.goes(drops) && d.size == a.end; a = d.ahead {
		if d.tailing || d.off != nil || d.gone != nil || d.file.Truncate(a.from) != nil {
			return // the record of the Leave or Close does as well
		}
		d.live, d.size, d.ahead, d.dirty = a.before, a.from, a.below, true
		d.arm(syncAfter)
	}
}

// breakOff cancels the writing of a text ahead, because the draft is about to drop the text.
func (d *Draft) breakOff() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ahead != nil {
		d.ahead.unwanted.Store(true)
	}
}

// writeAhead writes what is long and kept back, unless a key came first. Errors are left to that
// key.
func (d *Draft) writeAhead() {
	d.work.Lock()
	defer d.work.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.off == nil && d.gone == nil {
		open, inner := d.long()
		if !open && !inner {
			return
		}
		a := &ahead{inner: !open, running: true}
		if d.ahead != nil && d.ahead.before != nil && d.ahead.end == d.size {
			a.below = d.ahead
		}
		d.ahead = a
		err := d.pour(a)
		a.running = false
		d.rested.Broadcast()
		if errors.Is(err, ErrTaken) {
			_ = d.fail(err) // the next Append tells
		}
		if err != nil {
			return
		}
	}
}

// pour writes the records of a text. mu is released meanwhile, but nothing is appended; work is
// held.
func (d *Draft) pour(a *ahead) error {
	var from source
	if o := d.live.quiet; o != nil {
		d.mu.Unlock()
		from = sourceOf(o, true)
		d.mu.Lock()
	}
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
	for _, e := range d.live.release(from, a.inner) {
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
	d.live, d.ahead = before, a.below
	d.arm(syncAfter) // a file that is of no use goes
	if cut := file.Truncate(at); cut != nil {
		return d.fail(cut)
	}
	return err
}
