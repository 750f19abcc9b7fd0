package annotate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"errata/ui/outfile"
)

// redacted takes the place of words that were taken out of a queue.
const redacted = "redacted"

// typed is what of a line somebody typed, or may cite what somebody typed: which logs, and why one
// failed.
func (l *line) typed() []*string {
	switch {
	case l.Head != nil:
		return []*string{&l.Head.Query}
	case l.Change != nil:
		return []*string{&l.Change.Why}
	}
	return nil
}

// Holding lists the queues of a server in which holds finds anything, as JSON, of what was typed.
func Holding(state, server string, holds func(literal []byte) bool) (ids []string, err error) {
	list, err := List(state)
	for _, q := range list {
		if q.Server != server {
			continue
		}
		_, found, wrong := redactedFile(filepath.Join(state, dirName, q.ID+suffix), holds)
		err = errors.Join(err, wrong)
		if found {
			ids = append(ids, q.ID)
		}
	}
	return ids, err
}

// Redact removes what was typed from the queues of a server in which holds finds anything, and
// returns how many these were. The logs of a queue and its progress stay. A queue that another
// process works on is an error.
func Redact(state, server string, holds func(literal []byte) bool) (cleared int, err error) {
	ids, err := Holding(state, server, holds)
	for _, id := range ids {
		if wrong := redactOne(filepath.Join(state, dirName, id+suffix), holds); wrong != nil {
			err = errors.Join(err, fmt.Errorf("the queue %s still holds what was there before: %w", id, wrong))
			continue
		}
		cleared++
	}
	return cleared, err
}

func redactOne(name string, holds func([]byte) bool) error {
	f, err := openFile(name, os.O_RDWR)
	if err != nil {
		return err
	}
	text, _, err := redactedFile(name, holds)
	if err == nil {
		err = outfile.Write(name, text)
	}
	err = errors.Join(err, f.File.Close(), f.lock.Unlock())
	_ = os.Remove(f.lock.Path()) // a lock that stays behind does no harm
	return err
}

// redactedFile is the file of a queue without what holds finds anything in.
func redactedFile(name string, holds func([]byte) bool) (text []byte, found bool, err error) {
	data, err := os.ReadFile(name) // below the directory of the state
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	for one := range bytes.Lines(data) {
		var l line
		if json.Unmarshal(one, &l) != nil {
			continue // it was being written when its process died
		}
		for _, at := range l.typed() {
			if literal, err := json.Marshal(*at); err == nil && *at != "" && holds(literal) {
				*at, found = redacted, true
			}
		}
		if one, err = json.Marshal(l); err != nil {
			return nil, found, err
		}
		text = append(append(text, one...), '\n')
	}
	return text, found, err
}
