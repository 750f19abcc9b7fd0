package ui

import (
	"context"
	"runtime/debug"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/journal"
	"errata/model"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/form"
)

// loading is the reading of a log that is under way.
type loading struct {
	id     string
	token  int
	again  bool           // the log is open and is read again
	over   bool           // its draft is taken from whoever holds it
	undo   *journal.Entry // an entry to take back once the log is there
	cancel context.CancelFunc
	why    string // it takes long
}

// loadedMsg brings a log, or why there is none.
type loadedMsg struct {
	id    string
	token int
	log   *model.Log
	etag  string
	taken taken
	err   error
}

// open shows a log: at once when it is at hand with changes, else after it was read.
func (r *root) open(id string) tea.Cmd {
	f, ok := r.forms[id]
	if !ok {
		return r.fetch(loading{id: id})
	}
	if f != r.form {
		r.enter(id, f)
	}
	return nil
}

// fetch starts reading a log; what was being read before is given up.
func (r *root) fetch(l loading) tea.Cmd {
	if r.load != nil {
		r.load.cancel()
	}
	ctx, cancel := context.WithCancel(r.ctx)
	r.tokens++
	l.token, l.cancel = r.tokens, cancel
	r.load = &l
	ctx, why := listening(ctx, l.token)
	return tea.Batch(read(ctx, r.o, l, &r.drafts), why)
}

// read is the command that gets a log, and its draft when it is being opened.
func read(ctx context.Context, o Options, l loading, drafts *shelf) tea.Cmd {
	return func() tea.Msg {
		doc, err := o.Service.Log(ctx, l.id)
		if err != nil {
			return loadedMsg{id: l.id, token: l.token, err: err}
		}
		spare(len(doc.Raw))
		log, err := doc.Log()
		if err != nil {
			return loadedMsg{id: l.id, token: l.token, err: &api.Error{Code: api.BadAnswer, Msg: "the server's answer is no log: " + err.Error(), Err: err}}
		}
		msg := loadedMsg{id: l.id, token: l.token, log: log, etag: doc.ETag}
		if !l.again {
			msg.taken = drafts.open(l.id, func() taken { return takeDraft(ctx, o, log, doc.ETag, l.over) })
		}
		return msg
	}
}

// large is the size from which it matters how much memory is held.
const large = 16 << 20

// spare keeps down what the collector leaves beside a large log, which by default is as much again
// as is in use. The collector does not look into a log's bytes, so that it may come more often.
func spare(size int) {
	const percent = 25
	if size >= large {
		debug.SetGCPercent(percent)
	}
}

// loaded shows the log that was read. An answer that is no longer waited for is dropped, with the
// draft that came with it.
func (r *root) loaded(msg loadedMsg) tea.Cmd {
	l := r.load
	if l == nil || l.token != msg.token {
		r.release(msg.id)
		return nil
	}
	r.load = nil
	l.cancel()
	if msg.err != nil {
		r.release(l.id) // an earlier reading may have left one
	}
	switch {
	case msg.err != nil && r.form == nil && r.browse == nil:
		r.failed = msg.err
		return tea.Quit
	case msg.err != nil:
		r.typed = nil // it was for the log
		r.say(failure(msg.err))
		return nil
	case l.again:
		return r.soon(func() tea.Cmd {
			if r.openID != l.id {
				return nil
			}
			r.reread(msg.log, msg.etag)
			return r.undoOf(l)
		})
	case msg.taken.held != nil:
		r.askHeld(l, msg)
		return nil
	}
	return r.show(l, msg, r.readOnly(msg.log))
}

// show opens the form on a log that was read.
func (r *root) show(l *loading, msg loadedMsg, readOnly string) tea.Cmd {
	o := form.Options{Server: r.o.Server, ReadOnly: readOnly, Editor: r.o.Editor, EditorEnv: r.o.EditorEnv, TempDir: r.o.TempDir, Prices: r.o.Prices, Searched: &r.last}
	if msg.taken.draft != nil {
		r.drafts.put(l.id, taken{draft: msg.taken.draft})
		o.Keeper, o.EditorFile = msg.taken.draft, msg.taken.draft.EditorFile
	}
	r.enter(l.id, form.New(model.NewChangeSet(msg.log), r.th, o))
	r.restore(msg.log, msg.taken)
	r.sayUnsaid()
	undo := r.undoOf(l)
	settled, _ := r.form.Update(nil)
	return tea.Batch(undo, settled)
}

// undoOf takes back the entry for which a log was read, if it was.
func (r *root) undoOf(l *loading) tea.Cmd {
	if l.undo == nil {
		return nil
	}
	return r.inverse(*l.undo)
}

