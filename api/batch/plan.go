package batch

import (
	"context"
	"errors"
	"iter"
	"slices"

	"errata/api"
	"errata/model"
)

// Source yields the logs of a batch, one after the other. Of each Item it sets LogID, Label and
// Spec. A log may come more than once; its changes are made in that order. The last may be an
// error.
type Source = iter.Seq2[Item, error]

// Logs is the source of some ids.
func Logs(ids ...string) Source {
	return func(yield func(Item, error) bool) {
		for _, id := range ids {
			if !yield(Item{LogID: id}, nil) {
				return
			}
		}
	}
}

// Gather notes which logs are meant, and nothing else. They are settled before the first is
// changed, since a change may take a log out of a selection.
func (b *Batch) Gather(source Source) error {
	for item, err := range source {
		if err != nil {
			return err
		}
		if err := b.gather(item); err != nil {
			return err
		}
	}
	return nil
}

func (b *Batch) gather(item Item) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	item.N = len(b.rows)
	at, err := b.put(line{Item: &item})
	if err == nil {
		b.rows = append(b.rows, row{at: at})
		b.counts.By[Todo]++
	}
	return err
}

// Plan reads each log that is to be done and makes its changes, several at a time, and notes in
// their order what would be changed and what is refused. Each is reported as it is noted. If the
// logs cannot be read at all the error says why.
func (b *Batch) Plan(ctx context.Context, r Run) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r = r.reading()
	p := &planning{batch: b, run: r, garbage: collectSeldom(b.Len()), progress: Progress{Began: r.now(), Total: b.Counts().By[Todo]}, before: map[int]int{}, jobs: make(chan *job), inOrder: make(chan *job, 2*r.workers())}
	defer p.garbage.often()
	var unread error
	go func() {
		unread = p.hand(ctx)
		close(p.jobs)
		close(p.inOrder)
	}()
	for range r.workers() {
		go func() {
			for j := range p.jobs {
				p.make(ctx, j, nil)
				close(j.made)
			}
		}()
	}
	err := p.note(ctx)
	cancel()
	for range p.inOrder { // once it is closed, unread may be looked at
	}
	return errors.Join(err, unread)
}

// planning is a plan that is being made.
type planning struct {
	batch    *Batch
	run      Run
	garbage  garbage
	progress Progress
	jobs     chan *job
	inOrder  chan *job

	// by the place of an item that of the item before it of the same log, where there is one
	before map[int]int
}

// job is one item whose changes are being made.
type job struct {
	item   Item
	before int // the place of the item before of the same log; -1 for none
	edit   Edit
	err    error
	gone   bool          // the next log would end the same way
	made   chan struct{} // closed when edit and err are there
}

// hand gives the items out. Of several of one log only the first is made beside the others.
func (p *planning) hand(ctx context.Context) error {
	last := map[string]int{}
	for n := range p.batch.Len() {
		row, err := p.batch.Row(n)
		if err != nil {
			return err
		}
		if row.Outcome != Todo || row.Out {
			continue
		}
		j := &job{item: row.Item, before: -1, made: make(chan struct{})}
		if before, ok := last[row.LogID]; ok {
			j.before = before
		}
		last[row.LogID] = n
		if !hand(ctx, p.inOrder, j) || j.before < 0 && !hand(ctx, p.jobs, j) {
			return nil // whoever ended it knows why
		}
	}
	return nil
}

func hand(ctx context.Context, to chan<- *job, j *job) bool {
	select {
	case to <- j:
		return true
	case <-ctx.Done():
		return false
	}
}

// make makes the changes of an item, on the log as it is after the items before it; these are
// listed from the last to the first.
func (p *planning) make(ctx context.Context, j *job, before []Item) {
	if j.err = p.run.Change.check(j.item); j.err != nil {
		return
	}
	log, _, err := read(ctx, p.run.Service, j.item.LogID)
	if err != nil {
		j.err, j.gone = err, hopeless(err)
		return
	}
	p.garbage.read(log.Size())
	if j.err = changeable(log); j.err == nil {
		j.edit, j.err = p.on(ctx, log, j.item, before)
	}
}

