package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/model"
	"errata/ui/form"
	"errata/ui/frame"
	"errata/ui/keys"
)

// loading is the reading of a log that is under way.
type loading struct {
	id     string
	token  int
	again  bool // the log is open and is read again
	cancel context.CancelFunc
	queued []tea.Msg // keys and pastes of meanwhile, for the form when it is there
}

// loadedMsg brings a log, or why there is none.
type loadedMsg struct {
	token int
	log   *model.Log
	err   error
}

// open shows a log: at once when it is at hand with changes, else after it was read.
func (r *root) open(id string) tea.Cmd {
	if f, ok := r.forms[id]; ok && f != r.form {
		r.enter(id, f)
		return nil
	}
	return r.fetch(id, false)
}

// fetch starts reading a log; what was being read before is given up.
func (r *root) fetch(id string, again bool) tea.Cmd {
	if r.load != nil {
		r.load.cancel()
	}
	ctx, cancel := context.WithCancel(r.ctx)
	r.tokens++
	r.load = &loading{id: id, token: r.tokens, again: again, cancel: cancel}
	return read(ctx, r.o.Service, id, r.tokens)
}

// read is the command that gets a log.
func read(ctx context.Context, svc api.Service, id string, token int) tea.Cmd {
	return func() tea.Msg {
		doc, err := svc.Log(ctx, id)
		if err != nil {
			return loadedMsg{token: token, err: err}
		}
		log, err := model.ParseLog(doc.Raw)
		if err != nil {
			err = &api.Error{Code: api.BadAnswer, Msg: "the server's answer is no log: " + err.Error(), Err: err}
		}
		return loadedMsg{token, log, err}
	}
}

// loaded shows the log that was read, and gives it the keys that were typed meanwhile. An answer that is no longer waited
// for is dropped.
func (r *root) loaded(msg loadedMsg) tea.Cmd {
	l := r.load
	if l == nil || l.token != msg.token {
		return nil
	}
	r.load = nil
	l.cancel()
	switch {
	case msg.err != nil && r.form == nil && r.browse == nil:
		r.failed = msg.err
		return tea.Quit
	case msg.err != nil:
		r.say(failure(msg.err))
		return nil
	case l.again:
		r.reread(msg.log)
		return nil
	}
	r.enter(l.id, form.New(model.NewChangeSet(msg.log), r.th, form.Options{
		Server: r.o.Server, ReadOnly: r.readOnly(msg.log), Editor: r.o.Editor, TempDir: r.o.TempDir, Tell: r.handle,
	}))
	cmds := []tea.Cmd{r.form.Update(nil)}
	for _, k := range l.queued {
		cmds = append(cmds, r.handle(k))
	}
	return tea.Batch(cmds...)
}

// readOnly says why a log cannot be edited, "" when it can.
func (r *root) readOnly(log *model.Log) string {
	switch kind := log.Head().Kind; {
	case r.o.ReadOnly:
		return "read-only: errata was started with --read-only"
	case kind != "" && kind != "prompt":
		return "a log of kind " + kind + " can only be read here"
	default:
		return ""
	}
}

// enter makes a form the open one. The form that is left is kept if it has changes.
func (r *root) enter(id string, f *form.Model) {
	r.leave()
	r.openID, r.form, r.forms[id] = id, f, f
	f.SetTheme(r.th)
	f.SetSize(r.w, r.h)
}

// leave puts the open form aside.
func (r *root) leave() {
	if r.form == nil {
		return
	}
	r.form.Commit()
	if len(r.form.Changes().Changed()) == 0 {
		delete(r.forms, r.openID)
	}
	r.form, r.openID = nil, ""
}

// reload reads the open log again.
func (r *root) reload() tea.Cmd { return r.fetch(r.openID, true) }

// reread puts the changes on a newer reading of the open log.
func (r *root) reread(log *model.Log) {
	r.form.Commit()
	changes := r.form.Changes().Clone()
	moved, conflicts := changes.Rebase(log)
	switch {
	case len(conflicts) > 0:
		r.say(frame.News{Level: frame.Warning, Text: "changed on the server as well as here: " + names(conflicts) + "; nothing was taken over, r reverts yours"})
		return
	case len(moved) > 0:
		r.form.SetChanges(changes)
		r.say(frame.News{Level: frame.Good, Text: "read again; changed on the server: " + names(moved)})
	default:
		r.form.SetChanges(changes)
		r.say(frame.News{Level: frame.Good, Text: "read again: nothing has changed on the server"})
	}
}

// step opens the next or the previous log of the list.
func (r *root) step(by int) tea.Cmd {
	if r.browse == nil {
		r.say(frame.News{Text: "this log was opened alone: there is no list to step through"})
		return nil
	}
	ids := r.browse.IDs()
	for i, id := range ids {
		if id != r.openID {
			continue
		}
		if i+by < 0 || i+by >= len(ids) {
			r.say(frame.News{Text: "there is no further log in the list"})
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
	r.leave()
	return nil
}

// loadingKey is a key while a log is being read: esc gives up, everything else is kept for the form, in order.
func (r *root) loadingKey(msg tea.KeyMsg) tea.Cmd {
	if keys.Global.Action(msg.String()) == keys.Close {
		return r.giveUp()
	}
	r.load.queued = append(r.load.queued, msg)
	return nil
}

// giveUp stops reading.
func (r *root) giveUp() tea.Cmd {
	r.load.cancel()
	r.load = nil
	if r.form == nil && r.browse == nil {
		return tea.Quit
	}
	r.say(frame.News{Text: "stopped reading"})
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
