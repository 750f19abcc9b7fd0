package journal

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"time"

	"errata/api"
	"errata/model"
)

// catchUp is how long a server may show a log as it was after it accepted a PATCH, until that
// counts as not kept.
const catchUp = time.Hour

// Reader reads logs; every api.Service does.
type Reader interface {
	Log(ctx context.Context, id string) (api.Document, error)
}

// Settle finds out on the server what became of an entry that is pending, accepted or unknown,
// records it, and returns the entry with it: saved, or verified, where each field holds what was
// sent; not saved where each holds what was there before; else unknown. One that was accepted stays
// so for a while where the log is as it was. An entry that has been settled meanwhile is returned
// as it is. After an error, with the server out of reach say, nothing is recorded; try again later.
func (j *Journal) Settle(ctx context.Context, svc Reader, e Entry) (Entry, error) {
	return j.settle(ctx, svc, e, Outcome.Open, func(o Outcome) bool { return o != Accepted })
}

// Arrived finds out from a newer reading of its log whether an entry that is not saved was carried
// out after all, and records that: a request may outlive the process that sent it, and reach the
// server behind the reading that looked for it. Any other entry is returned as it is. After an
// error nothing is recorded.
func (j *Journal) Arrived(ctx context.Context, svc Reader, newer *model.Log, e Entry) (Entry, error) {
	if e.Outcome != NotSaved {
		return e, nil
	}
	if e.Judgment == nil {
		svc = reading(api.Document{Raw: newer.Bytes()})
	}
	if now, err := become(ctx, svc, e, j.options.Now()); err != nil || now != Saved {
		return e, err // as mostly; then no file is touched
	}
	return j.settle(ctx, svc, e, func(o Outcome) bool { return o == NotSaved }, func(o Outcome) bool { return o == Saved })
}

// settle looks for what became of an entry whose outcome is still one of open, and records it if it
// can be found out.
func (j *Journal) settle(ctx context.Context, svc Reader, e Entry, open, told func(Outcome) bool) (Entry, error) {
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
	if !open(e.Outcome) {
		return e, removed(os.Remove(mark.Path()))
	}
	end := closing{End: e.ID}
	end.Outcome, err = become(ctx, svc, e, j.options.Now())
	switch {
	case err != nil:
		return e, err
	case !told(end.Outcome) && e.Outcome.Open():
		return e, nil // the mark has it looked for again
	case !told(end.Outcome):
		return e, removed(os.Remove(mark.Path()))
	}
	if end.Outcome == NotKept {
		for _, c := range e.Changes {
			end.NotKept = append(end.NotKept, c.Field.Name)
		}
	}
	if err := j.end(ctx, end, mark, false); err != nil {
		return e, err
	}
	return j.Get(e.ID)
}

// Unsettled reports whether the journal below a directory may have entries whose outcome is not
// known. It costs little. What is under way does not count, here or in another process: a log that
// is read back after its PATCH settles nothing.
func Unsettled(dir string) bool {
	j := Journal{dir: filepath.Join(dir, dirName)}
	left, err := j.abandoned(markSuffix)
	return err != nil || len(left) > 0
}

// SettleFrom settles the entries of a log from a reading of it, but for those whose process died:
// that is worth a word, see Settle.
func (j *Journal) SettleFrom(ctx context.Context, server, logID string, doc api.Document) error {
	left, err := j.Pending(server)
	for _, e := range left {
		if e.LogID == logID && e.Outcome != Pending && err == nil {
			_, err = j.Settle(ctx, reading(doc), e)
		}
	}
	return err
}

// SettleLost settles a pending entry from a reading of its log, if no process has it under way and
// it has no marker: its outcome was lost with the end of the journal, as in a power failure. ok is
// false while it is under way.
func (j *Journal) SettleLost(ctx context.Context, log *model.Log, e Entry) (settled Entry, ok bool, err error) {
	settled, err = j.Settle(ctx, reading(api.Document{Raw: log.Bytes()}), e)
	if errors.Is(err, errUnderWay) {
		return e, false, nil
	}
	return settled, true, err
}

// reading is a Reader of one log, as it was read.
type reading api.Document

// Log implements Reader.
func (r reading) Log(context.Context, string) (api.Document, error) { return api.Document(r), nil }

// Open reports whether it may still be found out what became of an entry with this outcome.
func (o Outcome) Open() bool { return o == Pending || o == Accepted || o == Unknown }

// become reads the log and compares it with both sides of the entry.
func become(ctx context.Context, svc Reader, e Entry, now time.Time) (Outcome, error) {
	if e.Judgment != nil {
		return becomeJudgment(ctx, svc, e, now)
	}
	doc, err := svc.Log(ctx, e.LogID)
	if api.CodeOf(err) == api.NotFound {
		return Unknown, nil
	}
	if err != nil {
		return "", err
	}
	log, err := doc.Log()
	if err != nil {
		return "", err
	}
	sent, before := e.compared(log)
	return e.fate(sent, before, now.Sub(e.Time) < catchUp), nil
}

// compared reports whether each field of a log holds what was sent, and whether each holds what was
// there before.
func (e Entry) compared(log *model.Log) (sent, before bool) {
	sent, before = true, true
	for _, c := range e.Changes {
		v := log.Value(c.Field)
		sent = sent && (c.NewSum == nil && c.Field.Kept(c.New, v) || c.NewSum.of(v))
		before = before && (v.Equal(c.Old) && c.OldSum == nil || c.OldSum.of(v))
	}
	return sent, before
}

// of reports whether a digest is that of a value; nil is of none.
func (d *Digest) of(v model.Value) bool {
	if d == nil || d.Length != v.Len() {
		return false
	}
	h := sha256.New()
	for _, part := range v.Parts() {
		_, _ = h.Write(part)
	}
	return d.SHA256 == hex.EncodeToString(h.Sum(nil))
}

// fate is the outcome of an entry, by whether its log holds what was sent, or what was there
// before. early says that the server may still need time to show the change.
func (e Entry) fate(sent, before, early bool) Outcome {
	accepted := e.Outcome == Accepted
	switch {
	case sent && accepted:
		return Verified
	case sent:
		return Saved
	case before && accepted && early:
		return Accepted
	case before && accepted:
		return NotKept
	case before:
		return NotSaved
	}
	return Unknown
}
