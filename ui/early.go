package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// begun begins a command at once. Its message comes once: from wait, which gives nil when the time
// is over, or else from the command that is returned. A panic is raised again there, where the
// terminal can be restored.
func begun(cmd tea.Cmd) (wait func(time.Duration) tea.Msg, late tea.Cmd) {
	type outcome struct {
		msg   tea.Msg
		fault any // of a panic
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			o.fault = recover()
			done <- o
		}()
		o.msg = cmd()
	}()
	take := func(o outcome, here bool) tea.Msg {
		if !here {
			return nil
		}
		close(done)
		if o.fault != nil {
			panic(o.fault)
		}
		return o.msg
	}
	wait = func(most time.Duration) tea.Msg {
		select {
		case o, here := <-done:
			return take(o, here)
		case <-time.After(most):
			return nil
		}
	}
	late = func() tea.Msg {
		o, here := <-done
		return take(o, here)
	}
	return wait, late
}
