package ui

import (
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/batch"
	"errata/api/journal"
	"errata/model"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/browse"
	"errata/ui/bulk"
	"errata/ui/draft"
	"errata/ui/form"
	"errata/ui/history"
	"errata/ui/keys"
)

// takingBack shows the history of what was sent, and undoes entries of it.
type takingBack struct {
	*session
	opening   *opening
	reviewing *reviewing
	outer     *history.Model // from which the entries of a batch were opened, nil when none were
}

func (t *takingBack) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case form.HistoryMsg, browse.HistoryMsg:
		return t.open(), true
	case history.UndoMsg:
		return t.undo(msg.Entry), true
	case history.OpenBatchMsg:
		return t.within(msg.ID), true
	case history.UndoBatchMsg:
		return t.undoBatch(msg.ID), true
	case history.CloseMsg:
		return t.close(), true
	case retractedMsg:
		return t.retracted(msg), true
	case invertedMsg:
		return t.inverted(msg), true
	}
	return nil, false
}

// open shows the history of the open log, or of all logs.
func (t *takingBack) open() tea.Cmd {
	if t.o.Journal == nil {
		t.say(bars.News{Text: "no journal is kept here: this store is thrown away"})
		return nil
	}
	ctx, cancel := context.WithTimeout(t.ctx, draft.Patience)
	defer cancel()
	j, err := api.Await(ctx, "", t.o.Journal)
	if errors.Is(err, context.DeadlineExceeded) {
		err = errors.New("the disk does not answer")
	}
	if err != nil {
		t.say(bars.News{Level: bars.Bad, Text: "the journal cannot be opened: " + bars.Reason(err)})
		return nil
	}
	o := history.Options{Server: t.o.Server, ServerID: t.o.ServerID, Title: "all logs", Filter: journal.Filter{Together: true}, Batch: t.batch, Divider: &t.rules.history}
	if t.form != nil {
		o.Title, o.Filter = t.openID, journal.Filter{LogID: t.openID}
	}
	t.past = history.New(j, t.th, o)
	t.past.SetSize(t.w, t.h)
	return t.past.Init()
}

// close goes back to the screen from which the history was opened.
func (t *takingBack) close() tea.Cmd {
	if t.past == nil { // it was given up twice
		return nil
	}
	end := t.past.End()
	t.past, t.outer = t.outer, nil
	if t.past != nil {
		t.past.SetSize(t.w, t.h)
		t.past.SetTheme(t.th)
	}
	return end
}

// closeAll leaves the history, also from within a batch.
func (t *takingBack) closeAll() (end tea.Cmd) {
	for t.past != nil {
		end = tea.Batch(end, t.close())
	}
	return end
}

// batch tells of a batch for its line.
func (t *takingBack) batch(id string) (b history.Batch, ok bool) {
	s, err := batch.Peek(t.o.State, id)
	if err != nil {
		return b, false
	}
	return history.Batch{Words: s.Words, Logs: s.Counts.Match(), Standing: figure.Int(s.Counts.By[batch.Saved]) + " changed"}, true
}

// within lists the entries of a batch, over the list from which it was opened.
func (t *takingBack) within(id string) tea.Cmd {
	j, err := t.o.Journal()
	if err != nil {
		t.say(bars.News{Level: bars.Bad, Text: "the journal cannot be opened: " + bars.Reason(err)})
		return nil
	}
	t.outer = t.past
	t.past = history.New(j, t.th, history.Options{Server: t.o.Server, ServerID: t.o.ServerID, Title: "batch " + id, Filter: journal.Filter{Batch: id}, Divider: &t.rules.history})
	t.past.SetSize(t.w, t.h)
	return t.past.Init()
}

// undoBatch asks for a batch to be taken back as a whole.
func (t *takingBack) undoBatch(id string) tea.Cmd {
	s, err := batch.Peek(t.o.State, id)
	if err != nil {
		t.say(failure(err))
		return nil
	}
	return tea.Batch(t.closeAll(), func() tea.Msg { return bulk.UndoMsg{Of: s.Head} })
}

// undo undoes an entry of the journal: its log is read as it is now, the old values become changes,
// and the review opens on them.
func (t *takingBack) undo(e journal.Entry) tea.Cmd {
	end := t.closeAll()
	if e.Judgment != nil {
		t.retract(e)
		return end
	}
	l := loading{id: e.LogID, then: func() tea.Cmd { return t.inverse(e) }}
	if f := t.forms[e.LogID]; f != nil { // it has changes, or it is open
		l.again = true
		if f != t.form {
			t.enter(e.LogID, f)
		}
	}
	return tea.Batch(end, t.opening.fetch(l))
}

