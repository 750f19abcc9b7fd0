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
func (m *Model) begin(doing, esc string, key tea.Msg) (token int) {
	m.tokens++
	m.busy = &busy{token: m.tokens, key: key, esc: esc}
	m.Say(bars.News{Text: doing + " … esc cancels"})
	return m.tokens
}

// done ends the waiting, and tells whether anybody still waits for that work. The key that began it
// is carried out with after.
func (m *Model) done(token int) (after func() tea.Cmd, ok bool) {
	b := m.busy
	if b == nil || b.token != token {
		return nil, false
	}
	m.busy, m.news = nil, bars.News{}
	return func() tea.Cmd {
		if b.key == nil {
			return nil
		}
		return m.handle(b.key)
	}, true
}

// Waiting tells whether the form waits for work on a large value. What is typed meanwhile is not
// for what is on the screen now: the owner keeps it until Waiting is false, or Interrupt gives the
// work up.
func (m *Model) Waiting() bool {
	if m.busy != nil {
		return true
	}
	return m.built != nil && m.built.st.Waiting()
}

// Busy tells whether work is under way that is waited for: that of Waiting, or a search.
func (m *Model) Busy() bool { return m.search.running != nil || m.Waiting() }

// giveUp waits no longer. The key that began the work is not carried out.
func (m *Model) giveUp() {
	m.news = bars.News{}
	m.Say(bars.News{Text: m.busy.esc})
	m.busy = nil
}

// readMsg brings what stands in the editor of a large value.
type readMsg struct {
	token int
	value tea.Msg // a parsedMsg
}

// readFirst has what stands in the open editor read, away from the keys, if that takes long: what
// closes the editor then comes after it. wait is false where there is nothing to wait for.
func (m *Model) readFirst(key tea.Msg) (cmd tea.Cmd, wait bool) {
	size, yes := m.dirty()
	if !yes || size < backgroundSize {
		return nil, false
	}
	read := m.readAside()
	token := m.begin("reading "+figure.Size(size), "still editing", key)
	return func() tea.Msg { return readMsg{token, read()} }, true
}

// read takes what was read, and carries out the key that has waited for it.
func (m *Model) read(msg readMsg) tea.Cmd {
	after, ok := m.done(msg.token)
	if !ok {
		return nil
	}
	return tea.Batch(m.parsed(msg.value.(parsedMsg)), after())
}

// Unread tells whether what stands in the open editor is not in the change set yet, and is so large
// that Commit would take long.
func (m *Model) Unread() bool {
	size, yes := m.dirty()
	return yes && size >= backgroundSize
}

// Unsent counts the fields that differ from what was fetched, that of the open editor among them.
func (m *Model) Unsent() int {
	n := len(m.changes.Changed())
	if _, yes := m.dirty(); yes {
		if _, had := m.changes.Edit(m.editing().field); !had {
			n++
		}
	}
	return n
}

// AtRest tells whether keys are the form's own: nothing is being edited, asked or waited for.
func (m *Model) AtRest() bool { return m.editing() == nil && m.busy == nil && !m.Capturing() }
