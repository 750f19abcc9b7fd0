package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/history"
	"errata/ui/keys"
)

// awaiting reports whether keys and pastes wait: a log is being read to be opened, a review is
// being made, the evaluators of a queue or the first entries of the history are read, or the form
// is at work on a large value. They are for what is there afterwards, whichever screen that is.
func (r *root) awaiting() bool {
	switch {
	case r.ask != nil:
		return r.ask.first
	case r.reviewing.prep != nil:
		return true
	case r.load != nil && !r.load.again && r.review == nil, r.digitsCome(), r.pastComes():
		return true
	}
	return r.form != nil && r.top() == screen(r.form) && r.form.Waiting()
}

// digitsCome reports whether it is not known yet what is on the digits of the log that is shown.
func (r *root) digitsCome() bool {
	return r.strip != nil && r.rubric.Coming && r.form != nil && r.top() == screen(r.form)
}

// pastComes reports whether the screen of what was sent has nothing to show yet.
func (r *root) pastComes() bool {
	return r.past != nil && r.top() == screen(r.past) && r.past.Reading()
}

// awaited reports whether what is on the screen waits for something: a log, a list, the answer to a
// PATCH, a review, or work on a large value.
func (r *root) awaited() bool {
	switch {
	case r.covered():
		return false
	case r.reviewing.prep != nil, r.load != nil && r.review == nil, r.sending.awaited(), r.digitsCome():
		return true
	}
	top, ok := r.top().(interface{ Busy() bool })
	return ok && top.Busy()
}

// wait keeps a key in its turn. The help opens, esc gives up what is awaited, and so does the key
// that leaves a log while one is being read, unless something has been typed since: then they are
// for that. leaves says that the key leaves the log from which the reading was started as well, as
// it would leave the one that is read.
func (r *root) wait(msg tea.KeyMsg, action keys.Action) (cmd tea.Cmd, leaves bool) {
	back := r.load != nil && r.reviewing.prep == nil && keys.Form.Action(msg.String()) == keys.Back
	switch {
	case len(r.typed) > 0:
	case action == keys.Close, back, r.pastComes() && keys.HistoryScreen.Action(msg.String()) == keys.Back:
		onward := back && r.form != nil
		return r.giveUp(), onward
	case action == keys.Help:
		r.openHelp()
		return nil, false
	}
	r.typed = append(r.typed, msg)
	return nil, false
}

// giveUp ends what is awaited. What was typed for it is not carried out.
func (r *root) giveUp() tea.Cmd {
	r.typed = nil
	switch {
	case r.reviewing.prep != nil:
		r.reviewing.dismiss()
		cmd, _ := r.pass(nil)
		return cmd
	case r.load != nil:
		return r.opening.stop()
	case r.digitsCome():
		r.rubric.Coming = false
	case r.pastComes():
		return func() tea.Msg { return history.CloseMsg{} }
	case r.form != nil:
		r.form.Interrupt()
	}
	return nil
}

// interrupt cancels what is running, else quits.
func (r *root) interrupt() tea.Cmd {
	switch {
	case r.sending.awaited():
		r.sending.stopWaiting()
	case r.reviewing.prep != nil, r.load != nil:
		return r.giveUp()
	case r.form != nil && r.form.Interrupt():
		r.typed = nil
	case r.form == nil && r.bulk != nil && r.bulk.Interrupt():
	case r.form == nil && r.browse != nil && r.browse.Interrupt():
	default:
		return r.quit()
	}
	return nil
}