// on makes the changes of an item on a reading of its log.
func (p *planning) on(ctx context.Context, log *model.Log, item Item, before []Item) (Edit, error) {
	for _, one := range slices.Backward(before) {
		edit, err := p.run.Change.Make(ctx, log, one)
		if err != nil || edit.Changes == nil {
			continue // it is refused, and changes nothing
		}
		if log, err = edit.Changes.Apply(); err != nil {
			return Edit{}, err
		}
	}
	return p.run.Change.Make(ctx, log, item)
}

// again makes the changes of an item whose log others change before.
func (p *planning) again(ctx context.Context, j *job) {
	defer close(j.made)
	p.before[j.item.N] = j.before
	var before []Item
	for n, more := j.before, true; more; n, more = p.next(n) {
		row, err := p.batch.Row(n)
		if err != nil {
			j.err = err
			return
		}
		before = append(before, row.Item)
	}
	p.make(ctx, j, before)
}

func (p *planning) next(n int) (int, bool) {
	before, ok := p.before[n]
	return before, ok
}

// note writes what was found out into the file.
func (p *planning) note(ctx context.Context) error {
	for j := range p.inOrder {
		if j.before >= 0 {
			p.again(ctx, j)
		}
		select {
		case <-j.made:
		case <-ctx.Done():
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case j.gone:
			return j.err
		}
		e, err := p.batch.plan(j)
		if err != nil {
			return err
		}
		p.progress.Done++
		if p.run.Report != nil {
			e.Progress = p.progress
			p.run.Report(e)
		}
	}
	return nil
}

// plan notes what would come of an item.
func (b *Batch) plan(j *job) (Event, error) {
	e := Event{Item: j.item, Edit: j.edit, Err: j.err}
	b.mu.Lock()
	defer b.mu.Unlock()
	p := planned{N: j.item.N, Sums: j.edit.sums(), Size: j.edit.size()}
	at, err := b.put(line{Plan: &p})
	if err != nil {
		return e, err
	}
	b.planned(p, at)
	switch {
	case j.err != nil:
		e.Outcome = outcomeOf(j.err)
	case !j.edit.changes():
		e.Outcome = Same
	default:
		return e, nil
	}
	return e, b.write(e)
}

// Look reads a log of the batch and makes its changes, to be looked at.
func (b *Batch) Look(ctx context.Context, n int, r Run) (Edit, error) {
	row, err := b.Row(n)
	if err != nil {
		return Edit{}, err
	}
	log, _, err := read(ctx, r.reading().Service, row.LogID)
	if err != nil {
		return Edit{}, err
	}
	return r.Change.Make(ctx, log, row.Item)
}

// read reads a log that is to be changed.
func read(ctx context.Context, svc api.Service, id string) (*model.Log, string, error) {
	doc, err := svc.Log(ctx, id)
	if err != nil {
		return nil, "", err
	}
	log, err := doc.Log()
	if err != nil {
		return nil, "", &api.Error{Code: api.BadAnswer, Msg: "the server's answer is not a log: " + err.Error(), Err: err}
	}
	return log, doc.ETag, nil
}

// changeable says why a log cannot be changed.
func changeable(log *model.Log) error {
	switch head := log.Head(); {
	case head.Kind != "" && api.FileKind(head.Kind) != api.PromptFile && api.FileKind(head.Kind) != api.AgentFile:
		return refused("log " + head.ID + " is one of a " + head.Kind + ", and only logs of prompts and agents can be changed")
	case head.PromptID == "":
		return refused("log " + head.ID + " belongs to no prompt, and only logs of prompts can be changed")
	}
	return nil
}

func refused(why string) error { return &api.Error{Code: api.Invalid, Msg: why} }
