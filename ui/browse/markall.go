package browse

import (
	"context"
	"errors"
	"io"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/ui/bars"
)

// gathering marks all logs that the query selects, those included that are not loaded.
type gathering struct {
	token  int
	cancel context.CancelFunc // nil when nothing is gathered
	ids    []string           // what was marked so far
	seen   int                // logs that were looked at, of so many
	of     int
}

// gatheredMsg brings ids of logs that the query selects.
type gatheredMsg struct {
	token int
	list  Cursor
	ids   []string
	err   error // io.EOF at the end
}

// markAll marks all logs that the query selects; when they are marked, or are being marked, it
// takes these marks away.
func (m *logList) markAll() tea.Cmd {
	m.endRange()
	switch {
	case m.gathering.cancel != nil:
		m.unmarkAll(m.gathering.ids)
		m.stopGathering()
	case m.whole != nil:
		m.unmarkAll(m.whole)
	case m.source.done && !m.source.fresh:
		m.markListed()
	default:
		return m.gather()
	}
	return nil
}

// markListed marks all rows, or takes the marks away where all rows have one.
func (m *logList) markListed() {
	ids := m.IDs()
	if !slices.ContainsFunc(ids, func(id string) bool { return !m.marks.has(id) }) {
		m.unmarkAll(ids)
		return
	}
	for _, id := range ids {
		m.marks.add(id)
	}
	m.whole = ids
}

func (m *logList) unmarkAll(ids []string) {
	for _, id := range ids {
		m.marks.remove(id)
	}
	m.whole = nil
}

// seeded is a Cursor whose logs are drawn by lot, by a number that draws the same again.
type seeded interface{ Seed() int }

// gather begins to mark what the query selects. What the list drew by lot is drawn again.
func (m *logList) gather() tea.Cmd {
	q := m.query
	if s, ok := m.source.list.(seeded); ok && q.Sample > 0 {
		q.Seed = s.Seed()
	}
	ctx, cancel := context.WithCancel(context.Background())
	m.gathering = gathering{token: m.gathering.token + 1, cancel: cancel}
	return gatherOn(ctx, gatheredMsg{token: m.gathering.token, list: m.loader.List(q)})
}

// stopGathering keeps what is marked so far, and reports whether more was being looked for.
func (m *logList) stopGathering() bool {
	if m.gathering.cancel == nil {
		return false
	}
	m.gathering.cancel()
	m.gathering = gathering{token: m.gathering.token + 1}
	return true
}

// gatherOn is the command that looks for more logs for a while.
func gatherOn(ctx context.Context, msg gatheredMsg) tea.Cmd {
	return func() tea.Msg {
		msg.ids = nil
		for end := time.Now().Add(pageTime); msg.err == nil && time.Now().Before(end); {
			logs, err := msg.list.Next(ctx, pageRows)
			for _, l := range logs {
				msg.ids = append(msg.ids, l.Head().ID)
			}
			msg.err = err
		}
		return msg
	}
}

// gathered marks what was found, and looks for more.
func (m *Model) gathered(msg gatheredMsg) tea.Cmd {
	g := &m.gathering
	if msg.token != g.token || g.cancel == nil {
		return nil
	}
	for _, id := range msg.ids {
		m.marks.add(id)
	}
	g.ids = append(g.ids, msg.ids...)
	g.seen, g.of = lookedAt(msg.list)
	if msg.err == nil {
		g.cancel()
		ctx, cancel := context.WithCancel(context.Background())
		g.cancel = cancel
		return gatherOn(ctx, msg)
	}
	if errors.Is(msg.err, io.EOF) {
		m.whole = g.ids
	} else {
		m.news = bars.News{Level: bars.Bad, Text: "not all are marked: " + msg.err.Error()}
	}
	m.stopGathering()
	return nil
}

// words say how far it is.
func (g *gathering) words() string {
	text := "marking all that match … looked at " + figure.Int(g.seen)
	if g.of > 0 {
		text += " of " + figure.Int(g.of)
	}
	return text + "; esc stops"
}
