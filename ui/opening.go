package ui

import (
	"context"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/judge"
	"errata/model"
	"errata/ui/bars"
	"errata/ui/browse"
	"errata/ui/draft"
	"errata/ui/form"
	"errata/ui/keys"
	"errata/ui/sanitize"
)

// opening reads logs and shows them: the requested one, the open one again, the next of the list.
type opening struct {
	*session
	restoring *restoring
	settling  *settling
	judging   *evaluators
	early     func(time.Duration) tea.Msg // waits for the log that first reads; nil afterwards
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

// lostMsg says that a log of the queue cannot be read.
type lostMsg struct {
	id  string
	err error
}

func (op *opening) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case browse.OpenMsg:
		return op.chosen(msg), true
	case loadedMsg:
		return op.loaded(msg), true
	case waitMsg:
		if mine = op.load != nil && op.load.token == msg.token; mine {
			op.load.why = msg.text
		}
		return msg.more, mine
	case form.ReloadMsg:
		return tea.Batch(op.fetch(loading{id: op.openID, again: true}), op.judging.read(true)), true
	case form.StepMsg:
		return op.step(msg.By), true
	case form.BackMsg:
		return op.back(), true
	case browse.QuitMsg:
		return op.quit(), true
	}
	return nil, false
}

// first reads the log that the program was started with. The reading begins at once: see
// shownEarly.
func (op *opening) first() tea.Cmd {
	reading, why := op.begin(loading{id: op.o.LogID})
	op.early, reading = begun(reading)
	return tea.Batch(reading, why)
}

// frameWait is how long the first frame waits for the first log. A store on this machine takes
// less, and a frame that says that a log is being read takes longer to paint than the log to come.
const frameWait = 20 * time.Millisecond

// shownEarly shows the first log in the first frame, if it comes soon.
func (op *opening) shownEarly() tea.Cmd {
	wait := op.early
	if wait == nil {
		return nil
	}
	op.early = nil
	msg, ok := wait(frameWait).(loadedMsg)
	if !ok {
		return nil
	}
	return op.loaded(msg)
}

// chosen opens a log of the list. A marked one begins a walk of all that are marked.
func (op *opening) chosen(msg browse.OpenMsg) tea.Cmd {
	op.walked = nil
	if msg.Marked {
		op.walked = op.browse.Marked()
	}
	return op.open(msg.ID)
}

// open shows a log: at once when it is at hand with changes, else after it was read.
func (op *opening) open(id string) tea.Cmd {
	f, ok := op.forms[id]
	if !ok {
		return op.fetch(loading{id: id})
	}
	if f != op.form {
		op.enter(id, f)
	}
	return nil
}

// fetch starts reading a log; what was being read before is given up.
func (op *opening) fetch(l loading) tea.Cmd {
	if op.load != nil {
		op.load.cancel()
	}
	reading, why := op.begin(l)
	return tea.Batch(reading, why)
}

// begin notes that a log is being read. It gives the command that reads it, and the one that says
// why that takes long.
func (op *opening) begin(l loading) (reading, why tea.Cmd) {
	ctx, cancel, token, why := op.listening()
	l.token, l.cancel = token, cancel
	op.load = &l
	return read(ctx, op.o, l, &op.drafts), why
}

// read is the command that gets a log, and its draft when it is being opened.
func read(ctx context.Context, o Options, l loading, drafts *shelf) tea.Cmd {
	return func() tea.Msg {
		doc, err := l.read(ctx, o.Service)
		if err != nil {
			return loadedMsg{id: l.id, token: l.token, err: err}
		}
		spare(len(doc.Raw))
		log, err := doc.Log()
		if err != nil {
			return loadedMsg{id: l.id, token: l.token, err: &api.Error{Code: api.BadAnswer, Msg: "the server's answer is not a log: " + err.Error(), Err: err}}
		}
		msg := loadedMsg{id: l.id, token: l.token, log: log, etag: doc.ETag}
		if !l.again {
			msg.taken = drafts.open(l.id, func() taken { return takeDraft(ctx, o, log, doc.ETag, l.over) })
		}
		return msg
	}
}

