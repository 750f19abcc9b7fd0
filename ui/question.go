package ui

import tea "github.com/charmbracelet/bubbletea"

// question is something that a person must answer before anything else: by one of its keys, or by
// esc, which means no.
type question struct {
	text  string
	first bool // what has been typed already waits for the answer, and is none
	keys  map[string]func() tea.Cmd
	no    func() tea.Cmd // nil does nothing
}

// answer is what a key answers; ok is false for one that is no answer.
func (q *question) answer(key string) (do func() tea.Cmd, ok bool) {
	if do, ok = q.keys[key]; ok {
		return do, true
	}
	switch key {
	case "n", "N", "esc", "q", "ctrl+c":
		if q.no != nil {
			return q.no, true
		}
		return func() tea.Cmd { return nil }, true
	}
	return nil, false
}
