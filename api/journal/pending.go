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
func (j *Journal) mark(id string) (*flock.Flock, error) { return j.hold(id + markSuffix) }

// hold makes and locks a marker file. The caller holds the lock of the journal.
func (j *Journal) hold(name string) (*flock.Flock, error) {
	m := flock.New(j.path(name))
	held, err := m.TryLock()
	if err == nil && !held {
		err = errUnderWay
	}
	if err != nil {
		return nil, err
	}
	return m, nil
}

// Pending lists the entries of a server whose outcome is not known yet, the newest first: their
// process died before it learned it, or could not read the log back, or read it back as it was.
// Entries that another process has under way are not among them. If there are none it reads no
// records.
func (j *Journal) Pending(server string) ([]Entry, error) {
	left, err := j.abandoned(markSuffix)
	if err != nil {
		return nil, err
	}
	batches, err := j.abandoned(batchSuffix)
	if err != nil || len(left)+len(batches) == 0 {
		return nil, err
	}
	var list []Entry
	var unread error
	open := map[string]bool{}
	wanted := func(l line) bool { return left[l.id] || batches[l.batch] || !l.begin && len(batches) > 0 }
	for e, err := range j.entries(wanted) {
		switch {
		case errors.Is(err, errRecord):
			unread = err
			continue
		case err != nil:
			return list, err
		}
		if e.Outcome.Open() {
			open[e.ID], open[e.Batch] = true, true
			if e.Server == bare(server) {
				list = append(list, e)
			}
		}
	}
	j.sweep(left, open, markSuffix)
	j.sweep(batches, open, batchSuffix)
	return list, unread
}

// sweep removes markers of what ended before its marker went, was never started, was dropped for
// its age, or is lost in a damaged record.
func (j *Journal) sweep(names, open map[string]bool, suffix string) {
	for name := range names {
		if !open[name] {
			_ = os.Remove(j.path(name + suffix))
		}
	}
}

// abandoned lists the markers that nobody holds, without their suffix. The lock keeps those that
// are being made out of it.
func (j *Journal) abandoned(suffix string) (map[string]bool, error) {
	marks, err := filepath.Glob(filepath.Join(j.dir, "*"+suffix))
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
			left[strings.TrimSuffix(filepath.Base(name), suffix)] = true
		}
		_ = m.Close()
	}
	return left, nil
}
