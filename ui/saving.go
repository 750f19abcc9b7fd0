package ui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/save"
	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/conflict"
	"errata/ui/review"
)

// saving is a PATCH that is under way.
type saving struct {
	id     string // of the log
	token  int
	cancel context.CancelFunc
	sent   *model.ChangeSet
	left   bool // nobody waits for it any more; what became of it is still being found out
}

// savedMsg brings what came of a PATCH.
type savedMsg struct {
	token  int
	result save.Result
}

// toReview shows the request, after what has waited for the text that was open until now: a review
// that shows values from before a save would have them dropped instead of what was typed since.
func (r *root) toReview(n bars.News) tea.Cmd {
	caught := r.catchUp()
	if r.clash != nil || len(r.form.Changes().Changed()) == 0 {
		return caught // the form has said why
	}
	return tea.Batch(caught, r.openReview(n))
}

// overtaken does what has waited for the review to close, if anything has, and shows what remains
// to be sent then. Nothing has been decided about that yet.
func (r *root) overtaken() (cmd tea.Cmd, yes bool) {
	if len(r.later) == 0 {
		return nil, false
	}
	r.review = nil
	return r.toReview(bars.News{Level: bars.Warning, Text: "the log was read again meanwhile; this is what remains"}), true
}

// send sends what the review shows.
func (r *root) send() tea.Cmd {
	if r.saving != nil {
		r.say(bars.News{Level: bars.Warning, Text: "what became of the last request is still being checked; try again in a moment"})
		return nil
	}
	if cmd, yes := r.overtaken(); yes {
		return cmd
	}
	ctx, cancel := context.WithCancel(r.ctx)
	r.tokens++
	ctx, why := listening(ctx, r.tokens)
	sent := review.Without(r.form.Changes(), r.form.LeftOut())
	r.saving = &saving{id: r.openID, token: r.tokens, cancel: cancel, sent: sent}
	r.review.Sending(true)
	return tea.Batch(put(ctx, r.o, sent, r.review.Body(), r.tokens), why)
}

// put is the command that saves.
func put(ctx context.Context, o Options, changes *model.ChangeSet, body []byte, token int) tea.Cmd {
	return func() tea.Msg {
		return savedMsg{token, save.Send(ctx, o.Service, changes, save.Options{Exactly: body, Journal: o.recorder(), Sleep: o.Sleep})}
	}
}

// saved shows what came of a PATCH.
func (r *root) saved(msg savedMsg) tea.Cmd {
	s := r.saving
	if s == nil || s.token != msg.token {
		return nil
	}
	s.cancel()
	r.saving = nil
	res := msg.result
	if s.left {
		return tea.Batch(r.savedLate(s.id, s.sent, res), r.pass(nil))
	}
	r.review.Sending(false)
	left := r.form.LeftOut()
	if len(left) > 0 {
		res = withLeftOut(res, r.form.Changes(), s.sent)
	}
	if res.Outcome == save.Moved {
		r.form.Rebased(res.Changes, "")
		return r.openReview(bars.News{Level: bars.Warning, Text: "not sent: the server changed " + names(res.Moved) + "; this is what remains"})
	}
	r.review = nil
	n := outcome(res)
	switch res.Outcome {
	case save.Verified, save.Unkept, save.Accepted, save.Nothing:
		if len(left) > 0 {
			n.Text += "; left out and still changed: " + names(left)
		}
		r.settled(res.Changes)
		if r.browse != nil {
			r.browse.Replace(res.Got)
		}
	case save.Conflict:
		r.openConflict(res.Newer, res.Conflicts)
		return nil
	case save.Failed:
		r.showRefused(res.Err)
	}
	r.say(n)
	cmd, _ := r.form.Update(nil)
	return cmd
}

// withLeftOut is the result of a save for all changes, of which only some were sent. Where somebody
// else has changed what was left out, the next save asks.
func withLeftOut(res save.Result, all, sent *model.ChangeSet) save.Result {
	switch res.Outcome {
	case save.Verified, save.Unkept, save.Accepted, save.Nothing:
		res.Changes = since(all, sent, res.Unkept)
		res.Changes.Rebase(res.Got)
	case save.Moved, save.Conflict:
		if res.Outcome == save.Moved {
			res.Newer = res.Changes.Base()
		}
		res.Changes = all.Clone()
		if met := res.Changes.Rebase(res.Newer); len(met.Conflicts) > 0 {
			res.Outcome, res.Conflicts = save.Conflict, met.Conflicts
		}
	}
	return res
}

// settled shows the log as it was read back. Without anything unsaved the history begins anew, and
// the draft is empty.
func (r *root) settled(changes *model.ChangeSet) {
	r.form.TakeIn()
	if len(changes.Changed()) > 0 {
		r.form.Rebased(changes, "")
		return
	}
	r.form.SetChanges(changes)
	r.clearDraft(r.openID)
}

// clearDraft empties the draft of a log that has nothing unsaved.
func (r *root) clearDraft(id string) {
	d := r.drafts.get(id).draft
	if d == nil {
		return
	}
	if err := d.Clear(r.ctx, ""); err != nil {
		r.say(bars.News{Level: bars.Warning, Text: "the draft could not be removed: " + err.Error()})
	}
}