// read reads the log, unless that was done ahead.
func (l *loading) read(ctx context.Context, svc api.Service) (api.Document, error) {
	if l.doc != nil {
		return *l.doc, nil
	}
	return svc.Log(ctx, l.id)
}

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
func (op *opening) loaded(msg loadedMsg) tea.Cmd {
	l := op.load
	if l == nil || l.token != msg.token {
		op.release(msg.id)
		return nil
	}
	op.load = nil
	l.cancel()
	if msg.err != nil {
		op.release(l.id) // an earlier reading may have left one
		l.isAmiss()
	}
	switch {
	case msg.err != nil && op.queue != nil && op.queue.Has(l.id) && !l.again:
		op.typed = nil // it was for the log
		return func() tea.Msg { return lostMsg{l.id, msg.err} }
	case msg.err != nil && op.form == nil && op.browse == nil:
		op.failed = msg.err
		return tea.Quit
	case msg.err != nil:
		op.typed = nil // it was for the log
		if api.CodeOf(msg.err) == api.NotFound {
			op.walked = slices.DeleteFunc(op.walked, func(id string) bool { return id == l.id })
		}
		op.say(failure(msg.err))
		return nil
	case l.again:
		return op.soon(func() tea.Cmd {
			if op.openID != l.id {
				return nil
			}
			op.reread(msg.log, msg.etag)
			return l.thenDo()
		})
	case msg.taken.held != nil:
		op.askHeld(l, msg)
		return nil
	}
	return op.show(l, msg, op.o.readOnly(msg.log))
}

// show opens the form on a log that was read. What it can be judged with is read from then on.
func (op *opening) show(l *loading, msg loadedMsg, readOnly string) tea.Cmd {
	judged := op.judging.read(false)
	options := form.Options{Server: op.o.Server, ReadOnly: readOnly, Editor: op.o.Editor, EditorEnv: op.o.EditorEnv, TempDir: op.o.TempDir, Prices: op.o.Prices, Searched: &op.last, Repeated: &op.again, Dividers: &op.divided,
		Author: op.o.Author, NewJudgment: judge.NewID, Rubric: op.rubric}
	annotated := op.queue != nil && op.queue.Has(l.id)
	if annotated {
		options.Annotating = op.strip
	}
	if msg.taken.draft != nil {
		op.drafts.put(l.id, taken{draft: msg.taken.draft})
		options.Keeper, options.EditorFile = msg.taken.draft, msg.taken.draft.EditorFile
	}
	op.enter(l.id, form.New(model.NewChangeSet(msg.log), op.th, options))
	op.restoring.restore(msg.log, msg.taken)
	op.sayUnsaid()
	if annotated {
		op.form.Stand(op.place)
	}
	then := l.thenDo()
	settled, _ := op.form.Update(nil)
	return tea.Batch(then, settled, op.lit(), judged)
}

// lit marks in the log that was opened what the list was searched for.
func (op *opening) lit() tea.Cmd {
	if op.browse == nil {
		return nil
	}
	if last := op.browse.Lit(); last.Query != "" {
		return op.form.Light(last, op.browse.Search())
	}
	return nil
}

// isAmiss does what is to be done when the log is not shown.
func (l *loading) isAmiss() {
	if l.amiss != nil {
		l.amiss()
	}
}

// thenDo does what a log was read for.
func (l *loading) thenDo() tea.Cmd {
	if l.then == nil {
		return nil
	}
	return l.then()
}

// askHeld asks what to do about a log whose unsaved work another errata holds.
func (op *opening) askHeld(l *loading, msg loadedMsg) {
	who := holderOf(msg.taken.held) + " has this log's draft"
	op.ask = &question{
		first: true,
		text:  who + ": ",
		more:  aboutHolder(l.id, msg.taken.held, time.Now()),
		table: heldKeys, answers: heldAnswers,
		keys: map[string]func() tea.Cmd{
			"r": func() tea.Cmd { return op.show(l, msg, "read-only: "+who) },
			"t": func() tea.Cmd { return op.fetch(loading{id: l.id, over: true, then: l.then, amiss: l.amiss}) },
		},
		no: func() tea.Cmd {
			op.typed = nil
			l.isAmiss()
			if op.form == nil && op.browse == nil {
				return tea.Quit
			}
			return nil
		},
	}
}

