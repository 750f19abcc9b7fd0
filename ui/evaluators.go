package ui

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/api/judge"
	"errata/model/judgment"
	"errata/ui/form"
)

// evaluators reads the evaluators of the server once a log is shown, and gives them to the forms.
type evaluators struct {
	*session
	asked bool // they are being read, or were read
}

// evaluatorsMsg brings the evaluators, or why there are none.
type evaluatorsMsg struct {
	list []judgment.Evaluator
	err  error
}

func (e *evaluators) take(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	m, mine := msg.(evaluatorsMsg)
	if !mine {
		return nil, false
	}
	e.rubric = rubric(m)
	e.slots()
	var cmds []tea.Cmd
	for _, f := range e.forms {
		f.SetRubric(e.rubric)
		settled, _ := f.Update(nil)
		cmds = append(cmds, settled)
	}
	return tea.Batch(cmds...), true
}

// read is the command that reads the evaluators. It is nil when they were read already, unless
// again is set.
func (e *evaluators) read(again bool) tea.Cmd {
	if e.asked && !again {
		return nil
	}
	first := !e.asked
	e.asked = true
	svc, ok := listerOf(e.o.Service)
	if !ok {
		e.rubric = form.Rubric{Locked: api.ErrNoJudgments.Error()}
		return nil
	}
	if first {
		e.rubric = form.Rubric{Note: "reading the evaluators …", Coming: true}
		e.slots()
	}
	ctx := e.ctx
	return func() tea.Msg {
		list, _, err := judge.Evaluators(ctx, svc)
		return evaluatorsMsg{list, err}
	}
}

// rubric is the answer for a form: the evaluators for people.
func rubric(msg evaluatorsMsg) (r form.Rubric) {
	switch {
	case errors.Is(msg.err, api.ErrNoJudgments):
		r.Locked = api.ErrNoJudgments.Error()
	case msg.err != nil:
		r.Locked = "the evaluators cannot be read: " + msg.err.Error() + "; R tries again"
	}
	r.List = judgment.ForPeople(msg.list)
	if len(r.List) == 0 && r.Locked == "" {
		r.Note = form.NoEvaluators
	}
	return r
}

// listerOf is the service as one that lists evaluators; ok reports whether logs can be judged
// there.
func listerOf(svc api.Service) (lister judge.Lister, ok bool) {
	lister, ok = svc.(judge.Lister)
	_, judges := svc.(api.Judge)
	return lister, ok && judges
}
