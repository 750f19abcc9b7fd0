package bulk

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/batch"
	"errata/model"
	"errata/ui/change"
	"errata/ui/layout"
	"errata/ui/pager"
)

// Row is a log of the batch, with what changes in it.
type Row struct {
	batch.Row
	Changes []Change
	Notes   []string
	Err     error // why that cannot be told
}

// Change is how a field changes.
type Change struct {
	Name  string        // what people call the field, or the evaluator
	Turn  string        // in a sentence
	Lines []change.Line // nil if the turn says all
}

// words are what a row says of it.
func (c Change) words() string { return c.Name + ": " + c.Turn }

// list is the rows that are listed, and those of them that were read.
type list struct {
	kind   int   // which of the kinds
	shown  []int // rows of the batch
	cursor int   // index into shown
	top    int
	rows   map[int]Row // by their number in the batch
	asked  bool        // more are being read
	old    bool        // those that are read are to be read again
	of     int         // the row that the pane shows, -1 for none
	said   bool        // instead of rows the pane shows what is said of all
}

// mostRows is how many rows are kept in memory.
const mostRows = 500

// stale has the rows read again.
func (l *list) stale() { l.old = true }

func (l *list) follow(h int) {
	l.cursor = max(min(l.cursor, len(l.shown)-1), 0)
	l.top = layout.Scroll(l.top, l.cursor, len(l.shown), h, 1)
}

// row is the row under the cursor; ok is false before it is read.
func (m *Model) row() (r Row, ok bool) {
	if m.list.cursor >= len(m.list.shown) {
		return r, false
	}
	r, ok = m.list.rows[m.list.shown[m.list.cursor]]
	return r, ok
}

func (m *Model) move(n int) {
	m.list.cursor += n
	m.list.follow(m.parts().rows.H)
	m.showRow()
}

// kind is one kind of row to be listed.
type kind struct {
	name   string
	sample bool
	said   bool // no rows: what is said of all of them
	wanted func(o batch.Outcome, changes func(*model.Field) bool, out bool) bool
}

// sampled is from how many changes on a review begins with a sample of them, and how large it is.
const (
	sampled    = 100
	sampleRows = 20
)

// kinds lists the kinds of which there are any.
func (m *Model) kinds() (list []kind) {
	c := m.work.Counts()
	add := func(name string, n int, wanted func(o batch.Outcome, changes func(*model.Field) bool, out bool) bool) {
		if n > 0 {
			list = append(list, kind{name: name, wanted: wanted})
		}
	}
	of := func(outcomes ...batch.Outcome) func(batch.Outcome, func(*model.Field) bool, bool) bool {
		return func(o batch.Outcome, _ func(*model.Field) bool, out bool) bool {
			return !out && slices.Contains(outcomes, o)
		}
	}
	if (m.stage == reviewing || m.stage == ended) && len(m.work.Said()) > 0 {
		list = append(list, kind{name: "summary", said: true, wanted: func(batch.Outcome, func(*model.Field) bool, bool) bool { return false }})
	}
	todo := of(batch.Todo)
	if n := c.By[batch.Todo]; m.stage == reviewing && n > sampled {
		list = append(list, kind{name: "a sample", sample: true, wanted: todo})
	}
	if m.stage == ended {
		add("not changed", failed(c), of(batch.Refused, batch.Missing, batch.Conflict, batch.Failed, batch.Unclear))
	}
	name := "change"
	if m.stage >= sending {
		name = "left to do"
	}
	add(name, c.By[batch.Todo], todo)
	if m.stage < sending && len(c.Fields) > 1 {
		for _, f := range model.Form() {
			add(f.Name, c.Fields[f], func(o batch.Outcome, changes func(*model.Field) bool, out bool) bool {
				return !out && o == batch.Todo && changes(f)
			})
		}
	}
	add("saved and verified", c.By[batch.Saved], of(batch.Saved))
	if m.stage < ended {
		add("refused", failed(c), of(batch.Refused, batch.Missing, batch.Conflict, batch.Failed, batch.Unclear))
	}
	add("already so", c.By[batch.Same], of(batch.Same))
	add("left out", c.Left, func(_ batch.Outcome, _ func(*model.Field) bool, out bool) bool { return out })
	if len(list) == 0 {
		list = []kind{{name: "logs", wanted: func(batch.Outcome, func(*model.Field) bool, bool) bool { return true }}}
	}
	return list
}

