package batch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gofrs/flock"

	"errata/model/figure"
)

// Summary is a batch in a list of them.
type Summary struct {
	Head
	Counts   Counts
	Agreed   bool
	Finished bool
	Busy     bool // a process has it open
}

// ids lists the batches below a directory that have a file of a suffix, the newest first.
func ids(state, suffix string) (list []string) {
	names, _ := filepath.Glob(filepath.Join(state, dirName, prefix+"*"+suffix))
	for _, name := range names {
		list = append(list, strings.TrimSuffix(filepath.Base(name), suffix))
	}
	slices.Sort(list)
	slices.Reverse(list)
	return list
}

// List lists the batches, the newest first, and what cannot be read.
func List(state string) (list []Summary, unread []error) {
	for _, id := range ids(state, suffix) {
		s, err := Peek(state, id)
		switch {
		case err != nil:
			unread = append(unread, err)
		case s.Agreed:
			list = append(list, s)
		}
	}
	return list, unread
}

// Peek reads the state of a batch, even if another process has it open.
func Peek(state, id string) (Summary, error) {
	b, err := look(state, id)
	if err != nil {
		return Summary{}, err
	}
	defer func() { _ = b.file.Close() }()
	return Summary{Head: b.Head, Counts: b.tally(), Agreed: b.agreed, Finished: b.Finished(), Busy: held(lockOf(state, id))}, nil
}

// look is a batch to be read and nothing else.
func look(state, id string) (*Batch, error) {
	if !strings.HasPrefix(id, prefix) || filepath.Base(id) != id {
		return nil, missing(id)
	}
	f, err := os.Open(fileOf(state, id))
	if os.IsNotExist(err) {
		return nil, missing(id)
	}
	if err != nil {
		return nil, damaged(id, err)
	}
	b := newBatch(f, nil)
	if err := b.load(); err != nil {
		_ = f.Close()
		return nil, damaged(id, err)
	}
	return b, nil
}

// Is reports whether an id is that of a batch rather than of an entry of the journal.
func Is(id string) bool { return strings.HasPrefix(id, prefix) }

// Unfinished lists the batches of a server that were started and not finished, the newest first,
// and that no process is busy with; with a key only those of that command. It costs little where
// there are none.
func Unfinished(state, server, key string) (list []Summary) {
	for _, id := range ids(state, lockSuffix) {
		s, err := Peek(state, id)
		if err == nil && s.Agreed && !s.Finished && !s.Busy && s.Server == server && (key == "" || s.Key == key) {
			list = append(list, s)
		}
	}
	return list
}

// Left says what is left to do of a batch that is not finished.
func (s Summary) Left() string {
	if left := s.Counts.By[Todo]; left > 0 {
		return figure.Int(left) + " of " + figure.Count(s.Counts.Match(), "log") + " left to do"
	}
	return "what its logs held before is not cleared yet"
}

// held reports whether a process holds a lock file.
func held(name string) bool {
	if _, err := os.Stat(name); err != nil {
		return false
	}
	l := flock.New(name, flock.SetFlag(os.O_RDWR)) // one that is gone must not come back
	free, err := l.TryLock()
	_ = l.Close()
	return err == nil && !free
}

// kept is how many batches are remembered.
const kept = 200

// prune forgets the oldest batches that are finished, and plans that their process left behind.
func prune(state string) {
	open := map[string]bool{}
	for _, id := range ids(state, lockSuffix) {
		open[id] = true
		if s, err := Peek(state, id); err == nil && !s.Busy && !s.Agreed {
			forget(state, id)
		}
	}
	for n, id := range ids(state, suffix) {
		if n >= kept && !open[id] {
			forget(state, id)
		}
	}
}

func forget(state, id string) {
	_ = os.Remove(fileOf(state, id))
	_ = os.Remove(lockOf(state, id))
}

// Rows lists what became of each log of a batch, even if another process has it open.
func Rows(state, id string, do func(Row) error) error {
	b, err := look(state, id)
	if err != nil {
		return err
	}
	defer func() { _ = b.file.Close() }()
	for n := range b.rows {
		row, err := b.row(n)
		if err == nil {
			err = do(row)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
