package bulk

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/batch"
	"errata/model/figure"
	"errata/ui/bars"
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

// begin begins what is typed.
func (m *Model) begin() tea.Cmd {
	begin, err := m.o.Begin(m.line.Text())
	if err != nil {
		m.wrong = err.Error()
		return nil
	}
	return m.Begin(begin)
}

// Begin begins a change for which nothing has to be typed.
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

// send sends what was reviewed, or continues with what was stopped.
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
// reviewed again, with all that is left.
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
