package bulk

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/batch"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/term"
)

// Update takes a message; it uses keys, pastes, the wheel and the results of its own commands. It
// gives what the screen asks for, nil if it is nothing.
func (m *Model) Update(msg tea.Msg) (cmd tea.Cmd, want tea.Msg) {
	m.want = nil
	cmd = m.handle(msg)
	return tea.Batch(cmd, m.read()), m.want
}

func (m *Model) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if m.news = (bars.News{}); m.work != nil {
			m.work.Typed()
		}
		return m.key(msg)
	case term.PasteMsg:
		if m.stage == asking {
			m.line.Update(msg)
			m.wrong = ""
		}
	case tea.MouseMsg:
		m.wheel(msg)
	case term.ClickMsg:
		m.click(msg)
	case term.CopiedMsg:
		m.news = bars.Copied(msg)
	case begunMsg:
		return m.begun(msg)
	case tickMsg:
		return m.tick(msg)
	case plannedMsg:
		m.planned(msg)
	case sentMsg:
		m.sent(msg)
	case rowsMsg:
		m.arrived(msg)
	}
	return nil
}

// wheel scrolls what is under the pointer.
func (m *Model) wheel(msg tea.MouseMsg) {
	n := term.WheelRows * term.Wheel(msg)
	if p := m.parts().pane; p.W > 0 && msg.X >= p.X {
		m.pane.Scroll(n)
		return
	}
	m.move(n)
}

// click puts the cursor on a log; a double click shows what would change in it.
func (m *Model) click(c term.ClickMsg) {
	if m.stage == asking {
		m.line.Update(c.In(0, headerLines))
		return
	}
	rows := m.parts().rows
	at, ok := rows.Row(c.X, c.Y, m.list.top, 1, len(m.list.shown))
	if !ok || m.work == nil {
		return
	}
	m.news = bars.News{}
	m.list.cursor = at
	m.showRow()
	if c.Double {
		m.look = true
		m.SetSize(m.w, m.h)
	}
}

func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	if m.stage == asking {
		return m.askingKey(msg)
	}
	if m.look && m.lookingKey(msg) {
		return nil
	}
	action := m.Keys()[0].Action(msg.String())
	if m.list.said && (action == keys.Look || action == keys.Copy || m.pane.Update(msg)) {
		return nil
	}
	if by, ok := action.Steps(len(m.list.shown), m.parts().rows.H-1); ok {
		m.move(by)
		return nil
	}
	switch action {
	case keys.LeaveOut:
		m.leaveOut()
	case keys.NextFilter:
		m.filter(1)
	case keys.PrevFilter:
		m.filter(-1)
	case keys.Look:
		m.look = true
		m.SetSize(m.w, m.h)
	case keys.Narrower:
		m.shiftRule(-layout.DividerStep)
	case keys.Wider:
		m.shiftRule(layout.DividerStep)
	case keys.Copy:
		return m.copyIDs()
	case keys.Open:
		if row, ok := m.row(); ok {
			m.want = OpenMsg{row.LogID}
		}
	case keys.Send:
		return m.send()
	case keys.Retry:
		return m.retry()
	case keys.Undo:
		return m.undo()
	case keys.Close:
		return m.close()
	}
	return nil
}

// undo asks to take the batch back.
func (m *Model) undo() tea.Cmd {
	head := m.work.Head()
	if head.Irreversible {
		m.news = bars.News{Level: bars.Warning, Text: "it cannot be taken back: the journal keeps no value that was replaced"}
		return nil
	}
	m.want = UndoMsg{head}
	return closing(m.work)
}

// lookingKey is a key while old and new of a log have the screen.
func (m *Model) lookingKey(msg tea.KeyMsg) (used bool) {
	name := msg.String()
	if keys.Reading.Action(name) == keys.Close || slices.ContainsFunc(m.Keys(), func(t keys.Map) bool { return t.Action(name) == keys.Look }) {
		m.look = false
		m.SetSize(m.w, m.h)
		return true
	}
	return m.pane.Update(msg)
}

// askingKey is a key while it is typed what is to be done.
func (m *Model) askingKey(msg tea.KeyMsg) tea.Cmd {
	switch action := keys.BulkChange.Action(msg.String()); {
	case m.line.Pending() || action == "":
		m.line.Update(msg)
		m.wrong = ""
	case action == keys.Close:
		m.want = CloseMsg{}
	case strings.TrimSpace(m.line.Text()) != "":
		return m.begin()
	}
	return nil
}

// leaveOut leaves the log under the cursor out, or takes it back in.
func (m *Model) leaveOut() {
	row, ok := m.row()
	switch {
	case !ok || m.stage != reviewing:
		return
	case !row.Out && row.Outcome != batch.Todo:
		m.news = bars.News{Text: "nothing would be sent of this log"}
		return
	}
	if err := m.work.Leave(row.N, !row.Out); err != nil {
		m.news = bars.News{Level: bars.Bad, Text: err.Error()}
		return
	}
	row.Out = !row.Out
	m.list.rows[row.N] = row
	m.move(1)
}

// close is esc: it stops what is under way, else leaves the screen.
func (m *Model) close() tea.Cmd {
	if m.Interrupt() {
		m.news = bars.News{Text: "stopping after the logs in hand …"}
		return nil
	}
	m.want = CloseMsg{Done: m.stage == ended}
	return closing(m.work)
}

// copyIDs copies the ids of the logs that are listed, as far as they are read.
func (m *Model) copyIDs() tea.Cmd {
	list, work := m.list.shown, m.work
	copied := func() tea.Msg {
		ids := make([]string, 0, len(list))
		for _, row := range work.Rows(context.Background(), list, 0) {
			ids = append(ids, row.LogID)
		}
		return term.Copy(figure.Count(len(ids), "id"), strings.Join(ids, "\n")+"\n")()
	}
	return copied
}
