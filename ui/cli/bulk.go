package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

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
	shown   int // logs whose changes were shown
	absent  int // logs that were named and are not there
	worst   int // exit code

	found findings
	alike alike
}

// embeddedWorkers is how many logs of a store within this process are in hand at a time.
const embeddedWorkers = 32

// changeEach changes the logs that a query means, or shows the changes with dryRun.
func (a *app) changeEach(ctx context.Context, q walk.Query, dryRun bool, change batch.Change) error {
	return a.bulk(ctx, dryRun, func(b *bulk) error {
		b.change = change
		b.begins = b.head(q)
		b.none = "no log fits"
		return b.carry(ctx, dryRun, func() error { return b.find(ctx, q) })
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

// carry begins the batch, with the logs that gather notes, or goes on with the one that the same
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
		if left := batch.Unfinished(state, b.svc.id, b.begins.Key); len(left) > 0 {
			return b.goOn(ctx, state, left[0].ID)
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
		if left := batch.Unfinished(state, b.svc.id, b.batch.Key); len(left) > 0 {
			return b.goOn(ctx, state, left[0].ID)
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

// goOn goes on with a batch that was left.
func (b *bulk) goOn(ctx context.Context, state, id string) (err error) {
	found, err := batch.Open(state, id)
	if err != nil {
		return err
	}
	begun := b.batch
	defer func() { b.batch = begun }() // it was not agreed to, and is forgotten
	b.batch = found
	defer b.close()
	again, unreviewed, err := b.batch.Again()
	if err != nil {
		return err
	}
	counts := b.batch.Counts()
	if again == 0 && counts.By[batch.Todo] == 0 {
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
func (b *bulk) find(ctx context.Context, q walk.Query) error {
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
		r.Workers = embeddedWorkers
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

// labelOf stands before each word about a log.
func labelOf(of batch.Item) string {
	label := ""
	for _, word := range []string{of.Label, of.LogID} {
		if word != "" {
			label += word + ": "
		}
	}
	return label
}

// notice says why a log takes long.
func (b *bulk) notice(label string, n api.Notice) {
	b.bar.clear()
	if n.For > 0 {
		n.Text = label + n.Text
	}
	b.app.notice(n)
}

// preview shows what would be sent, log by log.
func (b *bulk) preview(ctx context.Context, gather func() error) error {
	dir, err := os.MkdirTemp("", "errata-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if b.batch, err = batch.New(dir, b.begins); err != nil {
		return err
	}
	defer b.close()
	if err := gather(); err != nil {
		return err
	}
	if b.batch.Len() == 0 && b.worst == exitDone {
		b.say("%s", b.none)
	}
	err = b.batch.Plan(ctx, b.run(func(e batch.Event) {
		b.bar.update(int64(e.Progress.Done), int64(e.Total), e.Progress.Done)
		c := b.correction(e)
		switch {
		case e.Err != nil:
			b.failed(e)
		case c.changes == nil:
			b.show(e)
			b.plainly(e)
		case e.Outcome == batch.Same:
			_ = c.report("nothing to change")
		default:
			b.bar.clear()
			b.sayFound(e)
			c.warn()
			_ = c.preview()
			if !b.cfg.JSON() {
				b.out.printf("\n")
			}
		}
	}))
	return b.total(err, true)
}

// correction is the change of one log of the batch.
func (b *bulk) correction(e batch.Event) *correction {
	changes := e.Edit.Changes
	return &correction{app: b.app, svc: b.svc, journal: b.journal, id: e.LogID, changes: changes, entry: e.Entry, label: labelOf(e.Item)}
}

// failed says why a log is not as it was to be.
func (b *bulk) failed(e batch.Event) {
	b.bar.clear()
	b.worst = max(b.worst, exitOf(e.Outcome))
	if b.alike.again(e) {
		b.plainly(e)
		return
	}
	c := b.correction(e)
	err := e.Err
	if e.Result.Changes != nil { // it came to a PATCH, or near to one
		err = c.outcome(e.Result)
	}
	if err = c.complainEach(err, exitRefused); err != nil && err.Error() != "" {
		b.complain(fmt.Errorf("%s%w", c.label, err))
	}
	b.plainly(e)
}

// plainly prints what came of a log as JSON, where its fields say nothing.
func (b *bulk) plainly(e batch.Event) {
	if !b.cfg.JSON() {
		return
	}
	var o object
	o.text("id", e.LogID)
	if e.Entry != "" {
		o.text("entry", e.Entry)
	}
	o.text("outcome", e.Outcome.String())
	if e.Err != nil {
		o.text("why", e.Err.Error())
	}
	b.value(o.bytes())
}

// exitOf is the exit code that an outcome has by itself.
func exitOf(o batch.Outcome) int {
	switch o {
	case batch.Refused:
		return exitRefused
	case batch.Conflict:
		return exitConflict
	case batch.Missing:
		return exitNotFound
	case batch.Failed:
		return exitFailed
	case batch.Unclear:
		return exitUnverified
	}
	return exitDone
}

// shownMost is how many logs a review shows one by one.
const shownMost = 20

// review shows what would be sent, and asks. done tells that there is nothing more to do.
func (b *bulk) review(ctx context.Context) (done bool, err error) {
	err = b.batch.Plan(ctx, b.run(func(e batch.Event) {
		switch {
		case e.Err != nil:
			b.failed(e)
		case e.Outcome == batch.Todo:
			b.show(e)
		}
		b.bar.update(int64(e.Progress.Done), int64(e.Total), e.Progress.Done)
	}))
	b.bar.clear()
	if err != nil {
		return false, err
	}
	counts := b.batch.Counts()
	if counts.By[batch.Todo] == 0 {
		return true, b.ended(nil)
	}
	b.sayReviewed(counts)
	return false, b.app.confirm(ctx, "send "+figure.Count(counts.By[batch.Todo], "change")+"?", "not sent")
}

// show shows the change of one log of a review: a line a field, and the warnings.
func (b *bulk) show(e batch.Event) {
	b.shown++
	if b.shown > shownMost {
		b.found.add(e.Edit.Found)
		return
	}
	b.bar.clear()
	c := b.correction(e)
	b.sayFound(e)
	for _, note := range e.Edit.Notes {
		b.once(note)
	}
	for _, act := range e.Edit.Acts {
		b.say("%s%s", c.label, verdict{act, e.Edit.Stood[act.ID]}.says())
	}
	if c.changes == nil {
		return
	}
	for _, f := range c.changes.Changed() {
		b.say("%s%s: %s", c.label, f.Name, turn(c.changes.Base().Value(f), c.changes.Value(f)))
	}
	c.warn()
}

// sayFound says how often something was found in a log, and where.
func (b *bulk) sayFound(e batch.Event) {
	if n := len(e.Edit.Found); n > 0 {
		var one findings
		one.add(e.Edit.Found)
		b.found.add(e.Edit.Found)
		b.say("%s: %s: %s", e.LogID, figure.Count(one.hits, "hit"), hits(e.Edit.Found, ", "))
	}
}

// sayReviewed sums up what would be sent.
func (b *bulk) sayReviewed(counts batch.Counts) {
	if more := b.shown - shownMost; more > 0 {
		b.say("… and %s more like these; --dry-run shows all", figure.Int(more))
	}
	b.say("%s match · %s change · %s already so · %s refused", figure.Int(counts.Match()), figure.Int(counts.By[batch.Todo]), figure.Int(counts.By[batch.Same]), figure.Int(counts.Refused()))
	var words []string
	for _, f := range model.Form() {
		if n := counts.Fields[f]; n > 0 {
			words = append(words, fmt.Sprintf("%s in %s", f.Name, figure.Count(n, "log")))
		}
	}
	b.say("%s", strings.Join(words, " · "))
	if b.found.hits > 0 {
		b.say("%s", b.found.words())
	}
	if beyond := counts.Beyond(); beyond != "" && !b.batch.Irreversible {
		b.say("warning: %s", beyond)
	}
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

// told tells what came of one log.
func (b *bulk) told(e batch.Event, reviewed bool) {
	c := b.correction(e)
	if !reviewed && e.Outcome == batch.Saved {
		b.found.add(e.Edit.Found)
	}
	if c.changes != nil && !reviewed && len(e.Edit.Notes)+len(c.changes.Notes())+len(c.changes.Warnings()) > 0 {
		b.bar.clear()
		for _, note := range e.Edit.Notes {
			b.once(note)
		}
		c.warn()
	}
	switch {
	case e.Err != nil:
		b.failed(e)
	case e.Result.Changes != nil:
		_ = c.outcome(e.Result) // it is no error
	case c.changes == nil || e.Outcome != batch.Same:
		b.plainly(e)
	default:
		_ = c.nothing()
	}
}

// ended sums a run up.
func (b *bulk) ended(err error) error {
	b.bar.clear()
	return b.total(err, false)
}

// unchanged counts the logs that were not changed by what came of them, absent that were not there
// before anything was planned: ", 2 refused, 1 not found".
func unchanged(counts batch.Counts, absent int) (words string) {
	counts.By[batch.Missing] += absent
	for _, o := range []batch.Outcome{batch.Refused, batch.Conflict, batch.Missing, batch.Failed, batch.Unclear} {
		if n := counts.By[o]; n > 0 {
			word := o.String()
			if o == batch.Conflict {
				word = "in conflict"
			}
			words += ", " + figure.Int(n) + " " + word
		}
	}
	return words
}

// total says how many logs were changed, and gives the error that decides the exit code.
func (b *bulk) total(err error, dryRun bool) error {
	b.bar.clear()
	for _, words := range b.alike.more() {
		b.say("errata: %s", words)
	}
	counts := b.batch.Counts()
	changed, verb := counts.By[batch.Saved], "%s changed, %s as they were%s"
	if dryRun {
		changed, verb = counts.By[batch.Todo], "%s would change, %s as they are%s"
	}
	if b.found.hits > 0 && (dryRun || b.shown == 0) {
		b.say("%s", b.found.words())
	}
	b.say(verb, figure.Count(changed, "log"), figure.Int(counts.By[batch.Same]), unchanged(counts, b.absent))
	for o, n := range counts.By {
		if n > 0 { // in this run or, of a batch that it went on with, in an earlier one
			b.worst = max(b.worst, exitOf(batch.Outcome(o))) //nolint:gosec // there are few
		}
	}
	switch {
	case err != nil && codeOf(err) < b.worst:
		b.complain(err)
		return said(b.worst)
	case err != nil:
		return err
	case b.worst != exitDone:
		return said(b.worst)
	}
	return nil
}
