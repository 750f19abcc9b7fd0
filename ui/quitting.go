package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
)

// quit ends the program. It asks first when changes or marks would be lost.
func (s *session) quit() tea.Cmd {
	if n := len(s.flying); n > 0 && !s.leaving {
		s.leaving = true
		s.say(bars.News{Level: bars.Warning, Text: "waiting for " + figure.Count(n, "log") + " being sent; ctrl+c leaves at once"})
		return nil
	}
	if s.form != nil && !s.form.Unread() {
		s.form.Commit()
	}
	text := s.unfinished()
	if text == "" {
		return tea.Quit
	}
	do := func() tea.Cmd { return tea.Quit }
	s.ask = whether(text, do)
	s.ask.keys["ctrl+c"] = do
	return nil
}

// unfinished asks whether to leave what was started, "" if nothing was.
func (s *session) unfinished() string {
	fields, judgments, logs, kept := s.unsaved()
	marked := ""
	if s.browse != nil && s.browse.MarkCount() > 0 {
		marked = figure.Count(s.browse.MarkCount(), "marked log")
	}
	if logs == 0 {
		if marked == "" {
			return ""
		}
		return marked + ": quit and forget the marks?"
	}
	text := unsent(fields, judgments)
	if logs > 1 {
		text += " in " + figure.Count(logs, "log")
	}
	text += " not sent"
	kept = kept && !s.o.Fleeting
	if kept {
		text += ", the draft stays"
	}
	if marked != "" {
		text += "; " + marked
	}
	if kept {
		return text + ": quit?"
	}
	return text + ": quit and lose them?"
}
