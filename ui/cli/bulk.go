package cli

import (
	"context"
	"errors"
	"fmt"

	"errata/api"
	"errata/api/batch"
	"errata/api/journal"
	"errata/api/save"
	"errata/api/walk"
	"errata/model"
	"errata/model/figure"
)

// bulk changes many logs as one batch: it tells of the review, the progress and the results.
type bulk struct {
	*app
	svc     *service
	journal *journal.Journal // nil with a dry run
	batch   *batch.Batch
	begins  batch.Head // of a batch that begins
	change  batch.Change
	none    string // what is said where there are no logs
	bar     *progressLine
	shown   int  // logs whose changes were shown
	absent  int  // logs that were named and are not there
	worst   int  // exit code
	resumed bool // an earlier run has done some of it

	found findings
	alike alike
}

// changeEach changes the logs that a query means, or shows the changes with dryRun.
func (a *app) changeEach(ctx context.Context, q walk.Query, dryRun bool, change batch.Change) error {
	return a.bulk(ctx, dryRun, func(b *bulk) error {
		b.change = change
		b.begins = b.head(q)
		b.none = "no log fits"
		return b.carry(ctx, dryRun, func() error { return b.find(ctx, q, dryRun) })
	})
}

// head is the batch of a query that begins now.
func (b *bulk) head(q walk.Query) batch.Head {
	logs := append([]string{q.Selection.String()}, q.IDs...)
	return batch.Head{Server: b.svc.id, Recipe: b.change.Recipe, Query: q.Selection.String(), Began: b.env.Now(),
		Key: batch.KeyOf(b.svc.id, b.change.Recipe, logs...)}
}

// bulk does something with many logs of the server, and with the journal unless it is a dry run.
func (a *app) bulk(ctx context.Context, dryRun bool, do func(*bulk) error) (err error) {
	b := &bulk{app: a, bar: a.newProgress("changing")}
	if !dryRun {
		if b.journal, err = a.past(ctx); err != nil {
			return err
		}
	}
	if b.svc, err = a.connect(ctx); err != nil {
		return err
	}
	defer b.svc.close()
	if b.svc.readOnly && !dryRun {
		return fail(exitFailed, "nothing was changed: the store can only be read where it is")
	}
	return do(b)
}

// carry begins the batch, with the logs that gather notes, or continues with the one that the same
// command left, and sends it. With dryRun it only shows what would be sent.
func (b *bulk) carry(ctx context.Context, dryRun bool, gather func() error) error {
	b.begins.Server, b.begins.Began = b.svc.id, b.env.Now()
	if dryRun {
		return b.preview(ctx, gather)
	}
	state, err := b.state()
	if err != nil {
		return err
	}
	if b.begins.Key != "" {
		if going, err := b.goesOn(ctx, state, b.begins.Key); going || err != nil {
			return err
		}
		b.remind(ctx)
	}
	if b.batch, err = batch.New(state, b.begins); err != nil {
		return err
	}
	defer b.close()
	if err := gather(); err != nil {
		return err
	}
	if b.begins.Key == "" { // it is known by what was gathered
		if going, err := b.goesOn(ctx, state, b.batch.Key); going || err != nil {
			return err
		}
		b.remind(ctx)
	}
	if b.batch.Len() == 0 && b.worst == exitDone {
		b.say("%s", b.none)
		return b.ended(nil)
	}
	if b.asks() {
		if done, err := b.review(ctx); done || err != nil {
			return err
		}
	}
	return b.send(ctx)
}

// goesOn continues with the batch that the same command left. going is false if there is none, or
// none any more: what it had in hand was taken back since, and the command begins again.
func (b *bulk) goesOn(ctx context.Context, state, key string) (going bool, err error) {
	left := batch.Unfinished(state, b.svc.id, key)
	if len(left) == 0 {
		return false, nil
	}
	err = b.goOn(ctx, state, left[0].ID)
	if errors.Is(err, errTakenBack) {
		return false, nil
	}
	return true, err
}

// errTakenBack is the error of going on with a batch of which nothing is left but what was taken
// back since.
var errTakenBack = errors.New("all that was left of it has been taken back")

