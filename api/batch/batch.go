package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"errata/api"
	"errata/api/journal"
	"errata/model"
)

// Batch is a change of many logs. One process has it open at a time; its methods are safe for
// concurrent use.
type Batch struct {
	Head

	file   *os.File
	lock   *flock.Flock
	mu     sync.Mutex // guards what follows
	size   int64      // of the file
	rows   []row
	counts Counts
	agreed bool
	ended  bool // a run came to the end of it, and nothing was started again since
	given  bool // the rest is not to be sent
	opened bool // another process, or an earlier run, may have sent some of it
	tried  bool // the journal may have an entry of it
	// of a batch that cannot be taken back: nothing is left of what it replaced
	cleared bool
}

// prefix begins the id of every batch, which tells it from an entry of the journal.
const prefix = "b_"

// New begins a batch below the directory of the state. The head needs no id and no time.
func New(state string, h Head) (*Batch, error) {
	dir := filepath.Join(state, dirName)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("cannot begin the batch: %w", err)
	}
	if h.Began.IsZero() {
		h.Began = time.Now()
	}
	h.ID = prefix + journal.NewID(h.Began)
	b, err := open(state, h.ID, os.O_RDWR|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return nil, fmt.Errorf("cannot begin the batch: %w", err)
	}
	b.Head = h
	if _, err := b.put(line{Head: &h}); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot begin the batch: %w", err), b.Discard())
	}
	prune(state)
	return b, nil
}

// Open opens a batch to look at it or to continue with it. The error is an *api.Error: NotFound
// when there is none of this id, Conflict when another process has it open.
func Open(state, id string) (*Batch, error) {
	if !strings.HasPrefix(id, prefix) || filepath.Base(id) != id {
		return nil, missing(id)
	}
	b, err := open(state, id, os.O_RDWR)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missing(id)
	case errors.Is(err, errBusy):
		return nil, &api.Error{Code: api.Conflict, Msg: "another errata is busy with batch " + id, Err: err}
	case err != nil:
		return nil, damaged(id, err)
	}
	if err := b.load(); err != nil {
		return nil, errors.Join(damaged(id, err), b.file.Close(), b.lock.Close())
	}
	b.opened, b.tried = true, true
	return b, nil
}

func open(state, id string, how int) (*Batch, error) {
	if _, err := os.Stat(fileOf(state, id)); err != nil && how&os.O_CREATE == 0 {
		return nil, err
	}
	l := flock.New(lockOf(state, id))
	held, err := l.TryLock()
	if err == nil && !held {
		err = errBusy
	}
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(fileOf(state, id), how, 0o600)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return newBatch(f, l), nil
}

func newBatch(f *os.File, l *flock.Flock) *Batch {
	return &Batch{file: f, lock: l, counts: Counts{Fields: map[*model.Field]int{}}}
}

var errBusy = errors.New("it is locked")

func missing(id string) error {
	return &api.Error{Code: api.NotFound, Msg: "there is no batch " + id + "; errata batch list shows them"}
}

func damaged(id string, err error) error {
	var known *api.Error
	if errors.As(err, &known) {
		return err
	}
	return &api.Error{Code: api.Failed, Msg: fmt.Sprintf("batch %s cannot be read: %v", id, err), Err: err}
}

// Close lets go of the batch. One that was not agreed to is forgotten, and so is one that found all
// logs as they were to be and sent nothing: there is nothing to take back, and no entry of it. What
// clears up behind a redaction asks for its batch by the id, so that one stays.
func (b *Batch) Close() error {
	if counts := b.Counts(); !b.agreed || !b.Irreversible && !b.tried && counts.By[Same] == counts.Match() {
		return b.Discard()
	}
	err := errors.Join(b.file.Close(), b.lock.Close())
	if err == nil && b.Finished() {
		_ = os.Remove(b.lock.Path())
	}
	return err
}

// Discard forgets the batch. What was sent stays in the journal.
func (b *Batch) Discard() error {
	name := b.file.Name()
	err := errors.Join(b.file.Close(), os.Remove(name), b.lock.Close())
	_ = os.Remove(b.lock.Path())
	return err
}

// Agree says that the batch is to be carried out. From then on it is there until it has come to its
// end, whatever becomes of the process.
func (b *Batch) Agree() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.agreed {
		return nil
	}
	_, err := b.put(line{Mark: agreed})
	if err == nil {
		err = b.sync()
	}
	if err != nil {
		return fmt.Errorf("cannot begin the batch: %w", err)
	}
	syncDir(filepath.Dir(b.file.Name()))
	b.agreed = true
	return nil
}

// SetKey gives the batch the key of its command, where that is known only when the logs are.
func (b *Batch) SetKey(key string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, err := b.put(line{Key: key})
	b.Key = key
	return err
}

