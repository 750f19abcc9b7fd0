package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"errata/api"
	"errata/model"
)

// markSuffix is that of the files that are locked while a PATCH is under way.
const markSuffix = ".open"

var errUnderWay = errors.New("another errata is busy with it")

// mark holds the marker of an entry, and makes it. The caller holds the lock.
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

// Pending lists the entries of a server whose process died between sending the PATCH and learning its outcome, the newest
// first. Those that another process has under way are not among them. Without any it reads no records.
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
		if e.Outcome == Pending {
			delete(left, e.ID)
			if e.Server == bare(server) {
				list = append(list, e)
			}
		}
	}
	for id := range left { // ended before its marker went, never begun, dropped for its age, or lost in a damaged record
		_ = os.Remove(j.path(id + markSuffix))
	}
	return list, unread
}

// abandoned lists the markers that nobody holds. The lock keeps those that are being made out of it.
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

// Reader reads logs; every api.Service does.
type Reader interface {
	Log(ctx context.Context, id string) (api.Document, error)
}

// Settle finds out on the server what became of an entry that is pending or unknown, records it, and returns the entry with it:
// saved where each field holds what was sent, not saved where each holds what was there before, else unknown. An entry
// that has been settled meanwhile is returned as it is. After an error, with the server out of reach say, nothing is
// recorded; try again later.
func (j *Journal) Settle(ctx context.Context, svc Reader, e Entry) (Entry, error) {
	unlock, err := j.lock(ctx)
	if err != nil {
		return e, err
	}
	mark, err := j.mark(e.ID)
	unlock()
	if err != nil {
		return e, err
	}
	defer func() { _ = mark.Close() }()
	if e, err = j.Get(e.ID); err != nil {
		return e, err
	}
	if e.Outcome != Pending && e.Outcome != Unknown {
		return e, removed(os.Remove(mark.Path()))
	}
	end := closing{End: e.ID}
	end.Outcome, err = become(ctx, svc, e)
	if err != nil {
		return e, err
	}
	if err := j.end(ctx, end, mark); err != nil {
		return e, err
	}
	return j.Get(e.ID)
}

// become reads the log and compares it with both sides of the entry.
func become(ctx context.Context, svc Reader, e Entry) (Outcome, error) {
	doc, err := svc.Log(ctx, e.LogID)
	if api.CodeOf(err) == api.NotFound {
		return Unknown, nil
	}
	if err != nil {
		return "", err
	}
	now, err := model.ParseLog(doc.Raw)
	if err != nil {
		return "", err
	}
	sent, before := !e.Redacted, !e.Redacted
	for _, c := range e.Changes {
		v := now.Value(c.Field)
		sent = sent && c.Field.Kept(c.New, v)
		before = before && v.Equal(c.Old)
	}
	switch {
	case sent:
		return Saved, nil
	case before:
		return NotSaved, nil
	}
	return Unknown, nil
}
