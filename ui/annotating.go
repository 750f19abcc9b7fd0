package ui

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/save"
	"errata/model"
	"errata/model/figure"
	"errata/ui/annotate"
	"errata/ui/bars"
	"errata/ui/browse"
	"errata/ui/form"
)

// annotating works through a queue of logs: the next one is read ahead, and what was said of one is
// sent while the next is shown.
type annotating struct {
	*session
	opening *opening
	sending *sending
	ahead   map[string]*ahead // by log id
	flights map[int]flight    // by token
	warned  string            // the log that the next ctrl+n completes without evaluators

	greeting string // said when the first log of the queue is shown, "" for nothing
}

// Bounds of what is read ahead.
const (
	aheadLogs  = 3
	aheadBytes = 64 << 20
)

// ahead is a log that was, or is being, read ahead.
type ahead struct {
	doc *api.Document // nil while it is being read
}

// aheadMsg brings a log that was read ahead.
type aheadMsg struct {
	id  string
	doc api.Document
	err error
}

// flight is a log that is being sent.
type flight struct {
	id     string
	cancel context.CancelFunc
	saving *saving
}

// flownMsg brings what came of sending a log of the queue.
type flownMsg struct{ savedMsg }

func (a *annotating) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case browse.AnnotateMsg:
		return a.beginOn(msg), true
	case form.CompleteMsg:
		return a.complete(), true
	case form.SkipMsg:
		return a.skip(), true
	case form.StepMsg:
		if mine = a.queue != nil && a.queue.Has(a.openID); mine {
			cmd = a.step(msg.By)
		}
		return cmd, mine
	case aheadMsg:
		a.cameAhead(msg)
		return nil, true
	case lostMsg:
		return a.lost(msg), true
	case flownMsg:
		return a.landed(msg), true
	case waitMsg:
		_, mine := a.flights[msg.token]
		return msg.more, mine
	}
	return nil, false
}

// first shows the log with which the queue goes on.
func (a *annotating) first() tea.Cmd {
	a.start(a.o.Queue)
	return a.resume()
}

// start works on a queue from here on.
func (a *annotating) start(q *annotate.Queue) {
	a.queue, a.strip = q, &form.Annotating{}
	a.ahead, a.flights, a.flying = map[string]*ahead{}, map[int]flight{}, map[string]bool{}
	a.slots()
	a.progress()
}

// resume shows the log that was shown last, or the next one that is to be done.
func (a *annotating) resume() tea.Cmd {
	id := a.queue.At()
	if state, _ := a.queue.Of(id); state != annotate.Waiting && state != annotate.Failed {
		id = a.queue.Next(id)
	}
	if id == "" && a.queue.Len() > 0 {
		id = a.queue.IDs()[0]
	}
	return a.show(id)
}

// beginOn begins a queue of logs of the list.
func (a *annotating) beginOn(msg browse.AnnotateMsg) tea.Cmd {
	switch {
	case a.o.NewQueue == nil:
		a.say(bars.News{Text: "logs are annotated where work can be kept: this store is thrown away"})
		return nil
	case len(a.flying) > 0:
		a.say(bars.News{Level: bars.Warning, Text: "logs of the queue before are still being sent"})
		return nil
	case len(msg.IDs) == 0:
		a.say(bars.News{Text: "there is no log to annotate"})
		return nil
	}
	a.close()
	q, err := a.o.NewQueue(msg.IDs)
	if err != nil {
		a.say(bars.News{Level: bars.Bad, Text: "no queue can be kept: " + bars.Reason(err)})
		return nil
	}
	a.start(q)
	if done := q.Count(annotate.Done); done+q.Count(annotate.Skipped)+q.Count(annotate.Failed) > 0 {
		a.greeting = fmt.Sprintf("the queue of these logs goes on where it was left: %s of %s done", figure.Int(done), figure.Count(q.Len(), "log"))
	}
	return a.resume()
}

