package browse

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/figure"
	"errata/ui/bars"
)

// Follow hands out logs as they arrive, each once. It is called by one goroutine at a time.
type Follow interface {
	// Begin notes what is there already.
	Begin(ctx context.Context) error
	// Next looks for logs that came since, and gives them, the first to come first. After an error
	// nothing is lost.
	Next(ctx context.Context) ([]*model.Log, error)
	// Pause is how long to wait before the next look.
	Pause() time.Duration
}

// following shows logs as they arrive. Between two looks nothing happens.
type following struct {
	token  int
	cancel context.CancelFunc // nil when nothing is followed
	ctx    context.Context
	from   Follow
	of     Query
	came   int          // logs that are new
	held   []*model.Log // those that came while the list was read
	first  int32        // the place of the newest, 0 or less
	down   bool         // the last look failed, which is said
}

// beganMsg says that it is known what is there already.
type beganMsg struct {
	token int
	err   error
}

// cameMsg brings logs that are new.
type cameMsg struct {
	token int
	logs  []*model.Log
	err   error
}

// turnFollowing begins to follow, or stops it.
func (m *Model) turnFollowing() tea.Cmd {
	if m.stopFollowing() {
		m.news = bars.News{Text: "not following any more"}
		return nil
	}
	return m.startFollowing()
}

// startFollowing follows what the query selects.
func (m *Model) startFollowing() tea.Cmd {
	m.stopFollowing()
	if m.o.Follow == nil {
		return nil
	}
	from, err := m.o.Follow(m.query)
	if err != nil {
		m.news = bars.News{Level: bars.Warning, Text: bars.Reason(err)}
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	token := m.following.token
	m.following = following{token: token, ctx: ctx, cancel: cancel, from: from, of: m.query, first: m.following.first}
	return func() tea.Msg { return beganMsg{token, from.Begin(ctx)} }
}

// stopFollowing reports whether anything was followed.
func (m *Model) stopFollowing() bool {
	f := &m.following
	if f.cancel == nil {
		return false
	}
	f.cancel()
	f.cancel = nil
	f.token++
	return true
}

// followAnew follows the query that is listed now, where another one was followed.
func (m *Model) followAnew() tea.Cmd {
	if f := &m.following; f.cancel == nil || f.of == m.query {
		return nil
	}
	return m.startFollowing()
}

// began reads the list once more, for what came before it was followed, and looks for more.
func (m *Model) began(msg beganMsg) tea.Cmd {
	switch f := &m.following; {
	case msg.token != f.token || f.cancel == nil:
		return nil
	case msg.err != nil:
		m.stopFollowing()
		m.news = bars.News{Level: bars.Bad, Text: "new logs cannot be followed: " + bars.Reason(msg.err)}
		return nil
	}
	return tea.Batch(m.Reload(), m.lookForNew())
}

// lookForNew is the command that waits, and then looks once.
func (m *Model) lookForNew() tea.Cmd {
	f, sleep := m.following, m.o.Sleep
	return func() tea.Msg {
		if sleep(f.ctx.Done(), f.from.Pause()) {
			logs, err := f.from.Next(f.ctx)
			return cameMsg{f.token, logs, err}
		}
		return nil
	}
}

// came takes new logs in. While the list is being read again they wait for it: it may have them.
func (m *Model) came(msg cameMsg) tea.Cmd {
	f := &m.following
	if msg.token != f.token || f.cancel == nil {
		return nil
	}
	if msg.err != nil && !f.down {
		m.news = bars.News{Level: bars.Warning, Text: "still following: " + bars.Reason(msg.err)}
	}
	f.down = msg.err != nil
	f.held = append(f.held, msg.logs...)
	m.takeNew()
	return m.lookForNew()
}

// takeNew puts the new logs above the others, once the list is there. The cursor stays on its log,
// and what is in the window stays there where somebody has scrolled down.
func (m *Model) takeNew() {
	f := &m.following
	if m.source.fresh && m.source.cancel != nil || len(f.held) == 0 {
		return
	}
	var rows []*row
	for _, log := range f.held {
		r := newRow(log, m.shape)
		if id := r.id(); !m.known[id] {
			m.known[id] = true
			m.docs.put(id, log)
			f.first--
			f.came++
			r.place = f.first
			rows = append(rows, r)
		}
	}
	f.held = nil
	if m.source.of > 0 {
		m.source.of += len(rows)
	}
	if m.order == nil {
		slices.Reverse(rows)
		if len(m.rows) > 0 {
			m.cursor += len(rows)
		}
		m.rows = slices.Concat(rows, m.rows)
		if m.top > 0 {
			m.top += len(rows)
		}
	} else {
		m.merge(rows)
	}
	m.follow()
}

// words say that new logs are shown, and how many there were.
func (f *following) words() string {
	switch {
	case f.cancel == nil:
		return ""
	case f.down:
		return "following: no answer  "
	case f.came > 0:
		return "following: " + figure.Int(f.came) + " new  "
	}
	return "following  "
}
