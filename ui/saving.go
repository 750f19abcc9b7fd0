package ui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/judge"
	"errata/api/save"
	"errata/model"
	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/change"
	"errata/ui/form"
	"errata/ui/review"
)

// sending sends the changes of the review, and updates the form with the outcome.
type sending struct {
	*session
	reviewing *reviewing
	settling  *settling
	saving    *saving // nil when nothing is being sent
}

// saving is a PATCH that is under way.
type saving struct {
	id     string // of the log
	token  int
	cancel context.CancelFunc
	sent   *model.ChangeSet
	next   bool // the next log is opened once it is saved
	left   bool // nobody waits for it any more, but its outcome is still being found out
}

// savedMsg brings the outcome of a PATCH.
type savedMsg struct {
	token  int
	result save.Result
	judged []judged
}

func (s *sending) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case review.SendMsg:
		return s.send(msg.Next), true
	case review.CloseMsg:
		s.closeReview()
		cmd, _ = s.pass(nil) // the form makes ready what it shows
		return cmd, true
	case savedMsg:
		return s.saved(msg), true
	case waitMsg:
		if mine = s.saving != nil && s.saving.token == msg.token && s.review != nil; mine {
			s.review.Waits(msg.text)
		}
		return msg.more, mine
	}
	return nil, false
}

// send sends the changes of the review.
func (s *sending) send(next bool) tea.Cmd {
	if s.saving != nil {
		s.say(bars.News{Level: bars.Warning, Text: "what became of the last request is still being checked; try again in a moment"})
		return nil
	}
	if cmd, yes := s.reviewing.overtaken(); yes {
		return cmd
	}
	ctx, cancel, token, why := s.listening()
	sent, acts := s.review.Sent(), acts(s.form)
	s.saving = &saving{id: s.openID, token: token, cancel: cancel, sent: sent, next: next}
	s.review.Sending(true)
	return tea.Batch(put(ctx, s.o, sent, s.review.Body(), acts, token), why)
}

// put is the command that saves the changes, and then sends the judgments. body makes what was
// shown to be sent, nil if nothing was.
func put(ctx context.Context, o Options, changes *model.ChangeSet, body func() []byte, acts []judge.Act, token int) tea.Cmd {
	return func() tea.Msg {
		var exactly []byte
		if body != nil {
			exactly = body()
		}
		res := save.Send(ctx, o.Service, changes, save.Options{Exactly: exactly, Journal: o.recorder(), Sleep: o.Sleep})
		list, log := carryOut(ctx, o, acts, res)
		if log != nil {
			res.Got = log
			if onto := res.Changes.Clone(); len(onto.Rebase(log).Conflicts) == 0 {
				res.Changes = onto
			}
		}
		return savedMsg{token, res, list}
	}
}

// saved shows the outcome of a PATCH.
func (s *sending) saved(msg savedMsg) tea.Cmd {
	p := s.saving
	if p == nil || p.token != msg.token {
		return nil
	}
	p.cancel()
	s.saving = nil
	s.countSaid(p.id, msg.judged)
	res := msg.result
	if p.left {
		late := s.savedLate(p.id, p.sent, msg)
		settled, _ := s.pass(nil)
		return tea.Batch(late, settled)
	}
	s.review.Sending(false)
	left := s.form.LeftOut()
	if len(left) > 0 {
		res = withLeftOut(res, s.form.Changes(), p.sent)
	}
	if res.Outcome == save.Moved {
		s.form.Rebased(res.Changes, "")
		return s.reviewing.show(bars.News{Level: bars.Warning, Text: "not sent: the server changed " + model.Names(res.Moved) + "; this is what remains"})
	}
	s.review = nil
	n := outcomeOf(res, msg.judged)
	note(s.form, msg.judged)
	switch res.Outcome {
	case save.Verified, save.Unkept, save.Accepted, save.Nothing:
		if len(left) > 0 {
			n.Text += "; left out and still changed: " + model.Names(ofLeft(left))
		}
		s.settled(res.Changes)
		if s.browse != nil {
			s.browse.Replace(res.Got)
		}
	case save.Conflict:
		s.settling.open(res.Newer, res.Conflicts)
		return nil
	case save.Failed:
		s.showRefused(res.Err)
	}
	s.say(n)
	cmd, _ := s.form.Update(nil)
	if (p.next || s.pair != nil) && holds(msg) && s.form.Unsent() == 0 {
		return tea.Batch(cmd, s.goOn(n))
	}
	return cmd
}