// askHeld asks what to do about a log whose unsaved work another errata holds.
func (r *root) askHeld(l *loading, msg loadedMsg) {
	who := "another errata has this log's draft"
	if pid := msg.taken.held.PID; pid != 0 {
		who = "process " + strconv.Itoa(pid) + " has this log's draft"
	}
	r.ask = &question{
		first: true,
		text:  who + ": r read only, t take over, esc leave",
		keys: map[string]func() tea.Cmd{
			"r": func() tea.Cmd { return r.show(l, msg, "read-only: "+who) },
			"t": func() tea.Cmd { return r.fetch(loading{id: l.id, over: true, undo: l.undo}) },
		},
		no: func() tea.Cmd {
			r.typed = nil
			if r.form == nil && r.browse == nil {
				return tea.Quit
			}
			return nil
		},
	}
}

// readOnly says why a log cannot be edited, "" when it can.
func (r *root) readOnly(log *model.Log) string {
	switch kind := log.Head().Kind; {
	case r.o.ReadOnly:
		return "read-only: so it was started, or set in the profile, or the store cannot be written"
	case kind != "" && kind != "prompt" && kind != "agent":
		return "a log of kind " + kind + " can only be read here"
	default:
		return ""
	}
}

// enter makes a form the open one. The form that is left is kept if it has changes, and they are
// named.
func (r *root) enter(id string, f *form.Model) {
	left := r.leave()
	r.openID, r.form, r.forms[id] = id, f, f
	f.SetTheme(r.th)
	f.SetSize(r.w, r.h)
	if left.Text != "" {
		r.say(left)
	}
}

// leave puts the open form aside, and says what of it was not sent.
func (r *root) leave() (left bars.News) {
	if r.form == nil {
		return left
	}
	r.form.Commit()
	if n := len(r.form.Changes().Changed()); n > 0 {
		left = bars.News{Level: bars.Warning, Text: r.openID + ": " + figure.Count(n, "changed field") + " not sent"}
		if r.form.Kept() {
			left.Text += "; the draft stays"
		}
	} else {
		delete(r.forms, r.openID)
		r.release(r.openID)
	}
	r.form, r.openID = nil, ""
	return left
}

// reload reads the open log again.
func (r *root) reload() tea.Cmd { return r.fetch(loading{id: r.openID, again: true}) }

// reread puts the changes on a newer reading of the open log.
func (r *root) reread(log *model.Log, etag string) {
	r.form.Commit()
	changes := r.form.Changes().Clone()
	met := changes.Rebase(log)
	switch {
	case len(met.Conflicts) > 0:
		r.openConflict(log, met.Conflicts)
	case len(met.Merged) > 0:
		r.form.Rebased(changes, etag)
		r.say(bars.News{Level: bars.Good, Text: "read again; changed on the server: " + names(met.Moved) + "; merged with yours: " + names(met.Merged)})
	case len(met.Moved) > 0:
		r.form.Rebased(changes, etag)
		r.say(bars.News{Level: bars.Good, Text: "read again; changed on the server: " + names(met.Moved)})
	default:
		r.form.Rebased(changes, etag)
		r.say(bars.News{Level: bars.Good, Text: "read again: nothing has changed on the server"})
	}
}

// step opens the next or the previous log of the list.
func (r *root) step(by int) tea.Cmd {
	if r.browse == nil {
		r.say(bars.News{Text: "this log was opened alone: there is no list to step through"})
		return nil
	}
	ids := r.browse.IDs()
	for i, id := range ids {
		if id != r.openID {
			continue
		}
		if i+by < 0 || i+by >= len(ids) {
			r.say(bars.News{Text: "there is no further log in the list"})
			return nil
		}
		r.browse.Select(ids[i+by])
		return r.open(ids[i+by])
	}
	return nil
}

// back leaves the form for the list, or the program when there is none.
func (r *root) back() tea.Cmd {
	if r.browse == nil {
		return r.quit()
	}
	if left := r.leave(); left.Text != "" {
		r.say(left)
	}
	return nil
}

// stopReading stops reading a log.
func (r *root) stopReading() tea.Cmd {
	r.load.cancel()
	r.load = nil
	if r.form == nil && r.browse == nil {
		return tea.Quit
	}
	r.say(bars.News{Text: "stopped reading"})
	return nil
}

// names lists fields in a sentence.
func names(fields []*model.Field) string {
	text := ""
	for i, f := range fields {
		if i > 0 {
			text += ", "
		}
		text += f.Name
	}
	return text
}
