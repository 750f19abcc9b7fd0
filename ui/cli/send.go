package cli

import (
	"context"
	"fmt"

	"errata/api/save"
	"errata/model"
)

// send saves the changes and prints what became of them.
func (c *correction) send(ctx context.Context) error {
	if c.changes.Base().Head().PromptID == "" {
		return fail(exitRefused, "log %s belongs to no prompt, and only logs of prompts can be changed", c.id)
	}
	result := save.Send(ctx, c.svc.Service, c.changes, c.options(c.policy()))
	if result.Outcome == save.Conflict && c.cfg.OnConflict() == "mine" {
		var err error
		if result, err = c.insist(ctx); err != nil {
			return err
		}
	}
	return c.outcome(result)
}

// policy is how the save handles a conflict. For "mine" see insist.
func (c *correction) policy() save.Policy {
	if c.cfg.OnConflict() == "theirs" {
		return save.Theirs
	}
	return save.Fail
}

// insist makes the changes again on the log as it is now, so that a key of a map is set and other
// keys, which somebody else may have changed, are kept.
func (c *correction) insist(ctx context.Context) (save.Result, error) {
	if err := c.prepare(ctx); err != nil {
		return save.Result{}, err
	}
	return save.Send(ctx, c.svc.Service, c.changes, c.options(save.Mine)), nil
}

func (c *correction) options(p save.Policy) save.Options {
	o := save.Options{OnConflict: p, Journal: c.journal.Recorder(c.svc.id), Sleep: c.env.Sleep}
	if c.svc.scanner != nil && c.etag != "" && !c.asks() {
		o.Fresh = &c.etag // the store was read a moment ago, and refuses a PATCH of any other log
	}
	return o
}

// outcome prints how a save ended, and returns the error for it.
func (c *correction) outcome(r save.Result) error {
	c.entry = r.Entry
	if r.EntryErr != nil { // of many logs it holds alike
		c.app.once(fmt.Sprintf("warning: the journal does not hold the outcome yet: %v; the next errata set, undo or history checks it on the server", r.EntryErr))
	}
	switch r.Outcome {
	case save.Nothing:
		c.dropped(r)
		return c.nothing()
	case save.Verified:
		return c.saved(r)
	case save.Conflict:
		return fail(exitConflict, "changed on the server meanwhile: %s; nothing was sent, and --on-conflict mine or theirs goes on", model.Names(r.Conflicts))
	case save.Unkept:
		for _, f := range r.Unkept {
			c.say("errata: %s was not kept: sent %s, the server has %s", f.Name, brief(r.Changes.Value(f)), brief(r.Got.Value(f)))
		}
		c.say("errata history lists what was sent as entry %s", c.entry)
		return said(exitUnverified)
	case save.Accepted:
		return fail(exitUnverified, "sent as entry %s and accepted, but the server still shows %s as before; errata history looks again what became of it",
			c.entry, model.Names(r.Unkept))
	case save.Unknown:
		return fail(exitUnverified, "sent as entry %s, but the log cannot be read back: %w; errata get %s shows what became of it", c.entry, r.Err, c.id)
	case save.Failed:
		if r.Recovered {
			return fail(codeOf(r.Err), "not saved, as reading the log back shows: %w", r.Err)
		}
	}
	return r.Err
}

// saved prints that the log has the values that were sent.
func (c *correction) saved(r save.Result) error {
	if r.Recovered {
		c.say("the answer did not tell, but the log was read back and holds the changes")
	}
	c.dropped(r)
	c.succeed("saved and verified: %s; undo with errata undo %s", model.Names(c.changes.Changed()), c.entry)
	return c.report("saved and verified")
}

// dropped brings the change set in line with what was sent: merged values replace changes, and
// changes that gave way to a conflict are removed and named.
func (c *correction) dropped(r save.Result) {
	for _, f := range r.Merged {
		c.changes.Set(f, r.Got.Value(f))
	}
	var theirs []*model.Field
	for _, f := range c.changes.Changed() {
		if !f.Kept(c.changes.Value(f), r.Got.Value(f)) {
			theirs = append(theirs, f)
		}
	}
	for _, f := range theirs {
		c.changes.Revert(f)
	}
	if len(theirs) > 0 {
		c.say("left as they are on the server: %s", model.Names(theirs))
	}
}

// brief is a value for an error or message.
func brief(v model.Value) string {
	const most = 120
	if v.IsAbsent() {
		return "nothing"
	}
	raw := v.Bytes()
	if len(raw) <= most {
		return string(raw)
	}
	return string(raw[:most]) + "…"
}
