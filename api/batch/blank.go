package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"errata/model/pattern"
)

// sum is a hash as it is in the line of a plan.
var sum = pattern.Of(`:"[0-9a-f]{32}"`)

// blankSum is what takes the place of a hash that was taken out.
var blankSum = strings.Repeat("0", 32)

// Blank writes zeros over the hashes of what was reviewed of some logs, in all batches of the
// server of one that is open: those of a short value could be guessed. What of them another batch
// had left to do needs a new review then. Nothing else of the files changes. A batch that another
// process is busy with is an error.
func Blank(state string, open *Batch, logs map[string]bool) error {
	err := open.blank(logs)
	for _, id := range ids(state, suffix) {
		if id == open.ID {
			continue
		}
		if wrong := blankIn(state, id, open.Server, logs); wrong != nil {
			err = errors.Join(err, fmt.Errorf("batch %s: %w", id, wrong))
		}
	}
	return err
}

// blankIn does so in one batch that is not open.
func blankIn(state, id, server string, logs map[string]bool) error {
	b, err := look(state, id)
	if err != nil {
		return err
	}
	found := false
	if b.Server == server {
		err = b.hashes(logs, func(int64, []byte) error { found = true; return nil })
	}
	if err = errors.Join(err, b.file.Close()); err != nil || !found {
		return err
	}
	if b, err = Open(state, id); err != nil {
		return err
	}
	return errors.Join(b.blank(logs), b.Close())
}

func (b *Batch) blank(logs map[string]bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	err := b.hashes(logs, func(at int64, line []byte) error {
		_, err := b.file.WriteAt(line, at)
		return err
	})
	return errors.Join(err, b.sync())
}

// hashes yields the lines of the file with hashes of what was reviewed of some logs: each without
// its hashes, and its place.
func (b *Batch) hashes(logs map[string]bool, do func(at int64, without []byte) error) error {
	var of []string // the log of each item
	return b.raw(func(at int64, text []byte) error {
		var l line
		isPlan := bytes.HasPrefix(text, []byte(`{"plan":`))
		known := isPlan || bytes.HasPrefix(text, []byte(`{"item":`))
		if readable := known && json.Unmarshal(text, &l) == nil; !readable {
			return nil
		}
		if l.Item != nil {
			of = append(of, l.Item.LogID)
		}
		if l.Plan == nil || l.Plan.N >= len(of) || !logs[of[l.Plan.N]] {
			return nil
		}
		without := sum().ReplaceAll(text, []byte(`:"`+blankSum+`"`))
		if bytes.Equal(text, without) {
			return nil
		}
		return do(at, without)
	})
}

// Cleared notes that nothing is left of what a redaction replaced: only then it is finished.
func (b *Batch) Cleared() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.cleared {
		return nil
	}
	_, err := b.put(line{Mark: cleared})
	if err == nil {
		b.cleared, err = true, b.sync()
	}
	return err
}
