package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/journal"
	"errata/api/judge"
	"errata/api/save"
	"errata/model/judgment"
	"errata/ui/bars"
)

// retractedMsg brings what became of a judgment that was taken back.
type retractedMsg struct {
	act    judge.Act
	result judge.Result
}

// retract undoes an entry of the journal that is a judgment, after a question: a judgment is
// deleted, and a deleted one is made again.
func (t *takingBack) retract(e journal.Entry) {
	act, err := journal.TakeBack(e)
	svc, ok := t.o.Service.(api.Judge)
	switch {
	case t.o.ReadOnly:
		t.say(bars.News{Level: bars.Warning, Text: "not undone: errata is read-only here"})
		return
	case err == nil && !ok:
		err = api.ErrNoJudgments
	}
	if err != nil {
		t.say(failure(err))
		return
	}
	does := "delete the judgment "
	if !act.Remove {
		does = "say again "
	}
	ctx, o := t.ctx, judge.Options{Journal: t.o.judgeRecorder()}
	t.ask = whether(does+told(act)+"?", func() tea.Cmd {
		return func() tea.Msg { return retractedMsg{act, judge.Do(ctx, svc, act, o)} }
	})
}

func told(a judge.Act) string { return a.Evaluator.Title() + ": " + judgment.Words(a.Value) }

// retracted reports what became of it, and reads the log again when it is open.
func (t *takingBack) retracted(msg retractedMsg) tea.Cmd {
	n := bars.News{Level: bars.Good, Text: "undone and verified: " + told(msg.act)}
	if msg.result.Outcome != save.Verified {
		n = bars.News{Level: bars.Bad, Text: told(msg.act) + " " + fate(msg.result)}
	}
	t.say(n)
	if t.openID != msg.act.LogID {
		return nil
	}
	return t.opening.fetch(loading{id: t.openID, again: true, then: func() tea.Cmd { t.say(n); return nil }})
}