// goOn continues with a batch that was left.
func (b *bulk) goOn(ctx context.Context, state, id string) (err error) {
	found, err := batch.Open(state, id)
	if err != nil {
		return err
	}
	begun := b.batch
	defer func() { b.batch, b.resumed = begun, false }() // it was not agreed to, and is forgotten
	b.batch, b.resumed = found, true
	defer b.close()
	_, unreviewed, err := b.batch.Again()
	if err != nil {
		return err
	}
	back, err := b.batch.Recall(ctx, b.run(nil))
	if err != nil {
		return err
	}
	for _, row := range back {
		b.say("%s: %s", row.LogID, row.Why)
	}
	counts := b.batch.Counts()
	if counts.By[batch.Todo] == 0 {
		if len(back) > 0 {
			return errTakenBack
		}
		b.say("batch %s is finished, and nothing of it failed in a way that may end otherwise", id)
		return b.ended(nil)
	}
	b.say("going on with batch %s of %s, %s: %s left to do of %s", id, stamp(b.batch.Began), b.batch.Words, figure.Count(counts.By[batch.Todo], "log"), figure.Int(counts.Match()))
	if b.asks() && unreviewed > 0 {
		b.say("%s changed on the server since the review: what is left is reviewed anew", figure.Count(unreviewed, "log"))
		if done, err := b.review(ctx); done || err != nil {
			return err
		}
	} else if b.asks() {
		if err := b.confirm(ctx, "go on?", "not sent; errata batch discard "+id+" gives up what is left"); err != nil {
			return err
		}
	}
	return b.send(ctx)
}

// close lets go of the batch.
func (b *bulk) close() {
	if err := b.batch.Close(); err != nil {
		b.complain(err)
	}
}

// find learns which logs are meant. Those that are named and not looked for need no reading.
func (b *bulk) find(ctx context.Context, q walk.Query, dryRun bool) error {
	q.Cut = api.PreviewCut
	var w *walk.Walk
	err := b.batch.Gather(func(yield func(batch.Item, error) bool) {
		var err error
		w, err = b.each(ctx, b.svc, q, func(log *model.Log) error {
			if !yield(batch.Item{LogID: log.Head().ID}, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(batch.Item{}, err)
		}
	})
	if err == nil && !dryRun {
		err = b.undoubted(w)
	}
	if err != nil {
		return err
	}
	b.worst, b.absent = codeOf(b.saySelected(w)), len(w.Missing())
	return nil
}

// errStop ends a walk that nobody wants to go on.
var errStop = errors.New("stopped")

// run is how logs are read and changed.
func (b *bulk) run(report func(batch.Event)) batch.Run {
	r := batch.Run{Service: b.svc.Service, Change: b.change, Journal: b.journal, Workers: batch.Polite, Sleep: b.env.Sleep, Now: b.env.Now, Report: report,
		Notice: func(of batch.Item, n api.Notice) { b.notice(labelOf(of), n) }}
	if b.svc.scanner != nil {
		r.Workers = batch.Embedded
	}
	r.Conflict = b.policy()
	return r
}

// policy is what is done about a field that somebody else changed too.
func (b *bulk) policy() save.Policy {
	switch b.cfg.OnConflict() {
	case "mine":
		return save.Mine
	case "theirs":
		return save.Theirs
	}
	return save.Fail
}

// send sends the changes. An interruption lets the logs in hand come to their end.
func (b *bulk) send(ctx context.Context) error {
	reviewed := b.shown > 0
	err := b.batch.Send(ctx, b.run(func(e batch.Event) {
		b.told(e, reviewed)
		b.bar.update(int64(e.Progress.Done), int64(e.Total), e.Progress.Done)
	}))
	if left := b.batch.Counts().By[batch.Todo]; err != nil && left > 0 {
		b.bar.clear()
		b.say("stopped with %s left to do; the same command goes on, and so does errata batch resume %s", figure.Count(left, "log"), b.batch.ID)
	} else if n := b.batch.Counts().By[batch.Saved]; n > 1 && !b.cfg.JSON() {
		b.bar.clear()
		b.say("batch %s: undo with errata undo %[1]s", b.batch.ID)
	}
	if beyond := b.batch.Counts().Beyond(); beyond != "" && !reviewed && !b.batch.Irreversible {
		b.say("warning: %s", beyond)
	}
	if at := (*batch.Stopped)(nil); errors.As(err, &at) {
		err = fmt.Errorf("%s%w", labelOf(at.At), at.Err)
	}
	return b.ended(err)
}
