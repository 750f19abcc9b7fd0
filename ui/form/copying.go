package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/bars"
	"errata/ui/term"
)

// copyValue copies the value under the cursor: a string's text, anything else as JSON.
func (m *Model) copyValue() tea.Cmd {
	v, name := m.value(m.cursor), m.rows[m.cursor].name()
	if v.IsAbsent() {
		m.Say(bars.News{Text: name + " is absent: there is nothing to copy"})
		return nil
	}
	if text, ok := v.Text(); ok {
		return term.Copy(name, text)
	}
	return term.Copy(name, string(v.Bytes()))
}

// copyLog copies the log as it would be after the changes.
func (m *Model) copyLog() tea.Cmd {
	log, err := m.changes.Apply()
	if err != nil {
		m.Say(bars.News{Level: bars.Bad, Text: "not copied: " + err.Error()})
		return nil
	}
	return term.Copy("the log", string(log.Bytes()))
}