// filter lists the next kind.
func (m *Model) filter(by int) {
	n := len(m.kinds())
	m.list.kind = (m.list.kind + by + n) % n
	m.list.cursor, m.list.top = 0, 0
	m.refilter()
}

// refilter lists what is of the kind by now.
func (m *Model) refilter() {
	kinds := m.kinds()
	m.list.kind = min(m.list.kind, len(kinds)-1)
	k := kinds[m.list.kind]
	if m.list.said = k.said; k.said {
		m.look = false
	}
	m.list.shown = m.work.Which(k.wanted)
	if k.sample {
		m.list.shown = sample(m.list.shown, sampleRows)
	}
	m.SetSize(m.w, m.h)
	m.list.of = -1
	m.showSaid()
	m.showRow()
}

// showSaid brings the pane to what is said of all.
func (m *Model) showSaid() {
	if !m.list.said {
		return
	}
	var parts []pager.Source
	for _, line := range m.work.Said() {
		parts = append(parts, pager.Plain(line, m.th))
	}
	if len(parts) == 1 {
		parts = append(parts, pager.Heading(untouched, m.th.Muted))
	}
	m.pane.SetSource(pager.Join(parts...))
}

// sample is some of a list, from all over it.
func sample(list []int, n int) []int {
	if len(list) <= n {
		return list
	}
	some := make([]int, n)
	for i := range some {
		some[i] = list[i*len(list)/n]
	}
	return some
}

// read is the command that reads the rows in the window that are not read yet, nil when there is
// nothing to read.
func (m *Model) read() tea.Cmd {
	l := &m.list
	if m.work == nil || l.asked || m.stage < planning {
		return nil
	}
	var wanted []int
	for i := l.top; i < min(l.top+max(m.parts().rows.H, 1), len(l.shown)); i++ {
		if _, known := l.rows[l.shown[i]]; !known || l.old {
			wanted = append(wanted, l.shown[i])
		}
	}
	if l.old = false; len(wanted) == 0 {
		return nil
	}
	l.asked = true
	work, cells := m.work, max((m.parts().rows.W-besideTurn)/2, 12)
	return func() tea.Msg { return rowsMsg{rows: work.Rows(context.Background(), wanted, cells)} }
}

// besideTurn is about how many cells of a row the id and the name of a field take.
const besideTurn = 45

// arrived takes rows in.
func (m *Model) arrived(msg rowsMsg) {
	l := &m.list
	if l.asked = false; l.rows == nil || len(l.rows) > mostRows {
		l.rows = map[int]Row{}
	}
	for _, r := range msg.rows {
		if r.Changes == nil { // it is changed by now, and what was to be changed is known
			r.Changes = l.rows[r.N].Changes
		}
		l.rows[r.N] = r
	}
	l.of = -1
	m.showRow()
}

// untouched is what there is to say of a log that is so already.
const untouched = "nothing of it changes: it is so already"

// showRow brings the pane to the log under the cursor.
func (m *Model) showRow() {
	row, ok := m.row()
	if !ok || m.list.of == row.N {
		return
	}
	m.list.of = row.N
	parts := []pager.Source{pager.Heading(row.LogID, m.th.Title)}
	if why := row.why(); why != "" {
		parts = append(parts, pager.Heading(why, m.th.Warning))
	}
	for _, note := range row.Notes {
		parts = append(parts, pager.Heading(note, m.th.Muted))
	}
	for _, c := range row.Changes {
		turn := pager.Changes(c.Lines, m.th)
		if c.Lines == nil {
			turn = pager.Plain(m.th.Words(c.Turn), m.th)
		}
		parts = append(parts, pager.Plain("", m.th), pager.Heading(c.Name, m.th.Heading), turn)
	}
	if len(parts) == 1 {
		parts = append(parts, pager.Heading(untouched, m.th.Muted))
	}
	m.pane.SetSource(pager.Join(parts...))
}

// why says why the log is not changed, or why its changes cannot be shown.
func (r Row) why() string {
	if r.Why == "" && r.Err != nil {
		return r.Err.Error()
	}
	return r.Why
}
