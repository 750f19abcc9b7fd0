package ui

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/figure"
	"errata/model/jsonraw"
	"errata/ui/bars"
	"errata/ui/draft"
)

// syncPatience is how long the end of the program waits for the disk.
const syncPatience = 2 * time.Second

// shelf is the drafts that this process holds, by log id. It is used by the screen's goroutine, by
// those that read logs, and at the end by that of the signals.
type shelf struct {
	// held while a draft is taken: two readings of one log must not lock each other out
	taking  sync.Mutex
	mu      sync.Mutex
	byID    map[string]taken
	closing chan struct{} // closed when all drafts that were given back are free
}

func (s *shelf) put(id string, t taken) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byID == nil {
		s.byID = map[string]taken{}
	}
	s.byID[id] = t
}

func (s *shelf) get(id string) taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byID[id]
}

// open gives the draft of a log: the one that a reading nobody waited for has left, else what take
// gives.
func (s *shelf) open(id string, take func() taken) taken {
	s.taking.Lock()
	defer s.taking.Unlock()
	s.mu.Lock()
	closing := s.closing
	s.mu.Unlock()
	if closing != nil {
		<-closing
	}
	if t := s.get(id); t.draft != nil {
		return t
	}
	t := take()
	if t.draft != nil {
		s.put(id, t)
	}
	return t
}

// giveBack closes the draft of a log, if it is held.
func (s *shelf) giveBack(ctx context.Context, id string) {
	s.mu.Lock()
	d := s.byID[id].draft
	if d == nil {
		s.mu.Unlock()
		return
	}
	before, done := s.closing, make(chan struct{})
	s.closing = done
	delete(s.byID, id)
	s.mu.Unlock()
	go func() {
		defer close(done)
		_ = d.Close(ctx) // the log was left as it was found, or its work is written
		if before != nil {
			<-before
		}
	}()
	select {
	case <-done:
	case <-time.After(draft.Patience): // who opens the log again waits for it
	}
}

// late are the drafts that wait for the disk, if nobody was told yet.
func (s *shelf) late() map[string]<-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list map[string]<-chan struct{}
	for id, t := range s.byID {
		if done := t.draft.Late(); done != nil {
			if list == nil {
				list = map[string]<-chan struct{}{}
			}
			list[id] = done
		}
	}
	return list
}

// each does something with every draft, and empties the shelf.
func (s *shelf) each(do func(*draft.Writer)) {
	s.mu.Lock()
	all := s.byID
	s.byID = nil
	s.mu.Unlock()
	for _, t := range all {
		do(t.draft)
	}
}

// caughtUpMsg comes when the draft of a log has waited for the disk, and all is done.
type caughtUpMsg struct {
	id    string
	draft *draft.Writer
}

// awaitDisk is the command that waits until late drafts are written, nil when none is late.
func (r *root) awaitDisk() tea.Cmd {
	var cmds []tea.Cmd
	for id, done := range r.drafts.late() {
		msg := caughtUpMsg{id, r.drafts.get(id).draft}
		cmds = append(cmds, func() tea.Msg {
			<-done
			return msg
		})
	}
	return tea.Batch(cmds...)
}

// caughtUp says that a draft is written again, or why it is not.
func (r *root) caughtUp(msg caughtUpMsg) {
	if f := r.forms[msg.id]; f != nil && r.drafts.get(msg.id).draft == msg.draft {
		f.KeptAgain(msg.draft.Err())
	}
}

// syncDrafts makes all drafts last through a loss of power. It is called from the goroutine of the
// signals, too.
func (r *root) syncDrafts() {
	ctx, cancel := context.WithTimeout(context.Background(), syncPatience)
	defer cancel()
	r.drafts.mu.Lock()
	all := make([]*draft.Writer, 0, len(r.drafts.byID))
	for _, t := range r.drafts.byID {
		all = append(all, t.draft)
	}
	r.drafts.mu.Unlock()
	for _, d := range all {
		_ = d.Sync(ctx) // the work is written; there is nobody left to tell
	}
}

// closeDrafts gives every draft back at the end. The error is a *draft.WaitingError if the disk
// does not answer.
func (r *root) closeDrafts() (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), syncPatience)
	defer cancel()
	r.drafts.each(func(d *draft.Writer) {
		var waiting *draft.WaitingError
		if closed := d.Close(ctx); errors.As(closed, &waiting) {
			err = closed
		}
	})
	return err
}

// release gives back the draft of a log that is not open and has no changes to keep.
func (r *root) release(id string) {
	if r.forms[id] != nil || r.load != nil && r.load.id == id && !r.load.again {
		return
	}
	r.drafts.giveBack(r.ctx, id)
}

// taken is what came of taking the draft of a log.
type taken struct {
	draft *draft.Writer // nil where there is none to be had
	state *draft.State
	held  *draft.HeldError
	off   error // why drafts are not kept
}

