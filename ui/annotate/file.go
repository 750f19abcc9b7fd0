package annotate

import (
	"bufio"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// dirName is the directory of queues below that of the state.
const (
	dirName    = "queues"
	suffix     = ".jsonl"
	lockSuffix = ".lock"
)

// ErrHeld is the error for a queue that another errata works on.
var ErrHeld = errors.New("another errata works on this queue")

// file is where a queue is kept: lines of JSON that are only added to.
type file struct {
	*os.File
	lock *flock.Flock
}

// line is one line of the file: one of the members is there.
type line struct {
	Head   *Head   `json:"queue,omitempty"`
	Log    string  `json:"log,omitempty"`
	Change *change `json:"change,omitempty"`
	At     string  `json:"at,omitempty"`
	Said   *said   `json:"said,omitempty"`
}

// said is judgments of a log that were sent while it was not completed.
type said struct {
	Log string `json:"log"`
	N   int    `json:"n"`
}

// change puts a log into a state.
type change struct {
	Log   string    `json:"log"`
	State State     `json:"state"`
	Why   string    `json:"why,omitempty"`
	Said  int       `json:"said,omitempty"`
	Time  time.Time `json:"time,omitzero"`
}

// New begins a queue of logs below the directory of the state; with state "" it is kept in memory
// only. The ID of the head is chosen here.
func New(state string, h Head, ids []string) (*Queue, error) {
	h.ID = "queue_" + strings.ToLower(rand.Text()[:12])
	q := newQueue(h, ids)
	if state == "" {
		return q, nil
	}
	if err := os.MkdirAll(filepath.Join(state, dirName), 0o700); err != nil {
		return nil, err
	}
	name := filepath.Join(state, dirName, h.ID+suffix)
	f, err := openFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return nil, err
	}
	q.file = f
	if err := q.begin(); err != nil {
		return nil, errors.Join(err, q.Close())
	}
	return q, nil
}

// openFile opens and locks the file of a queue.
func openFile(name string, flags int) (*file, error) {
	lock := flock.New(strings.TrimSuffix(name, suffix) + lockSuffix)
	switch ok, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("lock %s: %w", name, err)
	case !ok:
		return nil, ErrHeld
	}
	f, err := os.OpenFile(name, flags, 0o600)
	if err != nil {
		_ = lock.Unlock()
		return nil, err
	}
	return &file{f, lock}, nil
}

// begin writes the head and the logs, and makes them last.
func (q *Queue) begin() error {
	out := bufio.NewWriter(q.file)
	enc := json.NewEncoder(out)
	err := enc.Encode(line{Head: &q.Head})
	for _, it := range q.items {
		if err == nil {
			err = enc.Encode(line{Log: it.id})
		}
	}
	if err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = q.file.Sync()
	}
	return err
}

// Open opens a queue that was started, by its id.
func Open(state, id string) (*Queue, error) {
	name := filepath.Join(state, dirName, id+suffix)
	if id != filepath.Base(id) {
		return nil, fmt.Errorf("%q is not the id of a queue", id)
	}
	if _, err := os.Stat(name); err != nil {
		return nil, err
	}
	f, err := openFile(name, os.O_RDWR)
	if err != nil {
		return nil, err
	}
	q, whole, err := read(f)
	if err == nil {
		err = f.Truncate(whole) // what was being written when its process died
	}
	if err == nil {
		_, err = f.Seek(whole, io.SeekStart)
	}
	q.file = f
	if err != nil {
		return nil, errors.Join(err, q.Close())
	}
	q.settle()
	return q, nil
}

// settle puts what was under way when its process died back, behind what failed and ahead of what
// waits: whether it was saved is seen when it is shown again.
func (q *Queue) settle() {
	for i := range q.items {
		if it := &q.items[i]; it.state == Sending {
			it.state = Waiting
			q.first = append(q.first, it.id)
		}
	}
}

// read reads a file, as far as its lines are whole.
func read(in io.Reader) (q *Queue, whole int64, err error) {
	q = newQueue(Head{}, nil)
	r := bufio.NewReader(in)
	for {
		text, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return q, whole, err
		}
		var l line
		if json.Unmarshal(text, &l) == nil {
			q.take(l)
		}
		whole += int64(len(text))
	}
	if q.ID == "" {
		return q, whole, errors.New("the file of the queue has no beginning")
	}
	return q, whole, nil
}

