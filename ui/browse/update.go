package browse

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/term"
)

// Update takes a message; it uses keys, pastes, the wheel and the results of its own commands. It
// gives what the screen asks for: an OpenMsg, an AnnotateMsg, a HistoryMsg or a QuitMsg, say, nil
// if it is nothing.
func (m *Model) Update(msg tea.Msg) (cmd tea.Cmd, want tea.Msg) {
	m.want = nil
	cmd = tea.Batch(m.handle(msg), m.followAnew())
	return tea.Batch(cmd, m.look(), m.readAgain(), m.askCorrected()), m.want
}

func (m *Model) handle(msg tea.Msg) (cmd tea.Cmd) {
	switch msg := msg.(type) {
	case pageMsg:
		m.arrived(msg)
		if msg.token == m.source.token && msg.doubt != "" {
			m.Say(bars.News{Level: bars.Warning, Text: msg.doubt})
		}
		m.takeNew()
		cmd = m.onward()
	case whyMsg:
		if msg.token == m.source.token {
			m.source.why = msg.why
		}
		cmd = msg.more
	case beganMsg:
		cmd = m.began(msg)
	case cameMsg:
		cmd = m.came(msg)
	case countMsg:
		cmd = m.counted(msg)
	case promptsMsg:
		m.learned(msg)
	case storedMsg:
		m.stored, m.storing = msg.seen, false
	case foundMsg:
		cmd = m.gone(msg)
	case gatheredMsg:
		cmd = m.gathered(msg)
	case exportMsg:
		cmd = m.exported(msg)
	case term.CopiedMsg:
		m.news = bars.Copied(msg)
	case readMsg:
		m.readArrived(msg)
	case correctedMsg:
		msg.settle()
	case previewMsg:
		m.preview.arrived(msg, m.searchedFor())
	case tea.KeyMsg:
		cmd = tea.Batch(m.key(msg), m.more())
	case term.PasteMsg:
		cmd = m.paste(msg)
	case tea.MouseMsg:
		m.wheel(msg)
		cmd = m.more()
	case term.ClickMsg:
		cmd = tea.Batch(m.click(msg), m.more())
	}
	return cmd
}

func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	m.news.Text = ""
	onDrafts := m.onDrafts
	m.onDrafts = false
	switch {
	case m.picker != nil:
		return m.pickerKey(msg)
	case m.chooser != nil:
		return m.columnKey(msg)
	case m.line != nil:
		return m.lineKey(msg)
	}
	for _, v := range m.o.Views {
		if v.Key != "" && v.Key == msg.String() {
			return m.applyView(v)
		}
	}
	action := keys.Browse.Action(msg.String())
	switch {
	case onDrafts && action == keys.Open:
		m.openDrafts()
		return nil
	case onDrafts && action == keys.NextField:
		return nil
	}
	if by, ok := action.Steps(len(m.rows), m.parts().logs-1); ok {
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
	case keys.Columns:
		m.openColumns()
	case keys.Drafts:
		m.openDrafts()
	case keys.NextField:
		m.onDrafts = len(m.drafts) > 0
	case keys.Open:
		if id, ok := m.Selected(); ok {
			m.want = OpenMsg{ID: id, Marked: m.underMark()}
		}
	case keys.Mark:
		m.mark()
	case keys.MarkAll:
		return m.markAll()
	case keys.MarkRange:
		m.markRange()
	case keys.Export:
		m.openExport()
	case keys.Copy:
		return m.copyIDs()
	case keys.Bulk:
		if len(m.rows) > 0 || m.MarkCount() > 0 {
			m.want = ChangeMsg{}
		}
	case keys.Compare:
		m.compare()
	case keys.Resume:
		m.want = ResumeMsg{}
	case keys.Annotate:
		m.want = AnnotateMsg{m.toAnnotate()}
	case keys.Search:
		return m.openFilter(true)
	case keys.Filters:
		return m.openFilter(false)
	case keys.PickPrompt:
		return m.openPicker()
	case keys.GoTo:
		return m.openGo()
	case keys.Sort:
		m.nextOrder()
	case keys.Follow:
		return m.turnFollowing()
	case keys.Reload:
		m.stored = nil
		return m.Reload()
	case keys.Close:
		return m.closeOpen()
	case keys.Back:
		m.want = QuitMsg{}
	case keys.History:
		m.want = HistoryMsg{}
	case keys.Narrower:
		m.shiftRule(-layout.DividerStep)
	case keys.Wider:
		m.shiftRule(layout.DividerStep)
	}
	return nil
}

// closeOpen is esc: it stops what is under way, else gives up a range, else clears the search, and
// without one the filter.
func (m *Model) closeOpen() tea.Cmd {
	if m.Interrupt() || m.dropRange() || m.query == (Query{}) {
		return nil
	}
	q := m.query
	if q.Search == "" {
		q = Query{}
	}
	q.Search = ""
	return m.choose(q)
}

// toAnnotate are the marked logs or, where none are, all that are listed.
func (m *Model) toAnnotate() []string {
	if ids := m.Marked(); len(ids) > 0 {
		return ids
	}
	return m.IDs()
}

// copyIDs copies the ids of the chosen logs, one a line.
func (m *Model) copyIDs() tea.Cmd {
	ids := m.Chosen()
	switch len(ids) {
	case 0:
		return nil
	case 1:
		return term.Copy("the id", ids[0])
	}
	return term.Copy(figure.Count(len(ids), "id"), strings.Join(ids, "\n")+"\n")
}

func (m *logList) move(n int) {
	m.cursor += n
	m.follow()
}

// follow keeps the cursor on a row and the row in the window.
func (m *logList) follow() {
	m.cursor = max(min(m.cursor, len(m.rows)-1), 0)
	m.top = layout.Scroll(m.top, m.cursor, len(m.rows), m.parts().logs, 1)
}

func (m *Model) wheel(msg tea.MouseMsg) {
	n := term.WheelRows * term.Wheel(msg)
	switch p := m.parts(); {
	case n == 0:
	case m.picker != nil:
		m.picker.cursor += term.Wheel(msg)
		m.followPicker()
	case m.chooser != nil:
		m.chooser.cursor = max(min(m.chooser.cursor+term.Wheel(msg), len(m.chooser.list)-1), 0)
	case p.pane.W > 0 && msg.X >= p.pane.X:
		m.preview.pane.Scroll(n)
	default:
		m.move(n)
	}
}

func (m *Model) paste(msg term.PasteMsg) tea.Cmd {
	switch {
	case m.picker != nil:
		m.picker.in.Update(msg)
	case m.chooser != nil && m.chooser.in != nil:
		m.chooser.in.Update(msg)
	case m.line != nil:
		m.line.in.Update(msg)
		return m.typed()
	}
	return nil
}
