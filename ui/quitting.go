package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
)

// quit ends the program, after asking when changes would be lost.
func (s *session) quit() tea.Cmd {
	if s.form != nil && !s.form.Unread() {
		s.form.Commit()
	}
	fields, judgments, logs, kept := s.unsaved()
	if logs == 0 {
		return tea.Quit
	}
	text := unsent(fields, judgments)
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
	s.ask = &question{text: text, keys: map[string]func() tea.Cmd{"y": yes, "Y": yes, "ctrl+c": yes}}
	return nil
}
