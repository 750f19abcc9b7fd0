package draft

import (
	"context"
	"errors"
	"io/fs"
)

// maintain syncs the file, and rewrites it when it could not be written or has grown too large. The
// work is held.
func (d *Draft) maintain(ctx context.Context, atOnce bool) error {
	d.mu.Lock()
	d.armed = false
	gone, off := d.gone, d.off != nil
	waits := d.store.o.Now().Before(d.retry) && !atOnce
	large := d.size > max(smallFile, maxGrowth*max(d.kept, d.live.size()))
	useless := d.useless()
	d.mu.Unlock()
	if gone != nil {
		return gone
	}
	if !off {
		if err := d.sync(); err != nil {
			return err
		}
	}
	if !off && !large && !useless || waits {
		return nil
	}
	return d.renew(ctx)
}

// useless reports whether the file can go.
func (d *Draft) useless() bool { return d.file != nil && d.live.idle() && !d.lost }

// sync makes the file last, and its directory if need be.
func (d *Draft) sync() error {
	d.mu.Lock()
	file, dirty, entry := d.file, d.dirty, d.entry
	d.dirty, d.entry = false, false
	d.mu.Unlock()
	var err error
	if dirty {
		err = file.Sync()
	}
	if entry && err == nil {
		err = d.store.o.FS.SyncDir(d.store.dir)
	}
	if err != nil {
		d.mu.Lock()
		defer d.mu.Unlock()
		// the system may have dropped what it could not write: all is written again
		return d.fail(err)
	}
	return nil
}

// renew replaces the file by one of the present state, or removes it when there is nothing to keep.
// An error while the old file is still good only puts it off.
func (d *Draft) renew(ctx context.Context) error {
	err := d.replace(ctx)
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case err == nil:
		return nil
	case d.off == nil && d.file != nil && !errors.Is(err, ErrTaken):
		d.retry = d.store.o.Now().Add(retryAfter)
		return nil
	}
	return d.fail(err)
}

func (d *Draft) replace(ctx context.Context) error {
	unlock, err := d.store.exclude(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if err := d.regain(); err != nil {
		return err
	}
	d.mu.Lock()
	empty := d.useless() || d.file == nil && !d.live.changed()
	if empty {
		d.closeFile()
		err = d.remove()
	}
	d.mu.Unlock()
	if !empty {
		err = d.rewrite()
	}
	if err != nil {
		return err
	}
	return d.sync()
}

// regain makes sure of the lock, which is lost when its file is removed. The directory is excluded.
func (d *Draft) regain() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	err := d.hold.check()
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if d.hold != nil {
		d.hold.release()
	}
	d.hold, _, err = d.store.holdOf(d.path+locked, false)
	var by *HeldError
	if errors.As(err, &by) {
		return ErrTaken
	}
	return err
}

// rewrite puts a file of the present state instead of the old one. Appending goes on meanwhile. The
// directory is excluded.
func (d *Draft) rewrite() error {
	d.mu.Lock()
	d.live.date(d.store.o.Now())
	state := d.live.clone()
	d.tailing = true
	d.mu.Unlock()
	var b batch
	state.start(&b)
	state.rest(&b)
	size := b.size()
	err := d.fill(&b)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tailing, d.tail = false, batch{}
	if err == nil {
		d.kept = size
	}
	return err
}

// fill writes a new file, adds what is appended meanwhile, and puts it in place.
func (d *Draft) fill(b *batch) error {
	name := d.path + coming
	file, err := d.store.openNew(name)
	if err != nil {
		return err
	}
	size := int64(0)
	for range catchUps {
		if err = writeSynced(file, b); err != nil {
			break
		}
		size += b.size()
		if b = d.appended(); b.size() == 0 {
			break
		}
	}
	if err == nil {
		err = d.swap(file, size, b)
	}
	if err != nil {
		_ = file.Close()
		_ = d.store.o.FS.Remove(name)
	}
	return err
}

// appended is what was appended since it was last asked for.
func (d *Draft) appended() *batch {
	d.mu.Lock()
	defer d.mu.Unlock()
	b := d.tail
	d.tail = batch{}
	return &b
}

func writeSynced(f File, b *batch) error {
	if err := b.writeTo(f); err != nil {
		return err
	}
	return f.Sync()
}

// swap puts a file that is synced up to size instead of the present one, once it has the rest.
// Nothing is appended meanwhile.
func (d *Draft) swap(file File, size int64, rest *batch) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if rest.join(&d.tail); rest.size() > 0 {
		if err := writeSynced(file, rest); err != nil {
			return err
		}
		size += rest.size()
	}
	if err := d.hold.check(); err != nil {
		return err
	}
	if err := d.store.o.FS.Rename(d.path+coming, d.path+records); err != nil {
		return err
	}
	d.closeFile()
	d.file, d.size, d.queue = file, size, batch{}
	d.off, d.entry = nil, true
	return nil
}
