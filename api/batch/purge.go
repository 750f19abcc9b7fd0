package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// redacted takes the place of the words of a batch that were purged.
const redacted = "redacted"

// Holding lists the batches of a server in which holds finds anything, as JSON, of what was typed:
// the words of the command, which logs, what was to be done to each, and why something failed.
func Holding(state, server string, holds func(literal []byte) bool) (list []string, err error) {
	for _, id := range ids(state, suffix) {
		b, wrong := look(state, id)
		if wrong != nil {
			err = errors.Join(err, wrong)
			continue
		}
		found := false
		if b.Server == server {
			wrong = b.lines(func(l line) error {
				text, err := json.Marshal(l.typed())
				found = found || err == nil && holds(text)
				return err
			})
		}
		err = errors.Join(err, wrong, b.file.Close())
		if found {
			list = append(list, id)
		}
	}
	return list, err
}

// typed is what of a line somebody typed, or may cite what somebody typed.
func (l line) typed() (list []any) {
	if h := l.Head; h != nil {
		list = append(list, h.Words, h.Query, h.Spec)
	}
	if i := l.Item; i != nil && len(i.Spec) > 0 {
		list = append(list, i.Spec)
	}
	if d := l.Done; d != nil {
		list = append(list, d.Why)
	}
	return list
}

// purged is a line without what was typed, and without hashes of what was reviewed.
func (l line) purged() line {
	if h := l.Head; h != nil {
		h.Words, h.Query, h.Spec = h.Kind+": "+redacted, "", nil
	}
	if l.Item != nil {
		l.Item.Spec = nil
	}
	if p := l.Plan; p != nil {
		for of := range p.Sums {
			p.Sums[of] = redacted
		}
	}
	if d := l.Done; d != nil && d.Why != "" {
		d.Why = redacted
	}
	return l
}

// lines yields the lines of the file that can be read.
func (b *Batch) lines(do func(line) error) error {
	return b.raw(func(_ int64, text []byte) error {
		var l line
		if readable := json.Unmarshal(text, &l) == nil; !readable {
			return nil
		}
		return do(l)
	})
}

// raw yields the lines of the file as they are, with their places.
func (b *Batch) raw(do func(at int64, text []byte) error) error {
	text, err := io.ReadAll(io.NewSectionReader(b.file, 0, b.size))
	at := int64(0)
	for one := range bytes.Lines(text) {
		if err != nil {
			return err
		}
		err = do(at, one)
		at += int64(len(one))
	}
	return err
}

// Purge takes what was typed out of the file of a batch, and the hashes of what was reviewed. What
// is left of it to do is given up. Which logs it changed stays, and so it can be taken back.
func Purge(state, id string) error {
	b, err := Open(state, id)
	if err != nil {
		return err
	}
	if !b.agreed { // nothing of it was sent, and nothing will be
		return b.Discard()
	}
	var text []byte
	err = b.lines(func(l line) error {
		one, err := json.Marshal(l.purged())
		text = append(append(text, one...), '\n')
		return err
	})
	if !b.Finished() {
		text = append(text, `{"mark":"`+given+`"}`+"\n"...)
	}
	if err == nil {
		err = rewrite(fileOf(state, id), text)
		b.given = err == nil
	}
	return errors.Join(err, b.Close())
}

// rewrite puts a file in the place of another, whole or not at all.
func rewrite(name string, data []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(name), "purge-*")
	if err != nil {
		return err
	}
	_, err = temp.Write(data)
	err = errors.Join(err, temp.Sync(), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp.Name()))
	}
	syncDir(filepath.Dir(name))
	return nil
}
