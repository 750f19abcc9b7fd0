package draft

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
)

// errDamaged is met in files of which nothing can be read.
var errDamaged = errors.New("it is damaged, and nothing of it can be read; remove it when it is of no use")

// errForeign is met in files of another version, which are left alone.
var errForeign = errors.New("another version of errata wrote it")

// Take opens the draft of a log for this process, and returns what it holds. The lock ends with
// Close or with the process.
//
// When another process holds the draft, the error is a *HeldError and there is no Draft; with
// takeOver the draft is taken from it, and its next Append fails with ErrTaken. With an *OffError
// the Draft is there as well, and State holds what could be read: changes are not kept for now. Any
// other error is that of ctx.
func (s *Store) Take(ctx context.Context, id Identity, takeOver bool) (*Draft, *State, error) {
	id = id.clean()
	d := &Draft{store: s, path: s.path(id), live: newLive(header{Identity: id})}
	d.rested.L = &d.mu
	unlock, err := s.exclude(ctx)
	if err != nil && ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	var displaced bool
	if err == nil {
		defer unlock()
		s.rename(id)
		d.hold, displaced, err = s.holdOf(d.path+locked, takeOver)
	}
	var by *HeldError
	if errors.As(err, &by) {
		return nil, nil, by
	}
	state, old, readErr := d.restore()
	err = cmp.Or(err, readErr)
	// the other process may be writing to the old file still
	if err == nil && (displaced || old) && d.file != nil {
		if err = d.rewrite(); err == nil {
			err = d.sync()
		}
	}
	if err != nil {
		return d, state, d.fail(err)
	}
	return d, state, nil
}

// rename gives a draft that is kept under a former name of its server the present one, unless there
// is one already or somebody has it. The directory is excluded.
func (s *Store) rename(id Identity) {
	to := s.path(id)
	for _, server := range s.o.Former {
		from := s.path(Identity{Server: server, LogID: id.LogID})
		_, none := os.Stat(from + records)
		if _, there := os.Stat(to + records); from == to || none != nil || there == nil || s.held(from+locked) != nil {
			continue
		}
		// where that cannot be, it stays in the list of drafts
		_ = s.o.FS.Rename(from+records, to+records)
		_ = s.o.FS.Rename(from+unread, to+unread)
	}
}

// restore reads the draft's file, and opens it for what follows when the lock is held. old says
// that an older version wrote it, or that its server had another name.
func (d *Draft) restore() (state *State, old bool, err error) {
	path := d.path + records
	file, err := d.store.o.FS.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return d.live.state(), false, nil
	}
	if err != nil {
		return d.live.state(), false, err
	}
	l, good, foreign := replay(file)
	if foreign {
		d.gone = &OffError{errForeign}
		return d.live.state(), false, d.gone
	}
	old = isOlder(file)
	if good > 0 {
		old = old || l.head.Server != d.live.head.Server
		l.head.Server = d.live.head.Server
		d.live = l
	}
	state = d.live.state()
	state.Lost = int64(len(file) - good)
	if d.hold == nil {
		return state, old, nil
	}
	if d.file, err = d.store.o.FS.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o600); err != nil {
		d.file = nil
		return state, old, err
	}
	d.size = int64(good)
	if state.Lost > 0 {
		state.LostFile, err = d.cut(file[good:])
	}
	_, none := os.Stat(d.path + unread)
	d.lost = none == nil
	if good == 0 {
		d.closeFile() // without a header nothing can follow
	}
	return state, old, err
}

// cut puts what cannot be read aside and takes it off the file.
func (d *Draft) cut(tail []byte) (aside string, err error) {
	aside = d.path + unread
	f, err := d.store.o.FS.OpenFile(aside, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return "", err
	}
	_, err = f.Write(tail)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = d.store.o.FS.SyncDir(d.store.dir)
	}
	if err == nil {
		err = d.file.Truncate(d.size)
	}
	if err == nil {
		err = d.file.Sync()
	}
	if err != nil {
		return "", err
	}
	return aside, nil
}
