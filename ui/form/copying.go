package form

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
	"errata/ui/bars"
	"errata/ui/stringlines"
	"errata/ui/term"
)

// copyValue copies the value under the cursor: a string's text, anything else as JSON.
func (l *fieldList) copyValue() tea.Cmd {
	v, name := l.value(l.cursor), l.rows[l.cursor].name()
	if v.IsAbsent() {
		l.Say(bars.News{Text: name + " is absent: there is nothing to copy"})
		return nil
	}
	if v.Len() >= backgroundSize {
		return func() tea.Msg { return copyOf(name, v)() }
	}
	return copyOf(name, v)
}

// copyOf copies a value. One that no terminal takes is measured, and not decoded.
func copyOf(name string, v model.Value) tea.Cmd {
	size := v.Len()
	if v.Kind() == jsonraw.String {
		size = stringlines.Size(stringlines.Inside(v.Bytes()))
	}
	if refused, yes := term.TooLong(name, size); yes {
		return refused
	}
	if text, ok := v.Text(); ok {
		return term.Copy(name, text)
	}
	return term.Copy(name, string(v.Bytes()))
}

// copyPath copies what errata set takes of the field under the cursor: the assignment that makes
// its change, quoted for a shell, and where nothing changed its name.
func (l *fieldList) copyPath() tea.Cmd {
	r := l.rows[l.cursor]
	name := path.Path{path.Member(r.name())}.String()
	if r.field == nil {
		return term.Copy(name, name)
	}
	if e, changed := l.changes.Edit(r.field); changed && e.Err == nil {
		literal := strings.ReplaceAll(string(e.Value.Bytes()), "'", `'\''`)
		return term.Copy("the assignment", name+":='"+literal+"'")
	}
	return term.Copy(name, name)
}

// copyLog copies the log as it would be after the changes.
func (l *fieldList) copyLog() tea.Cmd {
	size := l.changes.Base().Size()
	for _, f := range l.changes.Changed() {
		size += l.changes.Value(f).Len() - l.changes.Base().Value(f).Len()
	}
	if refused, yes := term.TooLong("the log", size); yes {
		return refused
	}
	log, err := l.changes.Apply()
	if err != nil {
		l.Say(bars.News{Level: bars.Bad, Text: "not copied: " + err.Error()})
		return nil
	}
	return term.Copy("the log", string(log.Bytes()))
}
