package batch

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"errata/model"
)

// Head is what is known of a batch from its beginning.
type Head struct {
	ID     string    `json:"id"`
	Began  time.Time `json:"time"`
	Server string    `json:"server"` // what the journal calls it
	Recipe
	Query  string `json:"query,omitempty"`  // which logs, in the words of a selection
	Key    string `json:"key,omitempty"`    // the same for the same command, see KeyOf
	Undoes string `json:"undoes,omitempty"` // the batch that this one takes back
}

// line is one line of the file of a batch: one of the members is there.
type line struct {
	Head *Head    `json:"batch,omitempty"`
	Item *Item    `json:"item,omitempty"`
	Plan *planned `json:"plan,omitempty"`
	Done *done    `json:"done,omitempty"`
	Mark string   `json:"mark,omitempty"`
	Key  string   `json:"key,omitempty"` // of the batch, where it was not known at its beginning
}

// The marks.
const (
	agreed  = "agreed"   // the logs above are to be changed
	ended   = "ended"    // a run came to the end of them
	given   = "given up" // the logs that are left are not to be changed any more
	cleared = "cleared"  // nothing is left of what was replaced
)

// planned is what was reviewed of an item.
type planned struct {
	N    int               `json:"n"`
	Sums map[string]string `json:"sums"` // see Edit.sums
	Size int64             `json:"size,omitempty"`
}

// done is what came of an item, or whether it was left out of the review.
type done struct {
	N       int    `json:"n"`
	Outcome string `json:"outcome,omitempty"`
	Entry   string `json:"entry,omitempty"` // of the journal
	Why     string `json:"why,omitempty"`
	Out     *bool  `json:"out,omitempty"`
	Anew    bool   `json:"anew,omitempty"` // to do again, and what was reviewed holds no more
	Size    int64  `json:"size,omitempty"` // see Counts, of what was sent without a plan
}

// dirName is the directory of batches below that of the state.
const dirName = "batches"

// The suffixes of the files of a batch. The lock is there until the batch is finished, so that one
// that is not is found without reading the files.
const (
	suffix     = ".jsonl"
	lockSuffix = ".lock"
)

func fileOf(state, id string) string { return filepath.Join(state, dirName, id+suffix) }
func lockOf(state, id string) string { return filepath.Join(state, dirName, id+lockSuffix) }

// put adds a line to the file, in one write.
func (b *Batch) put(l line) (at int64, err error) {
	text, err := json.Marshal(l)
	if err != nil {
		return 0, err
	}
	at = b.size
	n, err := b.file.WriteAt(append(text, '\n'), at)
	if err != nil {
		return 0, err
	}
	b.size += int64(n)
	return at, nil
}

// get reads the line at an offset.
func (b *Batch) get(at int64) (l line, err error) {
	text, err := bufio.NewReader(io.NewSectionReader(b.file, at, b.size-at)).ReadBytes('\n')
	if err != nil {
		return l, damaged(b.ID, err)
	}
	if err := json.Unmarshal(text, &l); err != nil {
		return l, damaged(b.ID, err)
	}
	return l, nil
}

// load reads the file into rows.
func (b *Batch) load() error {
	in := bufio.NewReaderSize(b.file, 64<<10)
	for b.size = 0; ; {
		text, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break // a line without its end was being written when its process died
		}
		if err != nil {
			return err
		}
		var l line
		if err := json.Unmarshal(text, &l); err == nil {
			b.take(l, b.size)
		}
		b.size += int64(len(text))
	}
	if b.Head.ID == "" {
		return damaged(filepath.Base(b.file.Name()), errors.New("it has no beginning"))
	}
	return nil
}

// take takes in a line that was read at an offset.
func (b *Batch) take(l line, at int64) {
	switch {
	case l.Head != nil:
		b.Head = *l.Head
	case l.Item != nil && l.Item.N == len(b.rows):
		b.rows = append(b.rows, row{at: at})
		b.counts.By[Todo]++
	case l.Plan != nil && l.Plan.N < len(b.rows):
		b.planned(*l.Plan, at)
	case l.Done != nil && l.Done.N < len(b.rows):
		b.end(*l.Done, at)
	case l.Key != "":
		b.Key = l.Key
	case l.Mark == agreed:
		b.agreed = true
	case l.Mark == ended:
		b.ended = true
	case l.Mark == given:
		b.given = true
	case l.Mark == cleared:
		b.cleared = true
	}
}

// row is what is in memory of an item.
type row struct {
	at      int64 // of its line
	plan    int64 // of the line of what was reviewed, 0 for none
	last    int64 // of the line of what became of it, 0 for none
	fields  uint32
	outcome Outcome
	out     bool
}

// planned notes what was reviewed of an item.
func (b *Batch) planned(p planned, at int64) {
	r := &b.rows[p.N]
	if r.plan == 0 { // a later plan of the same log hardly differs
		b.counts.Size += p.Size
	}
	for _, f := range r.changed() { // by an earlier plan
		b.counts.Fields[f]--
	}
	r.plan, r.fields = at, 0
	for i, f := range model.Fields() {
		if p.Sums[f.Name] != "" {
			r.fields |= 1 << i
			b.counts.Fields[f]++
		}
	}
}

// write puts down what came of an item.
func (b *Batch) write(e Event) error {
	d := done{N: e.N, Outcome: e.Outcome.String(), Entry: e.Entry, Why: e.why}
	if e.Outcome == Saved && b.rows[e.N].plan == 0 {
		d.Size = e.Edit.size()
	}
	if e.Err != nil {
		d.Why = strings.ReplaceAll(e.Err.Error(), "\n", "; ")
	}
	at, err := b.put(line{Done: &d})
	if err == nil {
		b.end(d, at)
	}
	return err
}

// end notes what came of an item.
func (b *Batch) end(d done, at int64) {
	r := &b.rows[d.N]
	if d.Out != nil {
		b.leave(r, *d.Out)
		return
	}
	if o, ok := outcomeNamed(d.Outcome); ok {
		b.counts.By[r.outcome]--
		b.counts.By[o]++
		r.outcome, r.last = o, at
		b.counts.Size += d.Size
		b.ended = b.ended && o != Todo
		b.cleared = b.cleared && o != Todo
	}
}

func (b *Batch) leave(r *row, out bool) {
	switch {
	case r.out == out:
		return
	case out:
		b.counts.Left++
		b.counts.By[r.outcome]--
	default:
		b.counts.Left--
		b.counts.By[r.outcome]++
	}
	r.out = out
}

func (b *Batch) sync() error { return b.file.Sync() }

func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync() // some systems cannot
		_ = d.Close()
	}
}