// Leave leaves a log out of what is sent, or takes it back in.
func (b *Batch) Leave(n int, out bool) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rows[n].out == out {
		return nil
	}
	if _, err := b.put(line{Done: &done{N: n, Out: &out}}); err != nil {
		return err
	}
	b.leave(&b.rows[n], out)
	return nil
}

// Again marks failed logs to be sent again, if another attempt may end differently. It returns how
// many, and how many of them were in conflict: their review no longer holds, and a Plan before Send
// reviews them again.
func (b *Batch) Again() (n, unreviewed int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i, r := range b.rows {
		if !r.outcome.Again() || r.out {
			continue
		}
		d := done{N: i, Outcome: Todo.String(), Anew: r.outcome == Conflict}
		at, err := b.put(line{Done: &d})
		if err != nil {
			return n, unreviewed, err
		}
		b.end(d, at)
		if n++; d.Anew {
			unreviewed++
		}
	}
	return n, unreviewed, nil
}

// Counts is how many logs have which outcome.
func (b *Batch) Counts() Counts {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.tally()
}

func (b *Batch) tally() Counts {
	c := b.counts
	c.Fields = make(map[*model.Field]int, len(b.counts.Fields))
	for f, n := range b.counts.Fields {
		c.Fields[f] = n
	}
	return c
}

// Finished reports whether nothing of the batch is left to be done. One that cannot be taken back
// is so when what it replaced is cleared.
func (b *Batch) Finished() bool {
	return b.given || b.Counts().By[Todo] == 0 && (!b.Irreversible || b.cleared)
}

// GiveUp has the logs that are left stay as they are. What was sent can still be taken back.
func (b *Batch) GiveUp() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, err := b.put(line{Mark: given})
	b.given = b.given || err == nil
	return err
}

// Row is one log of a batch, for people to look at.
type Row struct {
	Item
	Outcome Outcome
	Entry   string         // of the journal; empty if nothing was sent
	Why     string         // of an outcome that is no success, or of a log that was taken back
	Fields  []*model.Field // that were planned to change
	Out     bool           // it was left out

	sums  map[string]string // of what was reviewed; nil without that
	again bool              // it has an outcome, and is to be tried once more all the same
}

// Len is how many rows the batch has.
func (b *Batch) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.rows)
}

// Row reads a row from the file.
func (b *Batch) Row(n int) (Row, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.row(n)
}

func (b *Batch) row(n int) (Row, error) {
	r := b.rows[n]
	l, err := b.get(r.at)
	if err != nil || l.Item == nil {
		return Row{}, damaged(b.ID, err)
	}
	out := Row{Item: *l.Item, Outcome: r.outcome, Out: r.out, Fields: r.changed()}
	out.Batch = b.ID
	if r.plan != 0 {
		if l, err = b.get(r.plan); err != nil || l.Plan == nil {
			return out, damaged(b.ID, err)
		}
		if out.sums = l.Plan.Sums; b.Irreversible && blanked(out.sums) {
			out.sums = nil // what is masked is found in any reading of the log
		}
	}
	if r.last == 0 {
		return out, nil
	}
	l, err = b.get(r.last)
	if err != nil || l.Done == nil {
		return out, damaged(b.ID, err)
	}
	out.again = r.outcome == Todo
	if l.Done.Anew && r.last > r.plan {
		out.sums = nil
	}
	out.Entry, out.Why = l.Done.Entry, l.Done.Why
	return out, nil
}

// blanked reports whether the hashes of what was reviewed were taken out.
func blanked(sums map[string]string) bool {
	for _, sum := range sums {
		return sum == blankSum
	}
	return false
}

func (r row) changed() (list []*model.Field) {
	for i, f := range model.Fields() {
		if r.fields&(1<<i) != 0 {
			list = append(list, f)
		}
	}
	return list
}

// Which lists the rows that are wanted, by what is known of them without reading: their outcome,
// whether a field was planned to change, and whether they were left out.
func (b *Batch) Which(wanted func(o Outcome, changes func(*model.Field) bool, out bool) bool) (list []int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for n, r := range b.rows {
		changes := func(f *model.Field) bool { i := slices.Index(model.Fields(), f); return r.fields&(1<<i) != 0 }
		if wanted(r.outcome, changes, r.out) {
			list = append(list, n)
		}
	}
	return list
}

// KeyOf is the key of a command: the same for the same change of the same logs on the same server.
func KeyOf(server string, r Recipe, logs ...string) string {
	h := sha256.New()
	for _, part := range append([]string{server, r.Kind, r.Words, string(r.Spec)}, logs...) {
		_, _ = fmt.Fprintf(h, "%d %s ", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
