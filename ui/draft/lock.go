package draft

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// patience is how long the directory may be locked by others, who keep it for a rename or so.
const patience = 5 * time.Second

// exclude locks the directory: until unlock is called no other process creates, replaces or removes
// files of drafts. Appending to them goes on.
func (s *Store) exclude(ctx context.Context) (unlock func(), err error) {
	if err := s.o.FS.MkdirAll(s.dir, 0o700); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	l := flock.New(filepath.Join(s.dir, ".lock"))
	if _, err := l.TryLockContext(ctx, time.Millisecond); err != nil {
		return nil, fmt.Errorf("lock %s: %w", s.dir, err)
	}
	return func() { _ = l.Unlock() }, nil // it ends with the process at the latest
}

// hold is a lock on one draft. It ends with its process. Whoever takes it over removes its file and
// makes another.
type hold struct {
	path string
	lock *flock.Flock
	file fs.FileInfo
}

// holdOf locks a draft; the directory is excluded. displaced tells that somebody else held it.
func holdOf(path string, since time.Time, takeOver bool) (h *hold, displaced bool, err error) {
	l := flock.New(path)
	ok, err := l.TryLock()
	if err == nil && !ok {
		if !takeOver {
			return nil, false, holder(path)
		}
		if err := os.Remove(path); err != nil {
			return nil, false, err
		}
		displaced = true
		l = flock.New(path)
		ok, err = l.TryLock()
	}
	if err == nil && !ok {
		err = errors.New("it cannot be locked")
	}
	if err == nil {
		err = os.WriteFile(path, fmt.Appendf(nil, "%d %d\n", os.Getpid(), since.Unix()), 0o600)
	}
	h = &hold{path: path, lock: l}
	if err == nil {
		h.file, err = l.Stat()
	}
	if err != nil {
		_ = l.Unlock()
		return nil, false, fmt.Errorf("lock %s: %w", path, err)
	}
	return h, displaced, nil
}

// holder reads who holds a lock.
func holder(path string) *HeldError {
	var e HeldError
	var since int64
	if text, err := os.ReadFile(path); err == nil {
		if _, err := fmt.Sscan(string(text), &e.PID, &since); err == nil {
			e.Since = time.Unix(since, 0)
		}
	}
	return &e
}

// held tells who holds the lock at path, nil when nobody does; the directory is excluded.
func held(path string) *HeldError {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil // locking would create it
	}
	l := flock.New(path)
	ok, err := l.TryLock()
	if !ok && err == nil {
		return holder(path)
	}
	_ = l.Unlock()
	return nil
}

// check tells whether the lock still counts: ErrTaken after a takeover, fs.ErrNotExist when its
// file is gone or was never there.
func (h *hold) check() error {
	if h == nil {
		return fs.ErrNotExist
	}
	now, err := os.Stat(h.path)
	if err == nil && !os.SameFile(now, h.file) {
		return ErrTaken
	}
	return err
}

// release ends the lock; the directory is excluded if it can be.
func (h *hold) release() {
	mine := h.check() == nil
	_ = h.lock.Unlock()
	if mine {
		_ = os.Remove(h.path) // an empty lock that stays behind does no harm
	}
}
