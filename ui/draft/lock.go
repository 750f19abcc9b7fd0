package draft

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
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

// holdOf locks a draft; the directory is excluded. displaced says that somebody else held it.
func (s *Store) holdOf(path string, takeOver bool) (h *hold, displaced bool, err error) {
	l := flock.New(path)
	ok, err := l.TryLock()
	if err == nil && !ok {
		if !takeOver {
			return nil, false, s.holder(path)
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
		err = os.WriteFile(path, s.signature(), 0o600)
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

// signature is what a lock says of its holder: a line each for its process with the time, who it
// is, its terminal, and its store.
func (s *Store) signature() []byte {
	line := func(text string) string { return strings.Join(strings.Fields(text), " ") }
	return fmt.Appendf(nil, "%d %d\n%s\n%s\n%s\n", os.Getpid(), s.o.Now().Unix(), line(s.o.Who), line(s.o.Where), s.token)
}

// holder reads who holds a lock. Lines that an older errata did not write are missing.
func (s *Store) holder(path string) *HeldError {
	var e HeldError
	var since int64
	text, err := os.ReadFile(path)
	if err != nil {
		return &e
	}
	lines := append(strings.Split(string(text), "\n"), "", "", "", "")
	if _, err := fmt.Sscan(lines[0], &e.PID, &since); err == nil {
		e.Since = time.Unix(since, 0)
	}
	e.Who, e.Where, e.Own = lines[1], lines[2], lines[3] == s.token
	return &e
}

// held tells who holds the lock at path, nil when nobody does; the directory is excluded.
func (s *Store) held(path string) *HeldError {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil // locking would create it
	}
	l := flock.New(path)
	ok, err := l.TryLock()
	if !ok && err == nil {
		return s.holder(path)
	}
	_ = l.Unlock()
	return nil
}

// check reports whether the lock still counts: ErrTaken after a takeover, fs.ErrNotExist when its
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