// takeDraft takes the draft of a log, if drafts are kept at all.
func takeDraft(ctx context.Context, o Options, log *model.Log, etag string, over bool) (t taken) {
	if o.Drafts == nil || o.ReadOnly {
		return t
	}
	head := log.Head()
	id := draft.Identity{Server: o.ServerID, LogID: head.ID, PromptID: head.PromptID, ETag: etag}
	d, state, err := o.Drafts.Take(ctx, id, over)
	if d != nil {
		t.draft, t.state = draft.NewWriter(d), state
	}
	if !errors.As(err, &t.held) {
		t.off = err
	}
	return t
}

// revive makes the change set that a draft holds. The log may have moved since: then the change set
// is on what it was, as far as the draft knows, to be put onto the newer reading.
func revive(log *model.Log, s *draft.State) (changes *model.ChangeSet, moved bool) {
	base := log
	if older := outdated(log, s); len(older) > 0 {
		if doc, err := jsonraw.Set(log.Bytes(), older); err == nil {
			if was, err := model.ParseLog(doc); err == nil {
				base, moved = was, true
			}
		}
	}
	changes = model.NewChangeSet(base)
	for _, c := range s.Changes {
		changes.Put(c.Field, c.Edit, true)
	}
	return changes, moved
}

// outdated is what the log held for the fields that a draft knows of, the one in an open editor
// among them, where it holds something else now.
func outdated(log *model.Log, s *draft.State) (older []jsonraw.Edit) {
	for _, f := range model.Form() {
		base, known := s.Base(f)
		if !known || base.Equal(log.Value(f)) {
			continue
		}
		if base.IsAbsent() {
			base = model.Null
		}
		older = append(older, jsonraw.Edit{Name: f.Name, Val: base.Bytes()})
	}
	return older
}

// restore puts the work of a draft into the open form, and says so. Where the log has moved, an
// open editor is closed: its text meets what somebody else wrote.
func (r *root) restore(log *model.Log, t taken) {
	if t.off != nil {
		r.form.Off(t.off)
	}
	if t.state == nil || len(t.state.Changes) == 0 && t.state.Open == nil && t.state.Lent == nil {
		r.sayLost(t.state)
		return
	}
	changes, moved := revive(log, t.state)
	r.form.Rebased(changes, "")
	r.form.Restore(t.state)
	var lent bars.News
	if t.state.Lent != nil {
		lent = r.form.Collect(*t.state.Lent)
		if lent.Text == "" && len(t.state.Changes) == 0 && t.state.Open == nil {
			return // the editor had saved nothing
		}
	}
	met := model.Rebased{}
	if moved {
		r.form.Commit()
		changes = r.form.Changes().Clone()
		if met = changes.Rebase(log); len(met.Conflicts) == 0 {
			r.form.Rebased(changes, "")
		}
	}
	text := "restored unsaved work of " + t.state.Made.Local().Format("2 Jan 15:04")
	if len(met.Merged) > 0 {
		text += "; changed on the server meanwhile and merged: " + names(met.Merged)
	}
	if lent.Text != "" {
		text += "; " + lent.Text
	}
	r.say(bars.News{Level: max(bars.Good, lent.Level), Text: text})
	r.sayLost(t.state)
	if len(met.Conflicts) > 0 {
		r.openConflict(log, met.Conflicts)
	}
}

// sayLost tells what of a draft could not be read.
func (r *root) sayLost(s *draft.State) {
	if s == nil || s.Lost == 0 {
		return
	}
	text := "the end of the draft could not be read: " + figure.Count(int(s.Lost), "byte")
	if s.LostFile != "" {
		text += ", kept in " + s.LostFile
	}
	r.say(bars.News{Level: bars.Warning, Text: text})
}

// draftsMsg tells how many drafts wait.
type draftsMsg struct {
	ids []string
	err error
}

// countDrafts is the command that looks for unsaved work on the server at the start. What is left
// on others cannot be opened here: errata drafts lists it.
func countDrafts(ctx context.Context, o Options) tea.Cmd {
	if o.Drafts == nil {
		return nil
	}
	return func() tea.Msg {
		list, err := o.Drafts.ListOf(ctx, o.ServerID)
		msg := draftsMsg{err: err}
		for _, info := range list {
			msg.ids = append(msg.ids, info.LogID)
		}
		return msg
	}
}

// announce says how many drafts wait, but for the one that is open.
func (r *root) announce(msg draftsMsg) {
	var waiting []string
	for _, id := range msg.ids {
		if id != r.openID {
			waiting = append(waiting, id)
		}
	}
	switch {
	case len(waiting) == 1:
		r.say(bars.News{Level: bars.Warning, Text: "1 unsaved draft: " + waiting[0]})
	case len(waiting) > 1:
		r.say(bars.News{Level: bars.Warning, Text: figure.Count(len(waiting), "unsaved draft") + ": " + strings.Join(waiting, ", ")})
	case msg.err != nil:
		r.say(bars.News{Level: bars.Warning, Text: "a draft cannot be read: " + msg.err.Error()})
	}
}
