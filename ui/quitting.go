package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
)

// question is something that a person must answer before anything else: by one of its keys, or by
// esc, which means no.
type question struct {
	text  string
	first bool // what has been typed already waits for the answer, and is none
	keys  map[string]func() tea.Cmd
	no    func() tea.Cmd // nil does nothing
}

// quit ends the program, after asking when changes would be lost.
func (r *root) quit() tea.Cmd {
	if r.form != nil && !r.form.Unread() {
		r.form.Commit()
	}
	fields, logs, kept := r.unsaved()
	if fields == 0 {
		return tea.Quit
	}
	text := figure.Count(fields, "changed field")
	if logs > 1 {
		text += " in " + figure.Count(logs, "log")
	}
	text += " not sent"
	if kept {
		text += ", the draft stays: quit? y / n"
	} else {
		text += ": quit and lose them? y / n"
	}
	yes := func() tea.Cmd { return tea.Quit }
	r.ask = &question{text: text, keys: map[string]func() tea.Cmd{"y": yes, "Y": yes, "ctrl+c": yes}}
	return nil
}

// unsaved counts what has not been sent; kept tells whether all of it is in drafts.
func (r *root) unsaved() (fields, logs int, kept bool) {
	kept = true
	for _, f := range r.forms {
		if n := f.Unsent(); n > 0 {
			fields += n
			logs++
			kept = kept && f.Kept()
		}
	}
	return fields, logs, kept
}

// answer takes a key for a question; one that is no answer waits.
func (r *root) answer(msg tea.KeyMsg) tea.Cmd {
	q := r.ask
	if do, ok := q.keys[msg.String()]; ok {
		r.ask = nil
		return do()
	}
	switch msg.String() {
	case "n", "N", "esc", "q", "ctrl+c":
		r.ask = nil
		if q.no != nil {
			return q.no()
		}
	}
	return nil
}

// interrupt cancels what is running, else quits.
func (r *root) interrupt() tea.Cmd {
	switch {
	case r.saving != nil && !r.saving.left:
		return r.stopWaiting()
	case r.prep != nil, r.load != nil:
		return r.giveUp()
	case r.form != nil && r.form.Interrupt():
		r.typed = nil
		return nil
	case r.form == nil && r.browse != nil && r.browse.Interrupt():
		return nil
	default:
		return r.quit()
	}
}
