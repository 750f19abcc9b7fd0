package draft

import (
	"errors"
	"sync/atomic"
)

// prewrite is a long text that is written to disk when its editor opens, so that the first key need
// not wait for it. As long as nothing was typed it can be removed from the file again.
type prewrite struct {
	inner     bool // an inner text (Enter), not the outer one (Open)
	running   bool
	unwanted  atomic.Bool
	before    *live     // the state without it, once it is written; nil before
	from, end int64     // the bytes of the file that it takes
	below     *prewrite // the prewrite just before it in the file, which can be removed after it
}

// dropDepth says which texts of an open editor are dropped.
type dropDepth int

const (
	nothing dropDepth = iota
	innerText
	everything
)

// errUnwanted ends the writing of a text that is no longer needed.
var errUnwanted = errors.New("it is not needed any more")

// kept has the texts that are recorded only when somebody types in them.
type kept struct {
	quiet  *Open
	silent *Enter
}

// long reports whether the outer (open) and the inner text are so long that recording them would
// delay the first key.
func (d *Draft) long() (open, inner bool) {
	if o := d.live.quiet; o != nil {
		open = len(o.Text)+len(o.Base.Bytes()) >= d.store.o.PrewriteFrom
	}
	if e := d.live.silent; e != nil {
		inner = len(e.Text) >= d.store.o.PrewriteFrom
	}
	return open, inner
}

// startPrewrite starts to write a long text that was just opened, in the background.
func (d *Draft) startPrewrite() {
	open, inner := d.long()
	now := kept{d.live.quiet, d.live.silent}
	if (open || inner) && now != d.due && d.off == nil && d.gone == nil {
		d.due = now
		d.store.o.After(0, d.writePrewrite)
	}
}

// awaitPrewrite waits until no text is being prewritten. When the events drop that text, the
// writing is cancelled, or removed from the file.
func (d *Draft) awaitPrewrite(events []Event) {
	drops := d.drops(events)
	for d.prewrite != nil && d.prewrite.running {
		if d.prewrite.isDropped(drops) {
			d.prewrite.unwanted.Store(true)
		}
		d.rested.Wait()
	}
	d.removePrewrite(drops)
}

func (a *prewrite) isDropped(drops dropDepth) bool {
	return drops == everything || drops == innerText && a.inner
}

// drops says which texts the first of the events drop.
func (d *Draft) drops(events []Event) (drops dropDepth) {
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

// removePrewrite removes a prewritten text from the file, if nothing was written after it.
func (d *Draft) removePrewrite(drops dropDepth) {
	for a := d.prewrite; a != nil && a.before != nil && a.isDropped(drops) && d.size == a.end; a = d.prewrite {
		if d.tailing || d.off != nil || d.gone != nil || d.file.Truncate(a.from) != nil {
			return // the record of the Leave or Close does as well
		}
		d.live, d.size, d.prewrite, d.dirty = a.before, a.from, a.below, true
		d.arm(syncAfter)
	}
}

// cancelPrewrite cancels the writing of a text that the draft is about to drop.
func (d *Draft) cancelPrewrite() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.prewrite != nil {
		d.prewrite.unwanted.Store(true)
	}
}

// writePrewrite writes the long texts that are kept back, unless a key came first. Errors are left
// to that key.
func (d *Draft) writePrewrite() {
	d.work.Lock()
	defer d.work.Unlock()
	d.mu.Lock()
	defer d.mu.Unlock()
	for d.off == nil && d.gone == nil {
		open, inner := d.long()
		if !open && !inner {
			return
		}
		a := &prewrite{inner: !open, running: true}
		if d.prewrite != nil && d.prewrite.before != nil && d.prewrite.end == d.size {
			a.below = d.prewrite
		}
		d.prewrite = a
		err := d.writeText(a)
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

// writeText writes the records of a text. d.mu is released meanwhile, but d.work is held, so
// nothing is appended.
func (d *Draft) writeText(a *prewrite) error {
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
	d.live, d.prewrite = before, a.below
	d.arm(syncAfter) // a file that is of no use goes
	if cut := file.Truncate(at); cut != nil {
		return d.fail(cut)
	}
	return err
}