// take takes in a line that was read.
func (q *Queue) take(l line) {
	switch {
	case l.Head != nil:
		q.Head = *l.Head
	case l.Log != "":
		q.add(l.Log)
	case l.Change != nil:
		q.set(*l.Change)
	case l.Said != nil:
		q.judged(*l.Said)
	case l.At != "":
		q.at = l.At
	}
}

// put adds a line to the file. It is written when put returns, and so outlives a kill.
func (q *Queue) put(l line) error {
	q.take(l)
	if q.file == nil {
		return nil
	}
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	_, err = q.file.Write(append(text, '\n'))
	return err
}

// Show notes which log is shown.
func (q *Queue) Show(id string) error {
	if q.at == id {
		return nil
	}
	return q.put(line{At: id})
}

// Complete notes that a log was completed, and how many judgments were sent.
func (q *Queue) Complete(id string, said int, now time.Time) error {
	return q.put(line{Change: &change{Log: id, State: Done, Said: said, Time: now}})
}

// Judged counts judgments of a log that were sent without completing it.
func (q *Queue) Judged(id string, n int) error {
	if n == 0 {
		return nil
	}
	return q.put(line{Said: &said{id, n}})
}

// Send notes that what was said of a log is under way.
func (q *Queue) Send(id string) error { return q.put(line{Change: &change{Log: id, State: Sending}}) }

// Skip notes that a log is left for later; one that was skipped waits again.
func (q *Queue) Skip(id string) error {
	state := Skipped
	if now, _ := q.Of(id); now == Skipped {
		state = Waiting
	}
	return q.put(line{Change: &change{Log: id, State: state}})
}

// Drop notes that a log is left out for a reason, as Skip does for none.
func (q *Queue) Drop(id, why string) error {
	return q.put(line{Change: &change{Log: id, State: Skipped, Why: why}})
}

// Fail notes that a log could not be sent: it is the next one, and the last one when it fails
// again.
func (q *Queue) Fail(id, why string) error {
	return q.put(line{Change: &change{Log: id, State: Failed, Why: why}})
}

// Sync makes everything last through a loss of power.
func (q *Queue) Sync() error {
	if q.file == nil {
		return nil
	}
	return q.file.Sync()
}

// Close gives the queue back. One that nothing was done with is forgotten: going on with the latest
// one means the one before it.
func (q *Queue) Close() error {
	if q.file == nil {
		return nil
	}
	err := errors.Join(q.file.Sync(), q.file.File.Close())
	if q.untouched() {
		err = errors.Join(err, os.Remove(q.file.Name()))
	}
	name := q.file.lock.Path()
	_ = q.file.lock.Unlock()
	_ = os.Remove(name) // a lock that stays behind does no harm
	q.file = nil
	return err
}

// List reads all queues below the directory of the state, the latest one first.
func List(state string) (list []*Queue, err error) {
	names, err := filepath.Glob(filepath.Join(state, dirName, "*"+suffix))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		q, _, err := read(f)
		_ = f.Close()
		if err == nil {
			list = append(list, q)
		}
	}
	slices.SortFunc(list, func(a, b *Queue) int { return b.Began.Compare(a.Began) })
	return list, nil
}

// Unfinished is the latest queue that is not finished: of a key or, where that is empty, of a
// server. nil when there is none.
func Unfinished(state, server, key string) (*Queue, error) {
	list, err := List(state)
	for _, q := range list {
		if q.Server == server && (key == "" || q.Key == key) && !q.Finished() {
			return q, err
		}
	}
	return nil, err
}

// Left is the latest queue of a server that is neither finished nor open in a process; nil when
// there is none.
func Left(state, server string) (*Queue, error) {
	q, err := Unfinished(state, server, "")
	if q == nil || held(filepath.Join(state, dirName, q.ID+lockSuffix)) {
		return nil, err
	}
	return q, err
}

// held reports whether a process holds a lock file.
func held(name string) bool {
	if _, err := os.Stat(name); err != nil {
		return false
	}
	lock := flock.New(name, flock.SetFlag(os.O_RDWR)) // one that is gone must not come back
	free, err := lock.TryLock()
	_ = lock.Close()
	return err == nil && !free
}
