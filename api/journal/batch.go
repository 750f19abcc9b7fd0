package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"

	"github.com/gofrs/flock"

	"errata/api"
	"errata/api/group"
)

// Batch records what one batch sends. Records that come while others are being written go to the
// disk together, and one marker stands for all entries that are under way.
type Batch struct {
	journal      *Journal
	server       string
	id           string
	irreversible bool
	mark         *flock.Flock
	lines        *group.Group[*pendingLine]
	open         atomic.Int64 // entries whose outcome is not recorded yet
}

// batchSuffix is the suffix of the marker of a batch: it is locked for as long as a process sends
// it. One that nobody holds belongs to a process that died.
const batchSuffix = ".batch"

// Batch begins to record what a batch sends to a server. Of one that cannot be taken back hashes
// are recorded instead of values, see Redact. The error is an *api.Error and says that nothing was
// sent. The caller ends it with Close.
func (j *Journal) Batch(ctx context.Context, server, id string, irreversible bool) (*Batch, error) {
	mark, err := api.Await(ctx, j.waits(), func() (*flock.Flock, error) {
		unlock, err := j.lock(ctx)
		if err != nil {
			return nil, err
		}
		defer unlock()
		mark, err := j.hold(id + batchSuffix)
		if err != nil {
			return nil, err
		}
		return mark, j.syncDir()
	})
	if err != nil {
		return nil, unwritten(ctx, err)
	}
	b := &Batch{journal: j, server: bare(server), id: id, irreversible: irreversible, mark: mark}
	b.lines = group.New(b.write)
	return b, nil
}

// Close ends it. The marker goes where all that was sent is accounted for.
func (b *Batch) Close() error {
	name := b.mark.Path()
	err := b.mark.Close()
	if b.open.Load() == 0 {
		err = errors.Join(err, removed(os.Remove(name)))
	}
	return err
}

// Item is the recorder of what is sent for one log of the batch.
func (b *Batch) Item(place int) *Recorder {
	return &Recorder{journal: b.journal, server: b.server, batch: b, item: place}
}

// pendingLine is a record that waits to be written.
type pendingLine struct {
	opening *opening // gets its id; nil for a closing
	closing closing
	done    chan error
}

// put writes a record together with those that come meanwhile, and returns when it is on the disk.
func (b *Batch) put(l *pendingLine) error {
	l.done = make(chan error, 1)
	b.lines.Add(l)
	return <-l.done
}

// write writes records, and waits once until they are on the disk.
func (b *Batch) write(list []*pendingLine) {
	unlock, err := b.journal.lock(context.Background())
	for len(list) > 0 && err == nil {
		var n int
		if n, err = b.some(list); err == nil {
			for _, l := range list[:n] {
				l.done <- nil
			}
			list = list[n:]
		}
	}
	if unlock != nil {
		unlock()
	}
	for _, l := range list {
		l.done <- err
	}
}

// groupMost is about how many bytes of records are written at once.
const groupMost = 4 << 20

// some writes the first of some records.
func (b *Batch) some(list []*pendingLine) (n int, err error) {
	var records []members
	var size int64
	for n = 0; n < len(list) && size < groupMost; n++ {
		l := list[n]
		if l.opening != nil {
			l.opening.Begin = b.journal.newID(l.opening.Time)
			records = append(records, l.opening.members())
			size += valuesSize(l.opening.Changes)
		} else {
			l.closing.Time = b.journal.options.Now()
			records = append(records, l.closing.members())
			size += valuesSize(l.closing.Changes)
		}
	}
	return n, b.journal.write(records...)
}

// valuesSize is about how many bytes the values of changes have.
func valuesSize(list []change) (n int64) {
	for _, c := range list {
		held := []*held{c.Old, c.New}
		if c.Splice != nil {
			held = c.Splice.held()
		}
		for _, h := range held {
			if h != nil {
				n += int64(len(h.literal()))
			}
		}
	}
	return n
}

// begin records what is about to be sent.
func (b *Batch) begin(o opening) (id string, err error) {
	l := &pendingLine{opening: &o}
	if err = b.put(l); err == nil {
		b.open.Add(1)
	}
	return o.Begin, err
}

// end records the outcome. If more may be found out, the entry gets a marker of its own.
func (b *Batch) end(ctx context.Context, c closing) error {
	if c.Outcome.Open() {
		if err := b.leave(ctx, c.End); err != nil {
			return err
		}
	}
	err := b.put(&pendingLine{closing: c})
	if err == nil {
		b.open.Add(-1)
	}
	return err
}

// leave makes the marker of an entry, for Pending to find.
func (b *Batch) leave(ctx context.Context, id string) error {
	unlock, err := b.journal.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	mark, err := b.journal.mark(id)
	if err != nil {
		return err
	}
	return mark.Close()
}

// heading is that of an entry of a log.
func (r *Recorder) heading(logID, promptID string) heading {
	h := heading{Item: r.item, Time: r.journal.options.Now(), Server: r.server, LogID: logID, PromptID: promptID}
	if r.batch != nil {
		h.Batch = r.batch.id
	}
	return h
}

// batchOf reads the batch behind the id with which an opening begins, empty if there is none.
func batchOf(behind []byte) string {
	rest, ok := strings.CutPrefix(string(behind[:min(len(behind), 100)]), `","batch":"`)
	if !ok {
		return ""
	}
	id, _, _ := strings.Cut(rest, `"`)
	return id
}

// unwritten is the error for what the journal cannot record.
func unwritten(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return &api.Error{Code: api.Canceled, Msg: "canceled; nothing was sent", Err: err}
	}
	return &api.Error{Code: api.Refused, Err: err,
		Msg: fmt.Sprintf("the change cannot be written to the journal (%v), so nothing was sent; make room or repair the directory, and save again", err)}
}