// countSaid counts judgments for the report of the queue.
func (s *sending) countSaid(id string, list []judged) {
	if s.queue != nil && s.queue.Has(id) {
		// a file that cannot be written is said with the place
		_ = s.queue.Judged(id, countDone(list))
	}
}

// goOn is the command that requests the log after one that was saved. The news of the save is shown
// there.
func (s *sending) goOn(n bars.News) tea.Cmd {
	n.Text = s.openID + ": " + n.Text
	s.unsaid = n
	want := tea.Msg(form.StepMsg{By: 1})
	if s.pair != nil {
		want = pairSentMsg{}
	} else if s.queue != nil && s.queue.Has(s.openID) {
		want = form.CompleteMsg{}
	}
	return func() tea.Msg { return want }
}

// ofLeft lists the fields of what was left out.
func ofLeft(list []change.LeftOut) (fields []*model.Field) {
	for _, l := range list {
		fields = append(fields, l.Field)
	}
	return fields
}

// withLeftOut is the result of a save as a result for all changes, of which only some were sent.
// When somebody else has changed a field that was left out, the next save asks.
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

// settled shows the log as it was read back. When nothing is unsaved, the undo history and the
// draft are emptied.
func (s *sending) settled(changes *model.ChangeSet) {
	s.form.TakeIn()
	if len(changes.Changed()) > 0 || s.form.Judges() {
		s.form.Rebased(changes, "")
		return
	}
	s.form.SetChanges(changes)
	s.clearDraft(s.openID)
}

// savedLate takes the outcome of a PATCH that nobody waited for any more. Edits that were made
// meanwhile are kept; when somebody else has changed the same fields, the next save asks.
func (s *sending) savedLate(id string, sent *model.ChangeSet, msg savedMsg) tea.Cmd {
	res, n := msg.result, outcomeOf(msg.result, msg.judged)
	if id != s.openID {
		n.Text = id + ": " + n.Text
	}
	s.say(n)
	if res.Got == nil {
		return nil
	}
	return s.soon(func() tea.Cmd {
		f := s.forms[id]
		if f != nil {
			note(f, msg.judged)
		}
		if f == nil || f.Changes().Base() != sent.Base() { // it was read again or saved since
			return nil
		}
		mine := since(f.Changes(), sent, res.Unkept)
		mine.Rebase(res.Got)
		f.TakeIn()
		if len(mine.Changed()) > 0 || f.Judges() {
			f.Rebased(mine, "")
		} else {
			f.SetChanges(mine) // the undo history is emptied with the draft
			s.clearDraft(id)
			if f != s.form {
				s.drop(id)
			}
		}
		f.Say(n)
		if s.browse != nil {
			s.browse.Replace(res.Got)
		}
		return nil
	})
}

// since is the change set from the log as a PATCH has left it to what is edited now, without the
// fields that the server did not keep.
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
		next.Set(f, now.Value(f)) // also when the edit was undone
	}
	for _, f := range now.Changed() {
		e, _ := now.Edit(f)
		next.Put(f, e, true)
	}
	return next
}

// showRefused puts the cursor on the first field that the server refused.
func (s *sending) showRefused(err error) {
	for _, f := range api.RefusedFields(err) {
		s.form.GoTo(f)
		return
	}
}

// awaited reports whether somebody waits for the outcome of a PATCH.
func (s *sending) awaited() bool { return s.saving != nil && !s.saving.left }

// closeReview goes back to the form. While a PATCH is under way it stops waiting for the answer.
func (s *sending) closeReview() {
	if s.awaited() {
		s.stopWaiting()
		return
	}
	s.review = nil
}

// stopWaiting goes back to the form at once. The outcome of the PATCH is still found out, and shown
// when it is known.
func (s *sending) stopWaiting() {
	s.saving.cancel()
	s.saving.left = true
	s.review = nil
	s.say(bars.News{Level: bars.Warning, Text: "stopped waiting; checking what became of the request …"})
}
