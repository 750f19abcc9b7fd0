package browse

import (
	"context"
	"errors"
	"io"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
)

// source is where the rows come from. Results of commands carry the token that held when they
// began; a late one is dropped.
type source struct {
	list    Cursor
	token   int
	cancel  context.CancelFunc // nil when nothing is being loaded
	fresh   bool               // what comes next replaces the rows
	keep    string             // the log that the cursor goes back to after that
	done    bool               // all of the list is here
	stopped bool               // somebody stopped it, or err
	err     error
	seen    int    // logs that were looked at, those passed over included
	of      int    // of so many, 0 if that is not known
	all     bool   // the search looked in all places
	why     string // the present load takes long
}

// whyMsg says why a load takes long.
type whyMsg struct {
	token int
	why   string
	more  tea.Cmd // waits for what there is to say next
}

// pageRows is the logs that are asked for at once, and pageTime how long one command goes on
// asking: how far it has come is shown then. What it found is shown after hitTime.
const (
	pageRows = 50
	pageTime = 100 * time.Millisecond
	hitTime  = 40 * time.Millisecond
)

// pageMsg brings rows.
type pageMsg struct {
	token int
	rows  []*row
	docs  []*model.Log // of the rows
	seen  int          // logs that were looked at, of so many: see lookedAt
	of    int
	all   bool // see searchedAll
	done  bool
	doubt string // see doubtOf, once it is done
	err   error
}

// looker is a Cursor that says how far it is.
type looker interface{ Looked() (n, of int) }

// lookedAt is how many logs a list has looked at, and of how many; 0 if it does not tell.
func lookedAt(list Cursor) (n, of int) {
	if l, ok := list.(looker); ok {
		return l.Looked()
	}
	return 0, 0
}

// searcher is a Cursor that reports whether its search looked in all places that errata knows of.
type searcher interface{ SearchedEverywhere() bool }

// searchedAll reports whether a list was searched in all places.
func searchedAll(list Cursor) bool {
	l, ok := list.(searcher)
	return ok && l.SearchedEverywhere()
}

// doubter is a Cursor that knows at its end what of its filter may be mistyped.
type doubter interface{ Doubts() []string }

// doubtOf is the first thing in the filter of a list that may be mistyped, empty for none.
func doubtOf(list Cursor) string {
	if l, ok := list.(doubter); ok && len(l.Doubts()) > 0 {
		return l.Doubts()[0]
	}
	return ""
}

// begin starts the list of the present query over. The rows stay until others are there.
func (m *logList) begin() tea.Cmd {
	if m.source.cancel != nil {
		m.source.cancel()
	}
	m.whole = nil
	m.stopGathering()
	m.source = source{list: m.loader.List(m.query), token: m.source.token, fresh: true}
	return m.load()
}

// load asks for the next rows.
func (m *logList) load() tea.Cmd {
	s := &m.source
	s.token++
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel, s.why = cancel, ""
	var listen tea.Cmd
	if token := s.token; m.o.Listen != nil {
		ctx, listen = m.o.Listen(ctx, func(why string, more tea.Cmd) tea.Msg { return whyMsg{token, why, more} })
	}
	return tea.Batch(fetch(ctx, s.list, max(pageRows, m.h), s.token, m.shape), listen)
}

// fetch is the command that gets about n rows, or as many as are found in a while.
func fetch(ctx context.Context, list Cursor, n, token int, s shape) tea.Cmd {
	return func() tea.Msg {
		msg := pageMsg{token: token}
		for began := time.Now(); ; {
			logs, err := list.Next(ctx, n-len(msg.rows))
			for _, l := range logs {
				msg.rows = append(msg.rows, newRow(l, s))
			}
			msg.docs = append(msg.docs, logs...)
			msg.done = errors.Is(err, io.EOF)
			if err != nil && !msg.done {
				msg.err = err
			}
			took := time.Since(began)
			if err != nil || len(msg.rows) >= n || took > pageTime || len(msg.rows) > 0 && took > hitTime {
				break
			}
		}
		msg.seen, msg.of = lookedAt(list)
		msg.all = searchedAll(list)
		if msg.done {
			msg.doubt = doubtOf(list)
		}
		return msg
	}
}

// arrived takes rows in.
func (m *logList) arrived(msg pageMsg) {
	s := &m.source
	if msg.token != s.token || s.cancel == nil {
		return
	}
	s.cancel()
	s.cancel = nil
	if s.fresh || msg.of > s.of { // with what came above since, it may be fewer than is known here
		s.of = msg.of
	}
	s.seen, s.all = msg.seen, msg.all
	s.done, s.err, s.stopped = msg.done, msg.err, msg.err != nil
	if s.fresh && (msg.err == nil || m.query != m.listed) {
		m.rows, m.cursor, m.top = nil, 0, 0
		m.known, m.docs = map[string]bool{}, cache{}
		m.listed, m.again.failed = m.query, nil
	}
	m.add(msg.rows, msg.docs)
	if s.fresh {
		m.Select(s.keep)
		s.fresh, s.keep = false, ""
	}
	m.follow()
}

// add puts rows into the table. A log that is there already, because the list moved on while it was
// read, is not put in twice.
func (m *logList) add(rows []*row, docs []*model.Log) {
	later := rows[:0]
	for i, r := range rows {
		id := r.id()
		if m.known[id] {
			continue
		}
		m.known[id] = true
		r.place = int32(len(m.rows) + len(later)) //nolint:gosec // no list is so long
		later = append(later, r)
		m.docs.put(id, docs[i])
	}
	m.merge(later)
}

// more loads the next rows when the cursor is within a screen of the end.
func (m *logList) more() tea.Cmd {
	s := &m.source
	if s.list == nil || s.cancel != nil || s.done || s.stopped || m.cursor+2*m.parts().logs < len(m.rows) {
		return nil
	}
	return m.load()
}

// onward loads more after rows have come, but in a sorted table only until the window is full: all
// new rows may be above the cursor, and one key would load the whole list.
func (m *logList) onward() tea.Cmd {
	if m.order != nil && len(m.rows) >= m.parts().logs {
		return nil
	}
	return m.more()
}

// stop gives up a load.
func (m *logList) stop() bool {
	s := &m.source
	if s.cancel == nil {
		return false
	}
	s.cancel()
	s.cancel = nil
	s.token++
	s.stopped = true
	return true
}

// Reload reads the list again, as what it lists may have changed; the cursor stays on its log.
func (m *logList) Reload() tea.Cmd {
	id, _ := m.Selected()
	cmd := m.begin()
	m.source.keep = id
	return cmd
}

// choose lists what another query selects, from the top.
func (m *logList) choose(q Query) tea.Cmd {
	m.query = q
	return m.begin()
}