// heldKeys are the answers about a draft that another errata holds.
var heldKeys = keys.Table("Question", func() []keys.Binding {
	return []keys.Binding{
		keys.Bind(keys.Read, "look at the log, and change nothing", "r").Hinted("read only"),
		keys.Bind(keys.Take, "take the draft over", "t").Hinted("take over"),
		keys.Bind(keys.Close, "leave it alone", "esc").Hinted("leave"),
	}
})

var heldAnswers = []phrase{{"r read only", "r"}, {", ", ""}, {"t take over", "t"}, {", ", ""}, {"esc leave", "esc"}}

// holderOf names who has a draft.
func holderOf(by *draft.HeldError) string {
	if by.PID == 0 {
		return "another errata"
	}
	return "process " + strconv.Itoa(by.PID)
}

// aboutHolder says who holds the draft of a log, where, since when, and what the answers do.
func aboutHolder(id string, by *draft.HeldError, now time.Time) []phrase {
	lines := []phrase{{text: "Somebody edits " + id + " in another errata."}, {}}
	add := func(what, text, key string) {
		if text != "" {
			lines = append(lines, phrase{"  " + sanitize.Fit(what, 8) + text, key})
		}
	}
	add("who", by.Who, "")
	add("where", by.Where, "")
	if !by.Since.IsZero() {
		add("since", by.Since.Local().Format("2 Jan 2006 15:04")+", "+model.Ago(by.Since, now), "")
	}
	lines = append(lines, phrase{})
	add("r", "look at the log as the server has it, and change nothing", "r")
	add("t", "take its unsaved work over; the other one keeps no draft any more", "t")
	add("esc", "leave it alone", "esc")
	return lines
}

// readOnly says why a log cannot be edited, "" when it can.
func (o Options) readOnly(log *model.Log) string {
	switch kind := log.Head().Kind; {
	case o.ReadOnly:
		return "read-only: so it was started, or set in the profile, or the store cannot be written"
	case kind != "" && kind != "prompt" && kind != "agent":
		return "a log of kind " + kind + " can only be read here"
	default:
		return ""
	}
}

// reread puts the changes on a newer reading of the open log.
func (op *opening) reread(log *model.Log, etag string) {
	op.form.Commit()
	changes := op.form.Changes().Clone()
	met := changes.Rebase(log)
	switch {
	case len(met.Conflicts) > 0:
		op.settling.open(log, met.Conflicts)
	case len(met.Merged) > 0:
		op.form.Rebased(changes, etag)
		op.say(bars.News{Level: bars.Good, Text: "read again; changed on the server: " + model.Names(met.Moved) + "; merged with yours: " + model.Names(met.Merged)})
	case len(met.Moved) > 0:
		op.form.Rebased(changes, etag)
		op.say(bars.News{Level: bars.Good, Text: "read again; changed on the server: " + model.Names(met.Moved)})
	default:
		op.form.Rebased(changes, etag)
		op.say(bars.News{Level: bars.Good, Text: "read again: nothing has changed on the server"})
	}
}

// step opens the next or the previous log of the list.
func (op *opening) step(by int) tea.Cmd {
	var ids []string
	of := "in the list"
	switch {
	case op.browse == nil:
		op.unsaid = bars.News{}
		op.say(bars.News{Text: "this log was opened alone: there is no list to step through"})
		return nil
	case slices.Contains(op.walked, op.openID):
		ids, of = op.walked, "that is marked"
	default:
		ids = op.browse.IDs()
	}
	at := slices.Index(ids, op.openID)
	switch {
	case at < 0:
		return nil
	case at+by < 0 || at+by >= len(ids):
		op.unsaid = bars.News{}
		op.say(bars.News{Text: "there is no further log " + of})
		return nil
	}
	op.browse.Select(ids[at+by])
	return op.open(ids[at+by])
}

// back leaves the form for the list, or the program when there is none.
func (op *opening) back() tea.Cmd {
	if op.browse == nil {
		return op.quit()
	}
	if left := op.leave(); left.Text != "" {
		op.say(left)
	}
	return nil
}

// stop stops reading a log.
func (op *opening) stop() tea.Cmd {
	op.load.cancel()
	op.load.isAmiss()
	op.load = nil
	if op.form == nil && op.browse == nil {
		return tea.Quit
	}
	op.say(bars.News{Text: "stopped reading"})
	return nil
}
