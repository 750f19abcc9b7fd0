package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// markSuffix is the suffix of marker files: one is locked for as long as a PATCH is under way.
const markSuffix = ".open"

var errUnderWay = errors.New("another errata is busy with it")

// mark makes and locks the marker file of an entry. The caller holds the lock of the journal.
func (j *Journal) mark(id string) (*flock.Flock, error) {
	m := flock.New(j.path(id + markSuffix))
	held, err := m.TryLock()
	if err == nil && !held {
		err = errUnderWay
	}
	if err != nil {
		return nil, err
	}
	return m, nil
}

// Pending lists the entries of a server of which it is not known yet what became of them, the
// newest first: their process died before it learned that, or could not read the log back, or read
// it back as it was. Those that another process has under way are not among them. Without any it
// reads no records.
func (j *Journal) Pending(server string) ([]Entry, error) {
	left, err := j.abandoned()
	if err != nil || len(left) == 0 {
		return nil, err
	}
	var list []Entry
	var unread error
	for e, err := range j.entries(func(id string) bool { return left[id] }) {
		switch {
		case errors.Is(err, errRecord):
			unread = err
			continue
		case err != nil:
			return list, err
		}
		if e.Outcome.open() {
			delete(left, e.ID)
			if e.Server == bare(server) {
				list = append(list, e)
			}
		}
	}
	// ended before its marker went, never begun, dropped for its age, or lost in a damaged record
	for id := range left {
		_ = os.Remove(j.path(id + markSuffix))
	}
	return list, unread
}

// abandoned lists the markers that nobody holds. The lock keeps those that are being made out of
// it.
func (j *Journal) abandoned() (map[string]bool, error) {
	marks, err := filepath.Glob(filepath.Join(j.dir, "*"+markSuffix))
	if err != nil || len(marks) == 0 {
		return nil, err
	}
	unlock, err := j.lock(context.Background())
	if err != nil {
		return nil, err
	}
	defer unlock()
	left := map[string]bool{}
	for _, name := range marks {
		m := flock.New(name, flock.SetFlag(os.O_RDWR)) // one that is gone must not come back
		if free, err := m.TryLock(); err == nil && free {
			left[strings.TrimSuffix(filepath.Base(name), markSuffix)] = true
		}
		_ = m.Close()
	}
	return left, nil
}
