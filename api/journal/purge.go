package journal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"

	"errata/model"
)

// Purge takes the values out of all entries that match, as Redact does of one, and leaves no hash
// of them either. A record that cannot be read is the zero Entry, which goes as a whole where it
// matches; raw is the record as it is in the file. It says how many entries lost their values.
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

// opened is what a line that begins an entry holds; ok is false if it cannot be read.
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
		return l.purgedEnd(same, match)
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
	return o.members().text()
}

// purgedEnd is purged for the line of an outcome, which may hold values as well.
func (l line) purgedEnd(same []byte, match func(Entry, []byte) bool) ([]byte, error) {
	var c closing
	if err := json.Unmarshal(l.text, &c); err != nil || len(c.Changes) == 0 {
		return same, err
	}
	e := Entry{ID: c.End, Server: c.Server, LogID: c.LogID}
	for _, w := range c.Changes {
		f, known := model.Lookup(w.Field)
		old, _, err := w.Old.read()
		if !known || err != nil {
			return l.bare()
		}
		e.Changes = append(e.Changes, Change{Field: f, Old: old})
	}
	if !match(e, l.text) {
		return same, nil
	}
	return l.bare()
}

// blank takes the values out, and their hashes: that of a short text could be guessed.
func (o *opening) blank() {
	o.Redacted = true
	if o.Judgment != nil {
		o.Judgment.Value = o.Judgment.Value.blank()
	}
	for i, c := range o.Changes {
		o.Changes[i] = c.blank()
	}
}

// blank is a change without its values.
func (ch change) blank() change {
	r := ch.redacted()
	return change{Field: ch.Field, Old: r.Old.blank(), New: r.New.blank()}
}

// blank is a digest of nothing in the place of h.
func (h *held) blank() *held {
	if h == nil {
		return nil
	}
	return &held{SHA256: strings.Repeat("0", 64)}
}
