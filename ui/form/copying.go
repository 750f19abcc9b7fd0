package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/term"
)

// copyValue copies the value under the cursor: a string's text, anything else as JSON.
func (l *fieldList) copyValue() tea.Cmd {
	v, name := l.value(l.cursor), l.rows[l.cursor].name()
	if v.IsAbsent() {
		l.Say(bars.News{Text: name + " is absent: there is nothing to copy"})
		return nil
	}
	if text, ok := v.Text(); ok {
		return term.Copy(name, text)
	}
	return term.Copy(name, string(v.Bytes()))
}

// copyLog copies the log as it would be after the changes.
func (l *fieldList) copyLog() tea.Cmd {
	log, err := l.changes.Apply()
	if err != nil {
		l.Say(bars.News{Level: bars.Bad, Text: "not copied: " + err.Error()})
		return nil
	}
	return term.Copy("the log", string(log.Bytes()))
}
