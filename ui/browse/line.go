package browse

import (
	"context"
	"errors"
	"io"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model/figure"
	"errata/model/selection"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/query"
	"errata/ui/theme"
)

const (
	filterLabel = "filter: "
	goLabel     = "go to: "

	filterHint = "words, or flags: --errors --since 7d" // what can be typed
)

// Searched is where a search of the server looks, for a sentence.
const Searched = "inputs and outputs"

// line is what is typed at the foot of the screen.
type line struct {
	in    *query.Line
	asks  asked
	label string
	wrong string // why it cannot be carried out, "" when it can
	offer offer
	over  string // the file that may be replaced: its name was given once already
}

// asked is what a line is for.
type asked int

const (
	whichLogs asked = iota
	whereTo
	exportFile
)

func (l *line) keys() keys.Map {
	return map[asked]keys.Map{whichLogs: keys.FilterLine, whereTo: keys.GoToLine, exportFile: keys.FileName}[l.asks]
}

func (l *line) setTheme(th *theme.Theme) { l.in.SetTheme(th) }

// openFilter opens the filter line on what is listed. A search opens behind its words, and selected
// when there is nothing else, so that typing replaces it; a filter opens at the end.
func (m *Model) openFilter(search bool) tea.Cmd {
	text := m.query.String()
	in := query.New(text, m.th)
	switch {
	case !search && text != "":
		in.Put(text+" ", len(text)+1)
	case m.query == Query{Search: m.query.Search}:
		in.Select()
	default:
		in.At(selection.SearchEnd(text))
	}
	m.line = &line{in: in, label: filterLabel}
	return tea.Batch(m.learnPrompts(), m.learnStored())
}

// openGo opens the line in which an id or a prompt is typed.
func (m *Model) openGo() tea.Cmd {
	m.line = &line{in: query.New("", m.th), asks: whereTo, label: goLabel}
	return m.learnPrompts()
}

// lineKey is a key while something is typed.
func (m *Model) lineKey(msg tea.KeyMsg) tea.Cmd {
	l := m.line
	action := l.keys().Action(msg.String())
	switch {
	case l.in.Pending() || action == "":
		before := l.in.Text()
		l.in.Update(msg)
		if l.in.Text() != before {
			return m.typed()
		}
	case action == keys.Close:
		m.stopExport()
		m.closeLine()
	case action == keys.Complete:
		m.complete()
		return m.typed()
	case l.asks == whereTo:
		return m.goTo(l.in.Text())
	case l.asks == exportFile:
		return m.export(l.in.Text())
	default:
		return m.apply(l.in.Text())
	}
	return nil
}

// typed looks at what is in the line after it changed.
func (m *Model) typed() tea.Cmd {
	m.line.wrong = ""
	if m.line.asks != whichLogs {
		return nil
	}
	return m.countSoon()
}

func (m *Model) closeLine() {
	m.line = nil
	m.stopCounting()
}

// apply lists what a filter selects; one that is wrong stays open, with the reason.
func (m *Model) apply(text string) tea.Cmd {
	q, err := m.read(text)
	if err != nil {
		m.line.wrong = err.Error()
		return nil
	}
	m.closeLine()
	return m.change(q)
}

// applyView lists what a saved filter selects.
func (m *Model) applyView(v View) tea.Cmd {
	q, err := m.read(v.Filter)
	if err != nil {
		m.news = bars.News{Level: bars.Bad, Text: "the saved filter " + v.Name + ": " + err.Error()}
		return nil
	}
	return m.change(q)
}

// change lists what a query selects, unless that is listed already.
func (m *Model) change(q Query) tea.Cmd {
	if q == m.query {
		return nil
	}
	return m.choose(q)
}

// read reads a filter and checks it.
func (m *Model) read(text string) (Query, error) {
	q, err := selection.Parse(text)
	if err == nil && m.o.Check != nil {
		err = m.o.Check(q)
	}
	return q, err
}

// counting is the count of what the filter that is being typed selects.
type counting struct {
	token  int
	cancel context.CancelFunc // nil when nothing is counted
	words  string             // what is known, "" for nothing yet
}

// countRest is how long the line has to be left alone before what it selects is counted.
const countRest = 150 * time.Millisecond

// countMsg asks for a count, or brings what is known of one.
type countMsg struct {
	token int
	list  Cursor // nil when the count is asked for
	hits  int
	err   error // io.EOF when the count is complete
}

// countSoon counts what the line selects as soon as nothing more is typed.
func (m *Model) countSoon() tea.Cmd {
	m.stopCounting()
	token := m.counting.token
	if m.o.Soon != nil {
		return m.o.Soon(countMsg{token: token})
	}
	return tea.Tick(countRest, func(time.Time) tea.Msg { return countMsg{token: token} })
}

func (m *Model) stopCounting() {
	if m.counting.cancel != nil {
		m.counting.cancel()
	}
	m.counting = counting{token: m.counting.token + 1}
}

// counted continues with a count.
func (m *Model) counted(msg countMsg) tea.Cmd {
	c := &m.counting
	if msg.token != c.token || m.line == nil {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	c.cancel = cancel
	if msg.list == nil {
		q, err := m.read(m.line.in.Text())
		if err != nil {
			cancel()
			return nil
		}
		return count(ctx, countMsg{token: msg.token, list: m.loader.List(q)}, q.Local() == Query{} && q.Sample == 0)
	}
	looked, of := lookedAt(msg.list)
	switch {
	case msg.err == nil:
		c.words = figure.Int(msg.hits) + " in " + figure.Int(looked) + " of " + figure.Int(of)
		return count(ctx, msg, false)
	case errors.Is(msg.err, io.EOF):
		c.words = figure.Count(msg.hits, "log")
	}
	cancel()
	return nil
}

// countSlice is how long one step of a count takes.
const countSlice = 100 * time.Millisecond

// counter is a Cursor that can ask the server how many logs its list has.
type counter interface {
	Count(ctx context.Context) (int, error)
}

// count is the command that continues with a count. A list that the server counts is not read.
func count(ctx context.Context, msg countMsg, told bool) tea.Cmd {
	return func() tea.Msg {
		if c, ok := msg.list.(counter); ok && told {
			if msg.hits, msg.err = c.Count(ctx); msg.err == nil {
				msg.err = io.EOF
			}
			return msg
		}
		for end := time.Now().Add(countSlice); time.Now().Before(end); {
			logs, err := msg.list.Next(ctx, pageRows)
			msg.hits += len(logs)
			if msg.err = err; err != nil {
				break
			}
		}
		return msg
	}
}
