package ui

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/journal"
	"errata/api/save"
	"errata/model"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/history"
)

// recorder is the journal for a save, nil where none is kept.
func (o Options) recorder() save.Recorder {
	if o.Journal == nil {
		return nil
	}
	return lateRecorder{o}
}

// lateRecorder opens the journal when the first PATCH is about to be sent. One that cannot be
// opened sends nothing: there would be no way back.
type lateRecorder struct{ o Options }

func (r lateRecorder) Begin(ctx context.Context, c *model.ChangeSet) (rec save.Record, err error) {
	j, err := r.o.Journal()
	if err == nil {
		rec, err = j.Recorder(r.o.ServerID).Begin(ctx, c)
	}
	if err != nil && api.CodeOf(err) != api.Canceled {
		return nil, &api.Error{Code: api.Refused, Msg: "see to the journal, then save again: " + bars.Reason(err), Err: err}
	}
	return rec, err
}

// openHistory shows what was sent: of the open log, or of all.
func (r *root) openHistory() tea.Cmd {
	if r.o.Journal == nil {
		r.say(bars.News{Text: "no journal is kept here: this store is thrown away"})
		return nil
	}
	ctx, cancel := context.WithTimeout(r.ctx, draft.Patience)
	defer cancel()
	j, err := api.Await(ctx, "", r.o.Journal)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.New("the disk does not answer")
	}
	if err != nil {
		r.say(bars.News{Level: bars.Bad, Text: "the journal cannot be opened: " + bars.Reason(err)})
		return nil
	}
	o := history.Options{Server: r.o.Server, ServerID: r.o.ServerID, Title: "all logs"}
	if r.form != nil {
		o.Title, o.Filter = r.openID, journal.Filter{LogID: r.openID}
	}
	r.past = history.New(j, r.th, o)
	r.past.SetSize(r.w, r.h)
	return r.past.Init()
}

// closeHistory goes back to where the history was opened.
func (r *root) closeHistory() tea.Cmd {
	end := r.past.End()
	r.past = nil
	return end
}

// takeBack undoes an entry of the journal: its log is read as it is now, the old values become
// changes, and the review opens on them.
func (r *root) takeBack(e journal.Entry) tea.Cmd {
	end := r.closeHistory()
	l := loading{id: e.LogID, undo: &e}
	if f := r.forms[e.LogID]; f != nil { // it has changes, or it is open
		l.again = true
		if f != r.form {
			r.enter(e.LogID, f)
		}
	}
	return tea.Batch(end, r.fetch(l))
}

// inverse puts the inverse of an entry into the open form.
func (r *root) inverse(e journal.Entry) tea.Cmd {
	if why := r.readOnly(r.form.Changes().Base()); why != "" {
		r.say(bars.News{Level: bars.Warning, Text: "not undone: " + why})
		return nil
	}
	if len(r.form.Changes().Changed()) > 0 {
		r.say(bars.News{Level: bars.Warning, Text: "not undone: this log has unsaved changes; send or revert them first"})
		return nil
	}
	changes, moved, err := journal.Inverse(e, r.form.Changes().Base())
	switch {
	case err != nil:
		r.say(failure(err))
		return nil
	case len(changes.Changed()) == 0:
		r.say(bars.News{Text: "nothing to undo: the log holds the old values already"})
		return nil
	}
	r.form.Apply(changes)
	var n bars.News
	if len(moved) > 0 {
		n = bars.News{Level: bars.Warning, Text: "changed again since: " + names(moved) + "; sending replaces that, d leaves it out"}
	}
	return r.openReview(n)
}

// accountedMsg tells what became of PATCHes that an earlier errata did not live to see.
type accountedMsg struct {
	settled []journal.Entry
	left    []journal.Entry // could not be checked
	why     error           // for the last of them
	err     error           // the journal cannot be used
}

// account is the command that checks them on the server.
func account(ctx context.Context, o Options) tea.Cmd {
	if o.Journal == nil {
		return nil
	}
	return func() tea.Msg {
		j, err := o.Journal()
		if err != nil {
			return accountedMsg{err: err}
		}
		left, err := j.Pending(o.ServerID)
		msg := accountedMsg{err: err}
		for _, e := range left {
			settled, err := j.Settle(ctx, o.Service, e)
			switch {
			case e.Outcome != journal.Pending: // it was told what was known when it was sent
			case err != nil:
				msg.left, msg.why = append(msg.left, e), err
			default:
				msg.settled = append(msg.settled, settled)
			}
		}
		return msg
	}
}

// accounted says what was found out.
func (r *root) accounted(msg accountedMsg) {
	var text string
	switch n, left := len(msg.settled), len(msg.left); {
	case msg.err != nil:
		text = "without a journal nothing can be sent: " + bars.Reason(msg.err)
	case left > 0:
		text = "a PATCH of " + msg.left[left-1].LogID + " is unaccounted for and could not be checked: " + msg.why.Error()
	case n > 1:
		text = figure.Int(n) + " PATCHes were unaccounted for; H shows what became of them"
	case n == 1:
		text = "a PATCH of " + msg.settled[0].LogID + " was unaccounted for: " + string(msg.settled[0].Outcome)
	default:
		return
	}
	r.unsaid = bars.News{Level: bars.Warning, Text: text}
	if r.top() != nil {
		r.sayUnsaid()
	}
}

// sayUnsaid says what has waited for a screen.
func (r *root) sayUnsaid() {
	if r.unsaid.Text != "" {
		r.say(r.unsaid)
		r.unsaid = bars.News{}
	}
}