// savedLate takes what became of a PATCH that nobody waited for any more. Edits made meanwhile stay
// edits; where somebody else has changed the same, the next save asks.
func (r *root) savedLate(id string, sent *model.ChangeSet, res save.Result) tea.Cmd {
	n := outcome(res)
	if id != r.openID {
		n.Text = id + ": " + n.Text
	}
	r.say(n)
	if res.Got == nil {
		return nil
	}
	return r.soon(func() tea.Cmd {
		f := r.forms[id]
		if f == nil || f.Changes().Base() != sent.Base() { // it was read again or saved since
			return nil
		}
		mine := since(f.Changes(), sent, res.Unkept)
		mine.Rebase(res.Got)
		f.TakeIn()
		if len(mine.Changed()) > 0 {
			f.Rebased(mine, "")
		} else {
			f.SetChanges(mine) // the history goes with the draft
			r.clearDraft(id)
			if f != r.form {
				delete(r.forms, id)
				r.release(id)
			}
		}
		f.Say(n)
		if r.browse != nil {
			r.browse.Replace(res.Got)
		}
		return nil
	})
}

// since is a change set on the log as a PATCH has made it: what differs from what was sent, but for
// what the server did not keep.
func since(now, sent *model.ChangeSet, unkept []*model.Field) *model.ChangeSet {
	var kept []jsonraw.Edit
	for _, f := range sent.Changed() {
		if !slices.Contains(unkept, f) {
			kept = append(kept, jsonraw.Edit{Name: f.Name, Val: sent.Value(f).Bytes()})
		}
	}
	doc, err := jsonraw.Set(sent.Base().Bytes(), kept)
	if err != nil {
		return now.Clone()
	}
	log, err := model.ParseLog(doc)
	if err != nil {
		return now.Clone()
	}
	next := model.NewChangeSet(log)
	for _, f := range sent.Changed() {
		next.Set(f, now.Value(f)) // also where the edit was taken back
	}
	for _, f := range now.Changed() {
		e, _ := now.Edit(f)
		next.Put(f, e, true)
	}
	return next
}

// showRefused puts the cursor on the first field that the server refused.
func (r *root) showRefused(err error) {
	for _, f := range api.RefusedFields(err) {
		r.form.GoTo(f)
		return
	}
}

// outcome says what came of a save in one line.
func outcome(res save.Result) bars.News {
	switch res.Outcome {
	case save.Verified:
		text := "saved and verified"
		if len(res.Moved) > 0 {
			text += "; changed by somebody else meanwhile, and kept: " + names(res.Moved)
		}
		return bars.News{Level: bars.Good, Text: text}
	case save.Unkept:
		return bars.News{Level: bars.Bad, Text: "sent, but the server did not keep " + names(res.Unkept) + " as sent; d shows both"}
	case save.Accepted:
		return bars.News{Level: bars.Bad, Text: "accepted, but the server still shows " + names(res.Unkept) + " as before; R reads it again"}
	case save.Conflict:
		return bars.News{Level: bars.Warning, Text: "not sent: changed on the server as well as here: " + names(res.Conflicts)}
	case save.Moved:
		return bars.News{Level: bars.Warning, Text: "not sent: changed on the server meanwhile: " + names(res.Moved)}
	case save.Nothing:
		return bars.News{Text: "nothing to send: the server has these values already"}
	case save.Unknown:
		return bars.News{Level: bars.Bad, Text: "sent, but whether it was saved is unknown: " + res.Err.Error()}
	case save.Failed:
		if res.Recovered {
			return bars.News{Level: bars.Bad, Text: "not saved, as reading back shows: " + res.Err.Error()}
		}
	}
	return bars.News{Level: bars.Bad, Text: "not saved: " + res.Err.Error()}
}

// openConflict shows the fields that were changed here and on the server.
func (r *root) openConflict(newer *model.Log, fields []*model.Field) {
	r.clash = conflict.New(r.form.Changes(), newer, fields, r.th, conflict.Options{Server: r.o.Server, Keep: r.form.Keep})
	r.clash.SetSize(r.w, r.h)
}

// resolved takes the changes as they were settled, and shows what is to be sent now.
func (r *root) resolved(changes *model.ChangeSet) tea.Cmd {
	r.clash = nil
	r.form.Rebased(changes, "")
	switch {
	case r.form.Fix(): // what was kept of mine may be no value yet
	case len(changes.Changed()) == 0:
		r.say(bars.News{Text: "nothing left to send: the log is as it is on the server"})
	default:
		return r.openReview(bars.News{})
	}
	return nil
}

// leaveOut takes a change out of the request, or back into it.
func (r *root) leaveOut(f *model.Field) tea.Cmd {
	if cmd, yes := r.overtaken(); yes {
		return cmd
	}
	r.form.LeaveOut(f)
	return r.openReview(bars.News{})
}

// closeReview goes back to the form; while a PATCH is under way it stops waiting for the answer.
func (r *root) closeReview() tea.Cmd {
	if r.saving != nil && !r.saving.left {
		return r.stopWaiting()
	}
	r.review = nil
	return nil
}

// stopWaiting goes back to the form at once. What became of the PATCH is found out all the same,
// and told when it is known.
func (r *root) stopWaiting() tea.Cmd {
	r.saving.cancel()
	r.saving.left = true
	r.review = nil
	r.say(bars.News{Level: bars.Warning, Text: "stopped waiting; checking what became of the request …"})
	return nil
}
