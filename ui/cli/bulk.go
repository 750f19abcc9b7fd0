package cli

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"errata/api"
	"errata/api/walk"
	"errata/model"
	"errata/model/figure"
)

// changeMaker makes the changes to a reading of a log.
type changeMaker func(*model.Log) (*model.ChangeSet, error)

// bulk changes the logs of a selection, one by one, each as set does. Which logs they are is
// settled before the first is changed: a change may take a log out of the selection.
type bulk struct {
	many
	derive changeMaker
	ids    []string
	plans  map[string]plan // what was reviewed, by id; nil without a review
	shown  int             // logs whose changes were shown
	fields map[string]int  // how many logs each field changes in
}

// plan tells the change of a log that was reviewed from any other.
type plan [sha256.Size]byte

// changeEach changes the logs that a query means, or shows the changes with dryRun.
func (a *app) changeEach(ctx context.Context, q walk.Query, dryRun bool, derive changeMaker) error {
	b := &bulk{many: many{app: a, bar: a.newProgress("changing", "log")}, derive: derive, fields: map[string]int{}}
	if err := b.begin(ctx, dryRun); err != nil {
		return err
	}
	defer b.svc.close()
	if b.svc.readOnly && !dryRun {
		return fail(exitFailed, "nothing was changed: the store can only be read where it is")
	}
	if err := b.find(ctx, q); err != nil {
		return err
	}
	if len(b.ids) == 0 && b.left == 0 {
		b.say("no log fits")
		return b.ended(nil)
	}
	if !dryRun && a.asks() {
		if done, err := b.review(ctx); done || err != nil {
			return err
		}
	}
	return b.ended(b.run(ctx))
}

// find learns which logs are meant. Those that are named and not looked for need no reading.
func (b *bulk) find(ctx context.Context, q walk.Query) error {
	q.Cut = api.PreviewCut
	w, err := b.each(ctx, b.svc, q, func(log *model.Log) error {
		b.ids = append(b.ids, log.Head().ID)
		return nil
	})
	if err != nil {
		return err
	}
	if err := b.saySelected(w); err != nil {
		b.left += len(w.Missing())
		b.worst = codeOf(err)
	}
	return nil
}

// shownMost is how many logs a review shows one by one.
const shownMost = 20

// review shows what would be sent, and asks. done tells that there is nothing more to do.
func (b *bulk) review(ctx context.Context) (done bool, err error) {
	b.plans = map[string]plan{}
	match := len(b.ids)
	changing := b.ids[:0]
	for i, id := range b.ids {
		c := b.correction(id, b.derive)
		if err := c.prepare(ctx); err != nil {
			if err := b.one(ctx, c, err); err != nil {
				return false, b.ended(err)
			}
			continue
		}
		if len(c.changes.Changed()) == 0 {
			b.same++
			continue
		}
		changing = append(changing, id)
		b.plans[id] = planOf(c.changes)
		b.show(c)
		b.bar.update(int64(i+1), int64(match), i+1)
	}
	b.bar.clear()
	b.ids = changing
	if len(b.ids) == 0 {
		return true, b.ended(nil)
	}
	b.sayReviewed(match)
	return false, b.app.confirm(ctx, "send "+figure.Count(len(b.ids), "change")+"?", "not sent")
}

// show shows the change of one log of a review: a line a field, and the warnings.
func (b *bulk) show(c *correction) {
	for _, f := range c.changes.Changed() {
		b.fields[f.Name]++
	}
	b.shown++
	if b.shown > shownMost {
		return
	}
	b.bar.clear()
	for _, f := range c.changes.Changed() {
		b.say("%s: %s: %s", c.id, f.Name, turn(c.changes.Base().Value(f), c.changes.Value(f)))
	}
	c.warn()
}

// sayReviewed sums up what would be sent.
func (b *bulk) sayReviewed(match int) {
	if more := b.shown - shownMost; more > 0 {
		b.say("… and %s more like these; --dry-run shows all", figure.Int(more))
	}
	b.say("%s match · %s change · %s already so · %s refused", figure.Int(match), figure.Int(len(b.ids)), figure.Int(b.same), figure.Int(match-len(b.ids)-b.same))
	var words []string
	for _, f := range model.Form() {
		if n := b.fields[f.Name]; n > 0 {
			words = append(words, fmt.Sprintf("%s in %s", f.Name, figure.Count(n, "log")))
		}
	}
	b.say("%s", strings.Join(words, " · "))
}

// run sends the changes. An interruption lets the log that has begun come to its end.
func (b *bulk) run(ctx context.Context) error {
	for i, id := range b.ids {
		if ctx.Err() != nil {
			return b.stop(i, ctx.Err())
		}
		if err := b.one(ctx, b.correction(id, b.reviewed(id)), nil); err != nil {
			return b.stop(i+1, err)
		}
		b.bar.update(int64(i+1), int64(len(b.ids)), i+1)
	}
	return nil
}

// reviewed makes the changes to a log again, and refuses others than were reviewed.
func (b *bulk) reviewed(id string) changeMaker {
	agreed, shown := b.plans[id]
	if !shown || b.cfg.OnConflict() == "mine" {
		return b.derive
	}
	return func(log *model.Log) (*model.ChangeSet, error) {
		changes, err := b.derive(log)
		if err == nil && planOf(changes) != agreed {
			err = fail(exitConflict, "changed on the server since it was reviewed; nothing was sent, and the same command reviews it again")
		}
		return changes, err
	}
}

func planOf(c *model.ChangeSet) plan {
	h := sha256.New()
	for _, f := range c.Changed() {
		_, _ = fmt.Fprintf(h, "%s %d ", f.Name, len(c.Base().Value(f).Bytes()))
		_, _ = h.Write(c.Base().Value(f).Bytes())
	}
	_, _ = h.Write(c.Patch())
	return plan(h.Sum(nil))
}

// stop says how much of a run was done when it ended early.
func (b *bulk) stop(done int, err error) error {
	b.bar.clear()
	b.say("stopped after %s of %s; what was changed stands in errata history", figure.Count(done, "log"), figure.Int(len(b.ids)))
	return err
}

// ended sums the run up.
func (b *bulk) ended(err error) error {
	b.bar.clear()
	return b.total(err)
}

func (b *bulk) correction(id string, derive changeMaker) *correction {
	return &correction{app: b.app, svc: b.svc, journal: b.journal, id: id, derive: derive, label: id + ": "}
}