// greet says, once, what is to be known of a queue when its first log is shown.
func (a *annotating) greet() tea.Cmd {
	if a.greeting != "" {
		a.say(bars.News{Text: a.greeting})
		a.greeting = ""
	}
	return nil
}

// close gives the queue back.
func (a *annotating) close() {
	if a.queue != nil {
		_ = a.queue.Close() // what was done is written
		a.queue, a.strip, a.place = nil, nil, form.Place{}
	}
}

// complete sends what was said and changed of the open log, and shows the next one.
func (a *annotating) complete() tea.Cmd {
	id := a.openID
	a.leaving = false
	if a.flying[id] {
		a.say(bars.News{Level: bars.Warning, Text: "this log is being sent already"})
		return nil
	}
	if why := a.unjudged(); why != "" && a.warned != id {
		a.warned = id
		a.say(bars.News{Level: bars.Warning, Text: "not completed: " + why + "; ctrl+n again completes it without them"})
		return nil
	}
	if a.form.Unsent() == 0 {
		a.note(a.queue.Complete(id, 0, time.Now()))
		return a.next(id)
	}
	cmd := a.send(id)
	return tea.Batch(cmd, a.next(id))
}

// unjudged is why a log cannot be judged with the evaluators of the queue, where it is to be:
// nobody completes it without having seen that. "" if it can, and where the server takes no
// judgments.
func (a *annotating) unjudged() string {
	wanted := len(a.o.Annotate) == 0 || slices.ContainsFunc(a.o.Annotate, func(e annotate.Entry) bool { return e.Evaluator != "" })
	switch {
	case !wanted:
		return ""
	case a.rubric.Coming:
		return "the evaluators are still being read"
	case a.rubric.Locked != api.ErrNoJudgments.Error():
		return a.rubric.Locked
	}
	return ""
}

// send sends what was said and changed of the open log, while others are shown.
func (a *annotating) send(id string) tea.Cmd {
	acts := acts(a.form)
	for i := range acts {
		acts[i].Completed = true
	}
	ctx, cancel, token, why := a.listening()
	sent := a.form.Changes().Clone()
	p := &saving{id: id, token: token, cancel: cancel, sent: sent, left: true}
	a.flights[token], a.flying[id] = flight{id: id, cancel: cancel, saving: p}, true
	a.note(a.queue.Send(id))
	save := put(ctx, a.o, sent, nil, acts, token)
	return tea.Batch(func() tea.Msg { return flownMsg{save().(savedMsg)} }, why)
}

// landed takes what came of sending a log: one that failed is the next one.
func (a *annotating) landed(msg flownMsg) tea.Cmd {
	f, ok := a.flights[msg.token]
	if !ok {
		return nil
	}
	f.cancel()
	delete(a.flights, msg.token)
	delete(a.flying, f.id)
	late := a.sending.savedLate(f.id, f.saving.sent, msg.savedMsg)
	switch {
	case holds(msg.savedMsg):
		a.note(a.queue.Complete(f.id, countDone(msg.judged), time.Now()))
	case api.CodeOf(msg.result.Err) == api.NotFound:
		a.note(a.queue.Drop(f.id, "was deleted on the server"))
		a.say(bars.News{Level: bars.Bad, Text: a.notSent(f.id)})
	default:
		why := whyBack(msg.savedMsg)
		a.note(a.queue.Judged(f.id, countDone(msg.judged)))
		a.note(a.queue.Fail(f.id, why))
		a.say(bars.News{Level: bars.Bad, Text: a.notSent(f.id)})
	}
	a.progress()
	if holds(msg.savedMsg) && a.queue.Finished() {
		a.sayLast()
	}
	settled, _ := a.pass(nil)
	if a.leaving && len(a.flights) == 0 {
		return tea.Batch(late, settled, a.quit())
	}
	return tea.Batch(late, settled)
}

// whyBack is the reason why a log comes back, and what to do where sending it again does not help.
func whyBack(msg savedMsg) string {
	if msg.result.Outcome == save.Conflict {
		return model.Names(msg.result.Conflicts) + " changed on the server as well; ctrl+s settles it"
	}
	return outcomeOf(msg.result, msg.judged).Text
}