// invertedMsg brings what takes an entry back from a reading of its log.
type invertedMsg struct {
	token int
	entry journal.Entry
	now   *model.Log
	v     journal.Inversion
	err   error
}

// inverseOf is what takes an entry back from a log.
func (t *takingBack) inverseOf(e journal.Entry, now *model.Log) (journal.Inversion, error) {
	j, err := t.o.Journal()
	if err != nil {
		return journal.Inversion{}, err
	}
	return j.Inverse(e, now)
}

// inverse looks for what takes an entry back from the open log. In large fields that is done beside
// the keys, which wait for the review.
func (t *takingBack) inverse(e journal.Entry) tea.Cmd {
	now, size := t.form.Changes().Base(), 0
	for _, c := range e.Changes {
		size += now.Value(c.Field).Len()
	}
	if size < slowReview {
		v, err := t.inverseOf(e, now)
		return t.undoWith(e, v, err)
	}
	t.tokens++
	token := t.tokens
	t.reviewing.prep = &preparing{token: token, text: "looking for what was changed in " + figure.Size(size) + " … esc cancels"}
	return func() tea.Msg {
		v, err := t.inverseOf(e, now)
		return invertedMsg{token, e, now, v, err}
	}
}

// inverted goes on to the review, unless it was given up. Where the log was read again meanwhile it
// is looked for once more.
func (t *takingBack) inverted(msg invertedMsg) tea.Cmd {
	if p := t.reviewing.prep; p == nil || p.token != msg.token {
		return nil
	}
	t.reviewing.prep = nil
	if t.form.Changes().Base() != msg.now {
		return t.inverse(msg.entry)
	}
	return t.undoWith(msg.entry, msg.v, msg.err)
}

// undoWith puts the inverse of an entry into the open form, and leaves what else was changed there
// out of the request. A field that was changed there is not taken back: its work would be lost.
func (t *takingBack) undoWith(e journal.Entry, v journal.Inversion, err error) tea.Cmd {
	if why := t.o.readOnly(t.form.Changes().Base()); why != "" {
		t.say(bars.News{Level: bars.Warning, Text: "not undone: " + why})
		return nil
	}
	if t.form.Unread() {
		t.say(bars.News{Level: bars.Warning, Text: "not undone: what is being typed is still being read; try again in a moment"})
		return nil
	}
	switch {
	case err != nil:
		t.say(failure(err))
		return nil
	case len(v.Changes.Changed()) == 0 && e.Outcome == journal.NotSaved:
		t.say(bars.News{Text: "nothing to undo: it was not saved"})
		return nil
	case len(v.Changes.Changed()) == 0:
		t.say(bars.News{Text: "nothing to undo: the log holds the old values already"})
		return nil
	}
	if both := t.unsentOf(v.Changes.Changed()); len(both) > 0 {
		t.say(bars.News{Level: bars.Warning, Text: "not undone: unsaved work in " + model.Names(both) + ": " + pressed(keys.Form, keys.Review) + " sends it, " + pressed(keys.Form, keys.Revert) + " reverts it"})
		return nil
	}
	var n bars.News
	if t.form.Unsent() > 0 {
		t.form.LeaveAllOut()
		n = bars.News{Text: "what else is changed here is left out, and stays; d takes it in"}
	}
	t.form.Apply(v.Changes)
	if since := movedSince(v); since.Text != "" {
		n = since
	}
	return t.reviewing.show(n)
}

// movedSince says what was changed in the fields of an entry since, empty for nothing.
func movedSince(v journal.Inversion) (n bars.News) {
	over := slices.DeleteFunc(slices.Clone(v.Moved), func(f *model.Field) bool { return slices.Contains(v.Apart, f) })
	switch {
	case len(over) > 0:
		return bars.News{Level: bars.Warning, Text: "changed again since: " + model.Names(over) + "; sending replaces that, d leaves it out"}
	case len(v.Apart) > 0:
		return bars.News{Text: "changed since in other places, which stay as they are: " + model.Names(v.Apart)}
	}
	return n
}

// unsentOf are those of some fields in which the open form has work that was not sent.
func (t *takingBack) unsentOf(fields []*model.Field) (list []*model.Field) {
	for _, f := range fields {
		if _, edited := t.form.Changes().Edit(f); edited {
			list = append(list, f)
		}
	}
	return list
}
