package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"
)

// Purge takes the values out of all entries that match, as Redact does of one, and leaves no hash
// of them either. A record that cannot be read is the zero Entry, which goes as a whole where it
// matches; raw is the record as it stands in the file. It tells how many entries lost their values.
func (j *Journal) Purge(ctx context.Context, match func(e Entry, raw []byte) bool) (purged int, err error) {
	unlock, err := j.lock(ctx)
	if err != nil {
		return 0, err
	}
	defer unlock()
	list, err := j.segments()
	if err != nil {
		return 0, err
	}
	for _, s := range list {
		if err := ctx.Err(); err != nil {
			return purged, err
		}
		n, err := j.purge(s, match)
		purged += n
		if err != nil {
			return purged, err
		}
	}
	return purged, nil
}

// purge rewrites one segment, if anything in it matches.
func (j *Journal) purge(s segment, match func(Entry, []byte) bool) (purged int, err error) {
	data, err := os.ReadFile(j.path(s.name()))
	if err != nil {
		return 0, removed(err)
	}
	kept := make([]byte, 0, len(data))
	for raw := range bytes.Lines(data) {
		text, whole := bytes.CutSuffix(raw, []byte{'\n'})
		now, err := j.purged(text, match)
		if err != nil {
			return 0, err
		}
		if now == nil || !whole {
			purged++
			continue
		}
		if !bytes.Equal(now, raw) {
			purged++
		}
		kept = append(kept, now...)
	}
	if bytes.Equal(kept, data) {
		return 0, nil
	}
	if err := j.replace(s, kept); err != nil {
		return 0, errors.Join(err, removed(os.Remove(j.path(rewriteName))))
	}
	return purged, j.syncDir()
}

// opened is what a line that begins an entry holds; ok is false where it cannot be read.
func (l line) opened() (o opening, e Entry, ok bool) {
	if json.Unmarshal(l.text, &o) != nil {
		return o, e, false
	}
	e, err := o.entry()
	return o, e, err == nil
}

// purged is a line with its line feed as it is to be kept, nil for one that goes.
func (j *Journal) purged(text []byte, match func(Entry, []byte) bool) ([]byte, error) {
	same := append(bytes.Clone(text), '\n')
	l, ok := parse(text)
	if ok && !l.begin {
		return same, nil
	}
	o, e, readable := l.opened()
	switch readable = readable && ok; {
	case !readable && match(Entry{}, text):
		return nil, nil
	case !readable:
		return same, nil
	}
	if j.options.Server != nil {
		e.Server = j.options.Server(e.Server)
	}
	if !match(e, text) {
		return same, nil
	}
	o.blank()
	head, _, err := o.members().measure()
	if err != nil {
		return nil, err
	}
	var line bytes.Buffer
	err = o.members().line(&line, head)
	return line.Bytes(), err
}

// blank takes the values out, and their hashes: that of a short text could be guessed.
func (o *opening) blank() {
	o.Redacted = true
	if o.Judgment != nil {
		o.Judgment.Value = o.Judgment.Value.blank()
	}
	for i, c := range o.Changes {
		o.Changes[i].Old, o.Changes[i].New = c.Old.blank(), c.New.blank()
	}
}

// blank is a digest of nothing in the place of h.
func (h *held) blank() *held {
	if h == nil {
		return nil
	}
	return &held{SHA256: strings.Repeat("0", 64)}
}
