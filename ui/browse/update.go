package browse

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/query"
	"errata/ui/term"
)

// Update takes a message; it uses keys, pastes, the wheel and the results of its own commands. It
// gives what the screen asks for: an OpenMsg, a HistoryMsg or a QuitMsg, nil where it is nothing.
func (m *Model) Update(msg tea.Msg) (cmd tea.Cmd, want tea.Msg) {
	m.want = nil
	cmd = m.handle(msg)
	return tea.Batch(cmd, m.look()), m.want
}

func (m *Model) handle(msg tea.Msg) (cmd tea.Cmd) {
	switch msg := msg.(type) {
	case pageMsg:
		m.arrived(msg)
		cmd = m.onward()
	case whyMsg:
		if msg.token == m.source.token {
			m.source.why = msg.why
		}
		cmd = msg.more
	case previewMsg:
		m.preview.arrived(msg)
	case tea.KeyMsg:
		cmd = tea.Batch(m.key(msg), m.more())
	case term.PasteMsg:
		m.paste(msg)
	case tea.MouseMsg:
		m.wheel(msg)
		cmd = m.more()
	}
	return cmd
}

func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	m.news.Text = ""
	switch {
	case m.panel != nil:
		return m.panelKey(msg)
	case m.prompt != nil:
		return m.promptKey(msg)
	}
	action := keys.Browse.Action(msg.String())
	if by, ok := action.Steps(len(m.rows), m.parts().rows.H-1); ok {
		m.move(by)
		return nil
	}
	switch action {
	case keys.ScrollDown:
		m.preview.pane.Scroll(max(m.parts().pane.H/2, 1))
	case keys.ScrollUp:
		m.preview.pane.Scroll(-max(m.parts().pane.H/2, 1))
	default:
		return m.act(action)
	}
	return nil
}

func (m *Model) act(do keys.Action) tea.Cmd {
	switch do {
	case keys.Open:
		if id, ok := m.Selected(); ok {
			m.want = OpenMsg{id}
		}
	case keys.Mark:
		m.mark()
	case keys.Search:
		m.prompt = query.New(m.query.Search, m.th).Select()
	case keys.Filters:
		m.panel = newPanel(m.query, m.th)
	case keys.Sort:
		m.nextOrder()
	case keys.Reload:
		return m.reload()
	case keys.Close:
		return m.closeOpen()
	case keys.Back:
		m.want = QuitMsg{}
	case keys.History:
		m.want = HistoryMsg{}
	}
	return nil
}

// closeOpen is esc: it stops a load, else clears the search.
func (m *Model) closeOpen() tea.Cmd {
	if m.stop() || m.query.Search == "" {
		return nil
	}
	q := m.query
	q.Search = ""
	return m.choose(q)
}

// mark turns the mark of the log under the cursor and goes on to the next.
func (m *Model) mark() {
	id, ok := m.Selected()
	if !ok {
		return
	}
	if m.marks[id] {
		delete(m.marks, id)
	} else {
		m.marks[id] = true
	}
	m.move(1)
}

func (m *Model) move(n int) {
	m.cursor += n
	m.follow()
}

// follow keeps the cursor on a row and the row in the window.
func (m *Model) follow() {
	m.cursor = max(min(m.cursor, len(m.rows)-1), 0)
	m.top = layout.Scroll(m.top, m.cursor, len(m.rows), m.parts().rows.H, 1)
}

func (m *Model) wheel(msg tea.MouseMsg) {
	n := term.WheelRows * term.Wheel(msg)
	switch p := m.parts(); {
	case n == 0, m.panel != nil:
	case p.pane.W > 0 && msg.X >= p.pane.X:
		m.preview.pane.Scroll(n)
	default:
		m.move(n)
	}
}

func (m *Model) paste(msg term.PasteMsg) {
	switch {
	case m.panel != nil:
		m.panel.take(msg)
	case m.prompt != nil:
		m.prompt.Update(msg)
	}
}
