// Package bulk is the screen that changes many logs: the line in which it is typed what is done to
// them, the review of all changes, the sending and its results.
//
// It knows batches and the values that logs hold. It must not know services or other screens, nor
// how a change is read from what was typed.
package bulk

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/batch"
	"errata/model"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/pager"
	"errata/ui/query"
	"errata/ui/theme"
)

// Work is a batch as the screen drives it. Plan, Send, Again and Rows are called away from the
// keys, all else between them, and costs nothing.
type Work interface {
	Head() batch.Head
	Counts() batch.Counts
	Progress() batch.Progress
	Which(wanted func(o batch.Outcome, changes func(*model.Field) bool, out bool) bool) []int
	Leave(n int, out bool) error
	// Plan finds out what would change.
	Plan(ctx context.Context) error
	// Send sends what is left to do. It ends early once ctx is done and the logs in hand are sent.
	Send(ctx context.Context) error
	// Again marks what failed to be sent again, and returns how many of these logs need a new
	// review.
	Again() (n, unreviewed int, err error)
	// Typed says that somebody types: then what runs beside the screen makes room.
	Typed()
	// Finished reports whether nothing is left to be done, beside the logs as well.
	Finished() bool
	// Said is what is to be said of all of it, line by line: of what is reviewed, or of what became
	// of it. nil for nothing.
	Said() []string
	// Rows reads rows, with the changes of their logs, old and new in that many cells each; with 0
	// cells, without the changes.
	Rows(ctx context.Context, list []int, cells int) []Row
	Close() error
}

// Options configure New.
type Options struct {
	Server string
	// Begin reads what was typed, and gives what begins that change of the logs away from the keys.
	Begin func(typed string) (func(context.Context) (Work, error), error)
	Logs  int      // how many are to be changed
	Help  []string // lines that say what can be typed
	// makes a command that brings a message after a while; nil takes the clock
	Soon func(tea.Msg) tea.Cmd
	Now  func() time.Time // nil for the clock
	// where the rule is, shared by the screens of a session; nil shares nothing
	Divider *layout.Divider
}

// CloseMsg asks to leave the screen.
type CloseMsg struct {
	Done bool  // something was sent
	Err  error // why there is nothing to be shown; nil if somebody leaves
}

// OpenMsg asks to open a log.
type OpenMsg struct{ ID string }

// UndoMsg asks to take a batch back. The screen has let go of it.
type UndoMsg struct{ Of batch.Head }

// SureMsg asks to have it confirmed that a change is made that cannot be taken back. Confirmed is
// to be called then.
type SureMsg struct{ Question string }

// stage is how far the change has come.
type stage int

const (
	asking stage = iota
	beginning
	planning
	reviewing
	sending
	ended
)

// Model is the screen. Update changes it in place.
type Model struct {
	th   *theme.Theme
	o    Options
	w, h int

	stage stage
	line  *query.Line
	wrong string // why what is typed cannot be carried out
	work  Work   // nil before it is started

	run  running
	list list
	pane *pager.Model // old and new of a log
	look bool         // the pane has the screen
	news bars.News
	want tea.Msg // what is asked for, until Update returns
}

// running is what is under way. Results of commands carry the token that held when they began.
type running struct {
	token  int
	cancel context.CancelFunc // nil when nothing is
	stops  bool               // it was stopped, and comes to its end
	err    error              // why the last one ended early
}

// New asks what is to be done to some logs.
func New(th *theme.Theme, o Options) *Model {
	if o.Divider == nil {
		o.Divider = new(layout.Divider)
	}
	return &Model{th: th, o: o, line: query.New("", th), pane: pager.New(pager.Plain("", th), th)}
}

// Resume shows a batch that was started before, to be continued.
func Resume(work Work, th *theme.Theme, o Options) *Model {
	m := New(th, o)
	m.work, m.stage = work, ended
	m.refilter()
	return m
}

// SetSize gives the window that the screen draws on.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = max(w, 0), max(h, 0)
	p := m.parts()
	m.pane.SetSize(p.pane.W, max(p.pane.H, 0))
	m.list.follow(p.rows.H)
}

// SetTheme changes the looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.th = th
	m.line.SetTheme(th)
	m.pane = pager.New(pager.Plain("", th), th)
	m.list.of = -1
	m.SetSize(m.w, m.h)
	m.showSaid()
	m.showRow()
}

// Say shows a line of news until the next key.
func (m *Model) Say(n bars.News) { m.news = n }

// Capturing reports whether letters are text just now.
func (m *Model) Capturing() bool { return m.stage == asking }

// Busy reports whether something is under way.
func (m *Model) Busy() bool { return m.run.cancel != nil }

// Interrupt stops what is under way, and reports whether there was anything.
func (m *Model) Interrupt() bool {
	if m.run.cancel == nil {
		return false
	}
	m.run.cancel()
	m.run.stops = true
	return true
}

// Keys are the tables that hold just now.
func (m *Model) Keys() []keys.Map {
	switch m.stage {
	case asking:
		return []keys.Map{keys.BulkChange}
	case sending:
		return []keys.Map{m.useful(keys.BulkRun)}
	case ended:
		return []keys.Map{m.useful(m.resultKeys())}
	default:
		return []keys.Map{m.useful(keys.BulkReview)}
	}
}

// useful is a table whose footer leaves out what there is nothing for just now: other kinds of
// rows, changes to send, a row to look at or to leave out.
func (m *Model) useful(table keys.Map) keys.Map {
	var idle []keys.Action
	if m.work == nil {
		return table
	}
	if kinds := m.kinds(); len(kinds) == 1 {
		idle = append(idle, keys.NextFilter)
	}
	if m.stage == reviewing && m.work.Counts().By[batch.Todo] == 0 {
		idle = append(idle, keys.Send)
	}
	row, ok := m.row()
	if !ok {
		idle = append(idle, keys.Look, keys.Open)
	}
	if !ok || !row.Out && row.Outcome != batch.Todo {
		idle = append(idle, keys.LeaveOut)
	}
	table = table.Quiet(idle...)
	switch {
	case m.look:
		table = table.Named(keys.Look, "list")
	case row.Out:
		table = table.Named(keys.LeaveOut, "take back in")
	}
	return table
}

// resultKeys are the keys of the results: of going on, trying again and undoing those that there is
// something for.
func (m *Model) resultKeys() keys.Map {
	c, table := m.work.Counts(), keys.BulkResults
	idle := map[keys.Action]bool{keys.Send: c.By[batch.Todo] == 0 && m.work.Finished(), keys.Retry: again(c) == 0, keys.Undo: c.By[batch.Saved] == 0}
	table = table.With(slices.DeleteFunc(slices.Clone(table.Bindings()), func(b keys.Binding) bool { return idle[b.Do] }))
	if m.work.Head().Irreversible {
		return table.Quiet(keys.Undo) // the key says why not
	}
	return table
}
