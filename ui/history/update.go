package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/api/journal"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/query"
	"errata/ui/term"
)

// promptLabel is before the filter while it is typed.
const promptLabel = "filter: "

// Update takes a message; it uses keys, pastes, the wheel, the result of a copy and those of its
// own commands. It gives what was decided: an UndoMsg, an OpenBatchMsg, an UndoBatchMsg or a
// CloseMsg, nil if nothing was.
func (m *Model) Update(msg tea.Msg) (cmd tea.Cmd, want tea.Msg) {
	m.want = nil
	cmd = m.handle(msg)
	return tea.Batch(cmd, m.more(), m.look()), m.want
}

func (m *Model) handle(msg tea.Msg) (cmd tea.Cmd) {
	switch msg := msg.(type) {
	case pageMsg:
		m.arrived(msg)
	case detailMsg:
		m.compared(msg)
	case tea.KeyMsg:
		m.news = bars.News{}
		cmd = m.key(msg)
	case term.PasteMsg:
		if m.prompt != nil {
			m.prompt.Update(msg)
			m.typed()
		}
	case tea.MouseMsg:
		m.wheel(msg)
	case term.ClickMsg:
		cmd = m.click(msg)
	case term.CopiedMsg:
		m.Say(bars.Copied(msg))
	}
	return cmd
}

func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	if m.prompt != nil {
		m.promptKey(msg)
		return nil
	}
	half := max(m.paneHeight()/2, 1)
	action := keys.HistoryScreen.Action(msg.String())
	if by, ok := action.Steps(len(m.shown), m.rows()-1); ok {
		m.move(by)
		return nil
	}
	switch action {
	case keys.ScrollDown:
		m.detail.pane.Scroll(half)
	case keys.ScrollUp:
		m.detail.pane.Scroll(-half)
	default:
		return m.act(action)
	}
	return nil
}

func (m *Model) act(action keys.Action) tea.Cmd {
	switch action {
	case keys.Undo:
		m.undo()
	case keys.Open:
		if r, ok := m.selected(); ok && r.batch != nil {
			m.want = OpenBatchMsg{r.entry.Batch}
			return nil
		}
		m.undo()
	case keys.Copy:
		return m.copy()
	case keys.Search:
		m.prompt = query.New(m.filter, m.th).Select()
	case keys.Close:
		if m.filter != "" {
			m.narrow("")
			return nil
		}
		m.want = CloseMsg{}
	case keys.Back:
		m.want = CloseMsg{}
	}
	return nil
}

// promptKey is a key while the filter is typed; the list follows it.
func (m *Model) promptKey(msg tea.KeyMsg) {
	switch action := keys.HistoryFilter.Action(msg.String()); {
	case m.prompt.Pending() || action == "":
		m.prompt.Update(msg)
		m.typed()
	case action == keys.Close:
		m.narrow("")
		m.prompt = nil
	case action == keys.Accept:
		m.prompt = nil
	}
}

func (m *Model) typed() { m.narrow(m.prompt.Text()) }

// wheel moves in the list or, below it, in the changes.
func (m *Model) wheel(msg tea.MouseMsg) {
	switch n := term.WheelRows * term.Wheel(msg); {
	case n == 0:
	case msg.Y >= m.paneTop():
		m.detail.pane.Scroll(n)
	default:
		m.move(n)
	}
}

// click puts the cursor on an entry; a double click does what enter does.
func (m *Model) click(c term.ClickMsg) tea.Cmd {
	if m.prompt != nil {
		m.prompt.Update(c.In(0, m.parts.Status.Y))
		return nil
	}
	list := layout.Rect{Y: m.parts.List.Y + 1, W: m.w, H: m.rows()} // below the titles
	at, ok := list.Row(c.X, c.Y, m.top, 1, len(m.shown))
	if !ok {
		return nil
	}
	m.news = bars.News{}
	m.cursor, m.at = at, m.shown[at]
	if c.Double {
		return m.act(keys.Open)
	}
	return nil
}

// undo hands the entry under the cursor on, or says why it cannot be taken back.
func (m *Model) undo() {
	r, ok := m.selected()
	if !ok {
		return
	}
	if why := m.locked(r); why != "" {
		m.Say(bars.News{Level: bars.Warning, Text: why})
		return
	}
	if m.want = (UndoMsg{r.entry}); r.batch != nil {
		m.want = UndoBatchMsg{r.entry.Batch}
	}
}

// locked says why a record cannot be undone here, "" when it can.
func (m *Model) locked(r record) string {
	switch e := r.entry; {
	case r.err != nil:
		return "this record cannot be read, so it cannot be undone"
	case e.Redacted:
		return "the old values were redacted, so this cannot be undone; edit the log itself"
	case r.batch == nil && (e.Outcome == journal.Refused || e.Outcome == journal.NotSaved && e.Judgment != nil):
		return "nothing was written, so there is nothing to undo"
	case e.Server != m.o.ServerID:
		return "sent to another server: start errata on it to undo this: " + e.Server
	}
	return ""
}

// copy copies the body of the entry under the cursor. It is made away from the keys, as it may be
// large.
func (m *Model) copy() tea.Cmd {
	r, ok := m.selected()
	switch {
	case !ok:
		return nil
	case r.err != nil:
		m.Say(bars.News{Level: bars.Warning, Text: "this record cannot be read: there is no body to copy"})
		return nil
	case r.batch != nil:
		m.Say(bars.News{Level: bars.Warning, Text: "a batch has a body for each log: enter lists them"})
		return nil
	case r.entry.Redacted:
		m.Say(bars.News{Level: bars.Warning, Text: "the values were redacted: there is no body to copy"})
		return nil
	}
	if r.entry.Spliced() {
		m.Say(bars.News{Level: bars.Warning, Text: "of large values the journal holds what changed: there is no whole body to copy"})
		return nil
	}
	return func() tea.Msg { return term.Copy("the body", string(r.entry.Body()))() }
}
