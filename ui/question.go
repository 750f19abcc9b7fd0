package ui

import tea "github.com/charmbracelet/bubbletea"

// question has to be answered before anything else: by one of its keys, or by esc, which means no.
type question struct {
	text  string
	more  []string // lines above it that say more, where there is room
	first bool     // keys that were typed before it was shown are no answer: they wait
	keys  map[string]func() tea.Cmd
	no    func() tea.Cmd // nil to do nothing
}

// answer is what a key does; ok is false when the key is no answer.
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
