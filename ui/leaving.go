package ui

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"
)

// question is something that a person must answer with yes or no before anything else.
type question struct {
	text string
	yes  func() tea.Cmd
}

// quit ends the program, after asking when changes would be lost.
func (r *root) quit() tea.Cmd {
	if r.form != nil {
		r.form.Commit()
	}
	fields, logs := r.unsaved()
	if fields == 0 {
		return tea.Quit
	}
	text := count(fields, "changed field") + " not sent"
	if logs > 1 {
		text = count(fields, "changed field") + " in " + count(logs, "log") + " not sent"
	}
	r.ask = &question{text: text + ": quit and lose them? y / n", yes: func() tea.Cmd { return tea.Quit }}
	return nil
}

// unsaved counts what would be lost.
func (r *root) unsaved() (fields, logs int) {
	for _, f := range r.forms {
		if n := len(f.Changes().Changed()); n > 0 {
			fields += n
			logs++
		}
	}
	return fields, logs
}

// answer takes a key for a question: y and ctrl+c mean yes, n and esc mean no, anything else waits.
func (r *root) answer(msg tea.KeyMsg) tea.Cmd {
	q := r.ask
	switch msg.String() {
	case "y", "Y", "ctrl+c":
		r.ask = nil
		return q.yes()
	case "n", "N", "esc", "q":
		r.ask = nil
	}
	return nil
}

// interrupt cancels what is running, else quits.
func (r *root) interrupt() tea.Cmd {
	switch {
	case r.saving != nil:
		return r.stopWaiting()
	case r.load != nil:
		return r.giveUp()
	case r.form != nil && r.form.Interrupt():
		return nil
	case r.form == nil && r.browse != nil && r.browse.Interrupt():
		return nil
	default:
		return r.quit()
	}
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}