// skip leaves the open log for later.
func (a *annotating) skip() tea.Cmd {
	id := a.openID
	a.note(a.queue.Skip(id))
	return a.next(id)
}

// step shows a log before or behind the open one, which stays as it is.
func (a *annotating) step(by int) tea.Cmd {
	to := a.queue.Beside(a.openID, by)
	if to == "" {
		a.say(bars.News{Text: "there is no further log in the queue"})
		return nil
	}
	return a.show(to)
}

// next shows the log to continue with behind another.
func (a *annotating) next(id string) tea.Cmd {
	a.progress()
	if to := a.queue.Next(id); to != "" {
		return a.show(to)
	}
	a.sayLast()
	return nil
}

// sayLast says that no log is left to be shown.
func (a *annotating) sayLast() {
	text := "that was the last: " + a.strip.Progress + "; q leaves"
	if len(a.flights) > 0 {
		text = "that was the last; " + figure.Count(len(a.flights), "log") + " being sent …"
	}
	a.say(bars.News{Level: bars.Good, Text: text})
}

// show opens a log of the queue, and reads those behind it ahead.
func (a *annotating) show(id string) tea.Cmd {
	if id == "" {
		a.say(bars.News{Text: "no log is left in the queue"})
		return nil
	}
	a.note(a.queue.Show(id))
	var cmd tea.Cmd
	if f, ok := a.forms[id]; ok {
		if f != a.form {
			a.enter(id, f)
		}
		_ = a.greet() // it asks for nothing
	} else {
		l := loading{id: id, then: a.greet}
		if one := a.ahead[id]; one != nil {
			l.doc = one.doc
		}
		cmd = a.opening.fetch(l)
	}
	delete(a.ahead, id)
	if _, a.strip.Failed = a.queue.Of(id); a.strip.Failed != "" {
		a.say(bars.News{Level: bars.Bad, Text: a.strip.Failed})
	}
	return tea.Batch(cmd, a.readAhead(id))
}

// readAhead is the command that reads the logs behind one.
func (a *annotating) readAhead(id string) tea.Cmd {
	var cmds []tea.Cmd
	held := 0
	for _, one := range a.ahead {
		if one.doc != nil {
			held += len(one.doc.Raw)
		}
	}
	ctx, svc := a.ctx, a.o.Service
	for next, n := a.queue.Next(id), 0; n < aheadLogs && next != "" && next != id && held <= aheadBytes; next, n = a.queue.Next(next), n+1 {
		if a.ahead[next] == nil && a.forms[next] == nil {
			a.ahead[next] = &ahead{}
			cmds = append(cmds, func() tea.Msg {
				doc, err := svc.Log(ctx, next)
				return aheadMsg{next, doc, err}
			})
		}
	}
	return tea.Batch(cmds...)
}

// cameAhead keeps a log that was read ahead, until it is shown.
func (a *annotating) cameAhead(msg aheadMsg) {
	switch one := a.ahead[msg.id]; {
	case one == nil:
	case msg.err != nil:
		delete(a.ahead, msg.id) // it is read again when it is its turn, and the error told then
	default:
		one.doc = &msg.doc
	}
}

// lost takes a log of the queue that cannot be read. One that is not there any more is passed over.
func (a *annotating) lost(msg lostMsg) tea.Cmd {
	switch {
	case api.CodeOf(msg.err) == api.NotFound:
		a.note(a.queue.Skip(msg.id))
		a.sayLater(failure(msg.err))
		return a.next(msg.id)
	case a.form == nil && a.browse == nil:
		a.failed = msg.err
		return tea.Quit
	}
	a.say(failure(msg.err))
	return nil
}

// note says what of the queue could not be written. The work goes on.
func (a *annotating) note(err error) {
	if err != nil {
		a.say(bars.News{Level: bars.Bad, Text: "the place in the queue is not kept: " + bars.Reason(err)})
	}
}
