package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
)

// busy is work on a large value that somebody waits for: an editor that is being made of it, or
// what an editor made of it that is being read. The owner of the form keeps the keys of meanwhile:
// see Waiting.
type busy struct {
	token int
	key   tea.Msg // the key that is carried out when the work is done, nil when none is
	esc   string  // what is said when it is given up
}

// begin starts to wait for work, which is done when done is called with the token.
func (m *editors) begin(doing, esc string, key tea.Msg) (token int) {
	m.busy = &busy{token: m.token(), key: key, esc: esc}
	m.Say(bars.News{Text: doing + " … esc cancels"})
	return m.busy.token
}

// done ends the waiting, and reports whether anybody still waits for that work. key is the one that
// began it and is carried out now, nil if there is none.
func (m *editors) done(token int) (key tea.Msg, ok bool) {
	b := m.busy
	if b == nil || b.token != token {
		return nil, false
	}
	m.busy = nil
	m.hush()
	return b.key, true
}

// Waiting reports whether the form waits for work on a large value. What is typed meanwhile is not
// for what is on the screen now: the owner keeps it until Waiting is false, or Interrupt gives the
// work up.
func (m *editors) Waiting() bool {
	if m.busy != nil {
		return true
	}
	st := m.structure()
	return st != nil && st.Waiting()
}

// giveUp waits no longer. The key that began the work is not carried out.
func (m *editors) giveUp() {
	m.hush()
	m.Say(bars.News{Text: m.busy.esc})
	m.busy = nil
}

// readMsg brings what is in the editor of a large value.
type readMsg struct {
	token int
	value tea.Msg // a parsedMsg
}

// readFirst has what is in the open editor read, away from the keys, if that takes long: what
// closes the editor then comes after it. wait is false if there is nothing to wait for.
func (m *editors) readFirst(key tea.Msg) (cmd tea.Cmd, wait bool) {
	size, yes := m.dirty()
	if !yes || size < backgroundSize {
		return nil, false
	}
	read := m.readAside()
	token := m.begin("reading "+figure.Size(size), "still editing", key)
	return func() tea.Msg { return readMsg{token, read()} }, true
}

// read takes what was read, and gives the key that has waited for it.
func (m *editors) read(msg readMsg) (cmd tea.Cmd, key tea.Msg) {
	key, ok := m.done(msg.token)
	if !ok {
		return nil, nil
	}
	return m.parsed(msg.value.(parsedMsg)), key
}

// Unread reports whether what is in the open editor is not in the change set yet, and is so large
// that Commit would take long.
func (m *editors) Unread() bool {
	size, yes := m.dirty()
	return yes && size >= backgroundSize
}

// Unsent counts what was not sent: the fields that differ from what was fetched, that of the open
// editor among them, and the judgments.
func (m *editors) Unsent() int {
	fields, judgments := m.Count()
	return fields + judgments
}

// Count counts the same apart.
func (m *editors) Count() (fields, judgments int) {
	fields = len(m.changes.Changed())
	if _, yes := m.dirty(); yes {
		if m.edited(m.editing().field) == nil {
			fields++
		}
	}
	return fields, len(m.said)
}
