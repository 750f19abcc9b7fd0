package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/keys"
)

// awaiting tells whether keys and pastes wait: a log is being read to be opened, a review is being
// made, or the form is at work on a large value. They are for what is there afterwards, whichever
// screen that is.
func (r *root) awaiting() bool {
	switch {
	case r.ask != nil:
		return r.ask.first
	case r.prep != nil:
		return true
	case r.load != nil && !r.load.again && r.review == nil:
		return true
	}
	return r.form != nil && r.top() == screen(r.form) && r.form.Waiting()
}

// wait keeps a key in its turn. esc gives up what is awaited, unless something has been typed
// since: then it is for that.
func (r *root) wait(msg tea.KeyMsg) tea.Cmd {
	if keys.Global.Action(msg.String()) == keys.Close && len(r.typed) == 0 {
		return r.giveUp()
	}
	r.typed = append(r.typed, msg)
	return nil
}

// typeOn carries out what has waited, in order, until something is awaited again.
func (r *root) typeOn() tea.Cmd {
	var cmds []tea.Cmd
	for len(r.typed) > 0 && !r.awaiting() {
		msg := r.typed[0]
		r.typed = r.typed[1:]
		cmds = append(cmds, r.handle(msg))
	}
	return tea.Batch(cmds...)
}

// giveUp ends what is awaited. What was typed for it is not carried out.
func (r *root) giveUp() tea.Cmd {
	r.typed = nil
	switch {
	case r.prep != nil:
		return r.dismissReview()
	case r.load != nil:
		return r.stopReading()
	case r.form != nil:
		r.form.Interrupt()
	}
	return nil
}
