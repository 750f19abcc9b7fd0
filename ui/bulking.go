package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/batch"
	"errata/model/figure"
	"errata/ui/annotate"
	"errata/ui/bars"
	"errata/ui/browse"
	"errata/ui/bulk"
	"errata/ui/redaction"
)

// bulking changes many logs as one batch.
type bulking struct {
	*session
	opening *opening
	left    []batch.Summary // batches that were started before and not finished
}

// leftMsg brings the batches that earlier runs left, and the queue to annotate.
type leftMsg struct {
	list  []batch.Summary
	queue *annotate.Queue // nil for none
}

// resumedMsg brings a batch that is continued.
type resumedMsg struct {
	work bulk.Work
	err  error
}

func (b *bulking) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case browse.ChangeMsg:
		b.open()
	case browse.ResumeMsg:
		return b.resume(), true
	case bulk.CloseMsg:
		return b.close(msg), true
	case bulk.OpenMsg:
		return b.opening.open(msg.ID), true
	case bulk.SureMsg:
		b.sure(msg)
	case bulk.UndoMsg:
		return b.undo(msg.Of), true
	case leftMsg:
		b.announce(msg)
	case resumedMsg:
		return b.resumed(msg), true
	default:
		return nil, false
	}
	return nil, true
}

// open asks what is to be done to the marked logs.
func (b *bulking) open() {
	if b.o.ReadOnly {
		b.say(bars.News{Level: bars.Warning, Text: "read-only: nothing can be changed here"})
		return
	}
	o, err := b.kept()
	if err != nil {
		b.say(bars.News{Level: bars.Bad, Text: "nothing can be changed: " + bars.Reason(err)})
		return
	}
	ids := b.browse.Chosen()
	b.show(bulk.New(b.th, bulk.Options{Divider: &b.rules.bulk, Server: b.o.Server, Logs: len(ids), Help: bulkHelp,
		Begin: func(typed string) (func(context.Context) (bulk.Work, error), error) { return b.bulkWork(typed, o, ids) }}))
}

// sure asks whether a change is to be made that cannot be taken back.
func (b *bulking) sure(msg bulk.SureMsg) {
	b.ask = whether(msg.Question, func() tea.Cmd { return b.bulk.Confirmed() })
}

func (b *bulking) show(m *bulk.Model) {
	b.bulk = m
	m.SetSize(b.w, b.h)
}

// close goes back to the list, which is read again where logs were changed.
func (b *bulking) close(msg bulk.CloseMsg) tea.Cmd {
	b.bulk = nil
	switch {
	case msg.Err != nil:
		b.say(failure(msg.Err))
		return nil
	case !msg.Done:
		return nil
	}
	b.browse.Unmark()
	return tea.Batch(b.browse.Reload(), leftBatches(b.o))
}

// undo shows what takes a batch back, for a review like that of any other change.
func (b *bulking) undo(of batch.Head) tea.Cmd {
	o, err := b.kept()
	if err != nil {
		b.say(failure(err))
		return nil
	}
	m := bulk.New(b.th, bulk.Options{Divider: &b.rules.bulk, Server: b.o.Server})
	b.show(m)
	return m.Begin(func(context.Context) (bulk.Work, error) { return newUndo(o, of) })
}

// leftBatches is the command that looks for batches that were not finished, where logs are listed.
func leftBatches(o Options) tea.Cmd {
	if o.State == "" || o.LogID != "" || o.Compare != nil {
		return nil
	}
	return func() tea.Msg {
		msg := leftMsg{list: batch.Unfinished(o.State, o.ServerID, "")}
		if o.Queue == nil {
			msg.queue, _ = annotate.Left(o.State, o.ServerID) // errata annotate says what cannot be read
		}
		return msg
	}
}

// announce offers what was left.
func (b *bulking) announce(msg leftMsg) {
	b.left = msg.list
	if b.bulk != nil || b.queue != nil {
		return
	}
	text := leftOver(msg)
	if text == "" {
		return
	}
	b.offer = text
	b.sayLater(bars.News{Level: bars.Warning, Text: text})
}

// leftOver offers to continue with the newest batch, and with the queue to annotate; empty for
// neither.
func leftOver(left leftMsg) (text string) {
	if len(left.list) > 0 {
		text = left.list[0].Words + ": " + left.list[0].Left() + "; B goes on"
	}
	if more := len(left.list) - 1; more > 0 {
		text += "; " + figure.Int(more) + " more in errata batch list"
	}
	switch {
	case left.queue == nil:
	case text != "":
		text += "; errata annotate --resume"
	default:
		r := left.queue.Report()
		text = figure.Int(r.Done) + " of " + figure.Count(r.Logs, "log") + " annotated; errata annotate --resume goes on"
	}
	return text
}

// resume continues with what was left last.
func (b *bulking) resume() tea.Cmd {
	switch {
	case b.o.ReadOnly:
		b.say(bars.News{Level: bars.Warning, Text: "read-only: nothing can be changed here"})
		return nil
	case len(b.left) == 0:
		b.say(bars.News{Text: "no change of many logs was left unfinished"})
		return nil
	}
	o, s := b.o, b.left[0]
	open := openWork
	if s.Kind == redaction.Kind {
		open = openRedacting
	}
	return func() tea.Msg {
		work, err := open(o, s)
		return resumedMsg{work, err}
	}
}

// resumed shows how far the batch was, to be continued.
func (b *bulking) resumed(msg resumedMsg) tea.Cmd {
	if msg.err != nil {
		b.say(failure(msg.err))
		return nil
	}
	b.show(bulk.Resume(msg.work, b.th, bulk.Options{Divider: &b.rules.bulk, Server: b.o.Server}))
	cmd, _ := b.bulk.Update(nil) // it reads its rows
	return cmd
}
