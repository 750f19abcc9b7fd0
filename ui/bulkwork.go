package ui

import (
	"context"
	"os"
	"slices"
	"sync"
	"sync/atomic"

	"errata/api"
	"errata/api/batch"
	"errata/api/journal"
	"errata/api/save"
	"errata/model"
	"errata/ui/bulk"
	"errata/ui/change"
)

// work is a batch as its screen drives it.
type work struct {
	batch *batch.Batch
	run   batch.Run

	turns    turns
	sends    atomic.Bool // logs are only looked at when none are being sent
	mu       sync.Mutex
	progress batch.Progress
	said     []string
}

// newWork begins a batch of some logs.
func newWork(o Options, change batch.Change, ids []string) (bulk.Work, error) {
	return begin(o, change, batch.Logs(ids...), batch.Head{Key: batch.KeyOf(o.ServerID, change.Recipe, ids...)})
}

// newUndo begins a batch that takes another one back.
func newUndo(o Options, of batch.Head) (bulk.Work, error) {
	j, err := o.Journal()
	if err != nil {
		return nil, err
	}
	change, logs, err := batch.Undo(o.State, j, of, save.Fail)
	if err != nil {
		return nil, err
	}
	return begin(o, change, logs, batch.Head{Undoes: of.ID, Key: batch.KeyOf(o.ServerID, change.Recipe)})
}

func begin(o Options, change batch.Change, logs batch.Source, head batch.Head) (bulk.Work, error) {
	w, err := workIn(o, change)
	if err == nil {
		err = w.begun(o, logs, head)
	}
	return w, err
}

// begun begins the batch.
func (w *work) begun(o Options, logs batch.Source, head batch.Head) (err error) {
	head.Server, head.Recipe = o.ServerID, w.run.Change.Recipe
	if w.batch, err = batch.New(o.State, head); err == nil {
		err = w.batch.Gather(logs)
	}
	return w.orClosed(err)
}

// openWork continues with a batch.
func openWork(o Options, s batch.Summary) (bulk.Work, error) {
	change, err := s.Recipe.Change(batch.Means{Prices: o.Prices, Journal: o.Journal, Policy: save.Fail})
	if err != nil {
		return nil, err
	}
	w, err := workIn(o, change)
	if err != nil {
		return nil, err
	}
	w.batch, err = batch.Open(o.State, s.ID)
	return w, w.orClosed(err)
}

// workIn makes how logs are changed.
func workIn(o Options, change batch.Change) (w *work, err error) {
	w = &work{run: batch.Run{Service: o.Service, Change: change, Workers: batch.Polite, Sleep: o.Sleep}}
	w.run.Report, w.run.Turn = w.report, w.turns.turn
	if o.Source.Scanner != nil {
		w.run.Workers = batch.Embedded
	}
	w.run.Journal, err = o.Journal()
	return w, err
}

// kept are the options under which batches are kept: in a folder of their own, as long as the
// program runs, where else nothing is.
func (s *session) kept() (Options, error) {
	o := s.o
	if o.Journal != nil {
		return o, nil
	}
	if s.scratch == "" {
		dir, err := os.MkdirTemp("", "errata-")
		if err != nil {
			return o, err
		}
		s.scratch = dir
	}
	dir := s.scratch
	o.State = dir
	o.Journal = func() (*journal.Journal, error) { return journal.Open(dir, journal.Options{}) }
	return o, nil
}

// orClosed is an error, and where there is one the batch is let go of.
func (w *work) orClosed(err error) error {
	if err != nil {
		_ = w.Close()
	}
	return err
}

func (w *work) report(e batch.Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.progress = e.Progress
}

// Progress implements bulk.Work.
func (w *work) Progress() batch.Progress {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.progress
}

// Head implements bulk.Work.
func (w *work) Head() batch.Head { return w.batch.Head }

// Counts implements bulk.Work.
func (w *work) Counts() batch.Counts { return w.batch.Counts() }

// Which implements bulk.Work.
func (w *work) Which(wanted func(o batch.Outcome, changes func(*model.Field) bool, out bool) bool) []int {
	return w.batch.Which(wanted)
}

// Leave implements bulk.Work.
func (w *work) Leave(n int, out bool) error { return w.batch.Leave(n, out) }

// Again implements bulk.Work.
func (w *work) Again() (n, unreviewed int, err error) { return w.batch.Again() }

// Plan implements bulk.Work.
func (w *work) Plan(ctx context.Context) error {
	w.begin()
	return w.batch.Plan(api.WithNotices(ctx, nil), w.run)
}

// Send implements bulk.Work.
func (w *work) Send(ctx context.Context) error {
	w.begin()
	w.sends.Store(true)
	defer w.sends.Store(false)
	return w.batch.Send(api.WithNotices(ctx, nil), w.run)
}

// begin counts again.
func (w *work) begin() { w.report(batch.Event{Progress: batch.Progress{Total: w.batch.Len()}}) }

// Typed implements bulk.Work.
func (w *work) Typed() { w.turns.key() }

// Finished implements bulk.Work.
func (w *work) Finished() bool { return w.batch.Finished() }

// Said implements bulk.Work.
func (w *work) Said() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.said
}

// Close implements bulk.Work.
func (w *work) Close() error {
	if w.batch == nil {
		return nil
	}
	return w.batch.Close()
}

// Rows implements bulk.Work. Of a log that is changed already there is nothing to be compared.
func (w *work) Rows(ctx context.Context, list []int, cells int) []bulk.Row {
	rows := make([]bulk.Row, len(list))
	for i, n := range list {
		row, err := w.batch.Row(n)
		rows[i] = bulk.Row{Row: row, Err: err}
		rows[i].N = n
		if err != nil || row.Outcome == batch.Saved || row.Outcome == batch.Same || cells == 0 || w.sends.Load() {
			continue
		}
		edit, err := w.batch.Look(ctx, n, w.run)
		if row.Why == "" {
			rows[i].Err = err
		}
		rows[i].Changes, rows[i].Notes = changesOf(edit, cells), edit.Notes
	}
	return slices.Clip(rows)
}

// changesOf says how the fields change, and what is judged otherwise.
func changesOf(e batch.Edit, cells int) (list []bulk.Change) {
	if c := e.Changes; c != nil {
		for _, f := range c.Changed() {
			was, is := c.Base().Value(f), c.Value(f)
			list = append(list, bulk.Change{Name: f.Label, Turn: change.Sentence(f, was, is, cells), Lines: change.Around(f, was, is)})
		}
	}
	for _, act := range e.Acts {
		was, is := e.Stood[act.ID], act.Value
		if act.Remove {
			was, is = is, model.Absent
		}
		list = append(list, bulk.Change{Name: act.Evaluator.Called(), Turn: said(was) + " → " + said(is)})
	}
	return list
}

// said is a judgment for reading.
func said(v model.Value) string {
	if v.IsAbsent() {
		return "nothing"
	}
	return change.OneLine(v)
}
