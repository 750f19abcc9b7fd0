package bulk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/batch"
	"errata/model/figure"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/term"
)

// tickEvery is how often it is looked how far a run is.
const tickEvery = 100 * time.Millisecond

type (
	begunMsg struct {
		token int
		work  Work
		err   error
	}
	tickMsg    struct{ token int }
	plannedMsg struct {
		token int
		err   error
	}
	sentMsg struct {
		token int
		err   error
	}
	rowsMsg struct{ rows []Row }
)

// Update takes a message; it uses keys, pastes, the wheel and the results of its own commands. It
// gives what the screen asks for, nil where it is nothing.
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

// begin begins what is typed.
func (m *Model) begin() tea.Cmd {
	begin, err := m.o.Begin(m.line.Text())
	if err != nil {
		m.wrong = err.Error()
		return nil
	}
	return m.Begin(begin)
}

// Begin begins a change of which nothing needs to be typed.
func (m *Model) Begin(begin func(context.Context) (Work, error)) tea.Cmd {
	ctx, token := m.start()
	m.stage = beginning
	return func() tea.Msg {
		work, err := begin(ctx)
		return begunMsg{token, work, err}
	}
}

// start begins something under a token.
func (m *Model) start() (ctx context.Context, token int) {
	m.run.token++
	ctx, m.run.cancel = context.WithCancel(context.Background())
	m.run.stops, m.run.err = false, nil
	return ctx, m.run.token
}

// finish ends it.
func (m *Model) finish() {
	if m.run.cancel != nil {
		m.run.cancel()
		m.run.cancel = nil
	}
	m.run.token++
}

// begun goes on to find out what would change.
func (m *Model) begun(msg begunMsg) tea.Cmd {
	if msg.token != m.run.token {
		return closing(msg.work)
	}
	m.finish()
	switch {
	case msg.err != nil && m.o.Begin == nil:
		m.want = CloseMsg{Err: msg.err}
		return nil
	case msg.err != nil:
		m.stage, m.wrong = asking, msg.err.Error()
		return nil
	}
	m.work = msg.work
	return m.plan()
}

// plan finds out what would change.
func (m *Model) plan() tea.Cmd {
	ctx, token := m.start()
	m.stage, m.look = planning, false
	m.list.stale()
	work := m.work
	return tea.Batch(func() tea.Msg { return plannedMsg{token, work.Plan(ctx)} }, m.soon(tickMsg{token}))
}

// closing is the command that lets go of a batch.
func closing(work Work) tea.Cmd {
	if work == nil {
		return nil
	}
	return func() tea.Msg {
		_ = work.Close()
		return nil
	}
}

func (m *Model) soon(msg tea.Msg) tea.Cmd {
	if m.o.Soon != nil {
		return m.o.Soon(msg)
	}
	return tea.Tick(tickEvery, func(time.Time) tea.Msg { return msg })
}

// tick looks how far it is.
func (m *Model) tick(msg tickMsg) tea.Cmd {
	if msg.token != m.run.token || m.run.cancel == nil {
		return nil
	}
	if m.stage == sending { // the list stands still, and says what becomes of each
		m.list.stale()
	} else {
		m.refilter()
	}
	return m.soon(msg)
}

// planned shows the review.
func (m *Model) planned(msg plannedMsg) {
	if msg.token != m.run.token {
		return
	}
	m.finish()
	m.stage, m.run.err = reviewing, msg.err
	m.list.kind = 0
	m.refilter()
	switch {
	case errors.Is(msg.err, context.Canceled):
		m.news = bars.News{Level: bars.Warning, Text: "stopped: what was not looked at is not sent"}
	case msg.err != nil:
		m.news = bars.News{Level: bars.Bad, Text: msg.err.Error()}
	case m.work.Counts().By[batch.Todo] == 0 && m.work.Finished():
		m.news = bars.News{Level: bars.Warning, Text: "nothing to change"}
	case !m.work.Head().Irreversible && m.work.Counts().Beyond() != "":
		m.news = bars.News{Level: bars.Warning, Text: m.work.Counts().Beyond()}
	}
}

// send sends what was reviewed, or goes on with what was stopped.
func (m *Model) send() tea.Cmd {
	left := m.work.Counts().By[batch.Todo]
	switch {
	case m.run.cancel != nil:
		return nil
	case m.stage == reviewing && m.run.err != nil:
		m.news = bars.News{Level: bars.Warning, Text: "not all logs were looked at: go back and review them again"}
		return nil
	case left == 0 && m.work.Finished():
		m.news = bars.News{Text: "there is nothing to send"}
		return nil
	case m.stage == reviewing && m.work.Head().Irreversible:
		m.want = SureMsg{"change " + figure.Count(left, "log") + "? This cannot be undone:"}
		return nil
	}
	return m.Confirmed()
}

// Confirmed sends what was reviewed.
func (m *Model) Confirmed() tea.Cmd {
	ctx, token := m.start()
	m.stage, m.look = sending, false
	if m.list.said {
		m.list.kind = 0
		m.refilter()
	}
	m.list.stale()
	work := m.work
	m.SetSize(m.w, m.h)
	return tea.Batch(func() tea.Msg { return sentMsg{token, work.Send(ctx)} }, m.soon(tickMsg{token}))
}

// sent shows the results.
func (m *Model) sent(msg sentMsg) {
	if msg.token != m.run.token {
		return
	}
	stopped := m.run.stops
	m.finish()
	m.stage, m.run.err = ended, msg.err
	m.list.kind, m.list.cursor, m.list.top = 0, 0, 0
	m.list.stale()
	m.refilter()
	c := m.work.Counts()
	left := c.By[batch.Todo]
	switch {
	case left == 0 && !m.work.Finished():
		m.news = bars.News{Level: bars.Bad, Text: "not finished: enter goes on"}
		if msg.err != nil {
			m.news.Text += "; " + msg.err.Error()
		}
	case left > 0 && stopped:
		m.news = bars.News{Level: bars.Warning, Text: "stopped with " + figure.Count(left, "log") + " left to do: enter goes on"}
	case msg.err != nil:
		m.news = bars.News{Level: bars.Bad, Text: msg.err.Error()}
	default:
		m.news = outcome(c)
	}
}

// outcome sums up what came of all logs.
func outcome(c batch.Counts) bars.News {
	text := "saved and verified: " + figure.Count(c.By[batch.Saved], "log")
	switch n := failed(c); {
	case n == 0:
		return bars.News{Level: bars.Good, Text: text}
	case again(c) > 0:
		return bars.News{Level: bars.Warning, Text: text + "; " + figure.Int(n) + " not changed: R tries again"}
	default:
		return bars.News{Level: bars.Warning, Text: text + "; " + figure.Int(n) + " not changed"}
	}
}

// again counts the logs of which another attempt may end otherwise.
func again(c batch.Counts) (n int) {
	for o, of := range c.By {
		if batch.Outcome(o).Again() {
			n += of
		}
	}
	return n
}

// failed counts the logs that are not as they were to be.
func failed(c batch.Counts) int { return c.Refused() + c.By[batch.Unclear] }

// retry sends again what may end otherwise. What somebody else changed since it was reviewed is
// reviewed anew, with all that is left.
func (m *Model) retry() tea.Cmd {
	n, unreviewed, err := m.work.Again()
	switch {
	case err != nil:
		m.news = bars.News{Level: bars.Bad, Text: err.Error()}
		return nil
	case n == 0:
		m.news = bars.News{Text: "nothing failed that could end otherwise"}
		return nil
	case unreviewed > 0:
		return m.plan()
	}
	return m.send()
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
