package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"slices"
)

// rewriteName is the file that a segment is written again to. There is one, and it is written under
// the lock.
const rewriteName = "rewrite.tmp"

// Redact replaces the values of an entry by their hashes and lengths, for text that had to go;
// nothing of them stays in the directory. The entry cannot be undone any more. The same text may be
// in other entries, the one that wrote it and the one that took it out. The error is an *api.Error
// when there is no such entry.
func (j *Journal) Redact(ctx context.Context, id string) error {
	unlock, err := j.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	var unread error
	var later []segment // that hold what became of it
	for l, err := range j.lines() {
		switch {
		case err != nil:
			unread = err
		case l.id != id:
		case l.begin:
			return j.redact(l, later)
		case !slices.Contains(later, l.segment):
			later = append(later, l.segment)
		}
	}
	if unread != nil {
		return unread
	}
	return missing(id)
}

// redact redacts an entry. Other segments may hold its outcome; that goes first, so that a redacted
// entry has nothing left there.
func (j *Journal) redact(l line, later []segment) error {
	var o opening
	if err := json.Unmarshal(l.text, &o); err != nil {
		return l.broken()
	}
	if o.Redacted {
		return nil
	}
	o.redact()
	text, err := o.members().text()
	if err != nil {
		return err
	}
	if !slices.Contains(later, l.segment) {
		later = append(later, l.segment)
	}
	for _, s := range later {
		err := j.rewrite(s, func(other line) ([]byte, error) {
			switch {
			case other.id != l.id:
				return nil, nil
			case other.begin:
				return text, nil
			}
			return other.bare()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bare is a line of an outcome without the values that it may hold, nil if it holds none.
func (l line) bare() ([]byte, error) {
	var c closing
	if err := json.Unmarshal(l.text, &c); err != nil || len(c.Changes) == 0 {
		return nil, err
	}
	c.Server, c.LogID, c.Changes = "", "", nil
	return c.members().text()
}

// redact replaces the values by their hashes.
func (o *opening) redact() {
	o.Redacted = true
	if o.Judgment != nil {
		o.Judgment.Value = o.Judgment.Value.redacted()
	}
	for i, c := range o.Changes {
		o.Changes[i] = c.redacted()
	}
}

// redacted is a change with hashes in the place of values, or of the splice.
func (ch change) redacted() change {
	if s := ch.Splice; s != nil {
		return change{Field: ch.Field, Old: &held{SHA256: s.OldSHA256, Length: s.OldLength}, New: &held{SHA256: s.NewSHA256, Length: s.NewLength}}
	}
	return change{Field: ch.Field, Old: ch.Old.redacted(), New: ch.New.redacted()}
}

// rewrite puts other lines in the place of some: those that instead gives, nil leaves a line as it
// is. Lines that cannot be read go: nobody could tell what text is in them.
func (j *Journal) rewrite(s segment, instead func(line) ([]byte, error)) error {
	data, err := os.ReadFile(j.path(s.name()))
	if err != nil {
		return err
	}
	var kept []byte
	for raw := range bytes.Lines(data) {
		text, whole := bytes.CutSuffix(raw, []byte{'\n'})
		l, ok := parse(text)
		if !ok || !whole {
			continue
		}
		other, err := instead(l)
		if err != nil {
			return err
		}
		if other == nil {
			other = raw
		}
		kept = append(kept, other...)
	}
	if err := j.replace(s, kept); err != nil {
		_ = os.Remove(j.path(rewriteName))
		return err
	}
	return j.syncDir()
}

// replace gives a segment another content in one step.
func (j *Journal) replace(s segment, content []byte) error {
	f, err := os.OpenFile(j.path(rewriteName), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err == nil {
		err = j.sync(f)
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(j.path(rewriteName), j.path(s.name()))
}
