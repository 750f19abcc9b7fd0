package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
)

// rewriteName is the file that a segment is written anew to. There is one, and it is written under
// the lock.
const rewriteName = "rewrite.tmp"

// Redact replaces the values of an entry by their hashes and lengths, for text that had to go;
// nothing of them stays in the directory. The entry cannot be undone any more. The same text may
// stand in other entries, the one that wrote it and the one that took it out. The error is an
// *api.Error when there is no such entry.
func (j *Journal) Redact(ctx context.Context, id string) error {
	unlock, err := j.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	var unread error
	for l, err := range j.lines() {
		switch {
		case err != nil:
			unread = err
		case l.begin && l.id == id:
			return j.redact(l)
		}
	}
	if unread != nil {
		return unread
	}
	return missing(id)
}

func (j *Journal) redact(l line) error {
	var o opening
	if err := json.Unmarshal(l.text, &o); err != nil {
		return l.broken()
	}
	if o.Redacted {
		return nil
	}
	o.redact()
	head, _, err := o.members().measure()
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := o.members().line(&text, head); err != nil {
		return err
	}
	return j.rewrite(l, text.Bytes())
}

// redact replaces the values by their hashes.
func (o *opening) redact() {
	o.Redacted = true
	if o.Judgment != nil {
		o.Judgment.Value = o.Judgment.Value.redacted()
	}
	for i, c := range o.Changes {
		o.Changes[i].Old, o.Changes[i].New = c.Old.redacted(), c.New.redacted()
	}
}

// rewrite puts another line in the place of one. Lines that cannot be read go: nobody could tell
// what text is in them.
func (j *Journal) rewrite(old line, text []byte) error {
	data, err := os.ReadFile(j.path(old.segment.name()))
	if err != nil {
		return err
	}
	var kept []byte
	for raw := range bytes.Lines(data) {
		l, ok := parse(bytes.TrimSuffix(raw, []byte{'\n'}))
		switch {
		case ok && l.begin && l.id == old.id:
			kept = append(kept, text...)
		case ok && bytes.HasSuffix(raw, []byte{'\n'}):
			kept = append(kept, raw...)
		}
	}
	if err := j.replace(old.segment, kept); err != nil {
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
