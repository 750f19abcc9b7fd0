package cli

import (
	"fmt"

	"errata/api"
	"errata/api/batch"
	"errata/model/figure"
)

// told says what became of one log.
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
		_ = c.outcome(e.Result) // it is not an error
	case c.changes == nil || e.Outcome != batch.Same:
		b.plainly(e)
	default:
		_ = c.nothing()
	}
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
	if err = c.complainEach(err); err != nil && err.Error() != "" {
		b.complain(fmt.Errorf("%s%w", c.label, err))
	}
	b.plainly(e)
}

// correction is the change of one log of the batch.
func (b *bulk) correction(e batch.Event) *correction {
	changes := e.Edit.Changes
	return &correction{app: b.app, svc: b.svc, journal: b.journal, id: e.LogID, changes: changes, entry: e.Entry, label: labelOf(e.Item)}
}

// plainly prints what became of a log as JSON, where its fields say nothing.
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

// labelOf is before each word about a log.
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

// ended sums a run up.
func (b *bulk) ended(err error) error {
	b.bar.clear()
	return b.total(err, false)
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
		words := b.found.words()
		if b.resumed {
			words = "in this run " + words
		}
		b.say("%s", words)
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

// unchanged counts the logs that were not changed by what became of them, absent that were not
// there before anything was planned: ", 2 refused, 1 not found".
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
