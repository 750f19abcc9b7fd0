package cli

import (
	"context"
	"fmt"
	"os"
	"strings"

	"errata/api/batch"
	"errata/model"
	"errata/model/figure"
	"errata/ui/change"
)

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

// shownMost is how many logs a review shows one by one.
const shownMost = 20

// review shows what would be sent, and asks. done says that there is nothing more to do.
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
		b.say("%s%s: %s", c.label, f.Name, change.Turn(c.changes.Base().Value(f), c.changes.Value(f)))
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
