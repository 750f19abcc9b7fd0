package cli

import (
	"errata/api/judge"
	"errata/api/save"
	"errata/model/judgment"
)

// tell prints what became of a judgment.
func (a *judging) tell(v verdict, r judge.Result) error {
	title := v.act.Evaluator.Called()
	switch r.Outcome {
	case save.Verified:
		did := "judged and verified"
		if v.act.Remove {
			did = "removed and verified"
		}
		a.say("%s: %s %s; undo with errata undo %s", did, title, onOneLine(v.act.Value), r.Entry)
		return a.reportVerdict(v, r, did)
	case save.Unkept:
		return fail(exitUnverified, "%s was not kept as it was sent; errata history lists it as entry %s", title, r.Entry)
	case save.Accepted:
		return fail(exitUnverified, "%s was accepted as entry %s, and the server does not show it yet; errata history looks again", title, r.Entry)
	case save.Unknown:
		return fail(exitUnverified, "%s was sent as entry %s, and what became of it cannot be read: %w; errata history looks again", title, r.Entry, r.Err)
	}
	return fail(codeOf(r.Err), "%s was not sent: %w", title, r.Err)
}

// reportVerdict prints a judgment as JSON with --json: {"id", "log_id", "evaluator", "judgment",
// "user", "entry", "outcome"}.
func (a *judging) reportVerdict(v verdict, r judge.Result, outcome string) error {
	if !a.cfg.JSON() {
		return nil
	}
	var o object
	o.text("id", r.ID)
	o.text("log_id", v.act.LogID)
	o.text("evaluator", v.act.Evaluator.Path)
	o.add(judgment.Said, v.act.Value.Bytes())
	o.text("user", v.act.User)
	o.text("entry", r.Entry)
	o.text("outcome", outcome)
	a.value(o.bytes())
	return nil
}
