// Package browse is the screen that lists logs: a table that grows while one scrolls, with a
// search, filters, marks and, where there is room, a preview of the log under the cursor.
//
// It knows rows and the model of a log. It must not know where logs come from, nor what happens to
// one that is opened.
package browse

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/model/columns"
	"errata/model/selection"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/pager"
	"errata/ui/theme"
)

// Loader gives lists of logs.
type Loader interface {
	// List begins a list. It must not wait for anything.
	List(q Query) Cursor
}

// Cursor hands out one list.
type Cursor interface {
	// Next waits for the next logs, n at most; none when it has looked for a while and found none;
	// io.EOF says that there are no more. It is called by one goroutine at a time.
	Next(ctx context.Context, n int) ([]*model.Log, error)
}

// Query selects logs.
type Query = selection.Selection

// Options configure New.
type Options struct {
	Server string // what the header says of the server
	Query  Query  // what is listed at first
	Views  []View
	// tells what of a filter makes no sense; nil takes any
	Check func(Query) error
	// the columns of the table; none takes those of columns.Default
	Columns []columns.Column
	Now     func() time.Time // nil for the clock
	// tells whether a log was corrected, as far as that is known here; nil knows of none
	Corrected func(ctx context.Context, id string) bool
	// lists the prompts of the server, with counts; nil knows none
	Prompts func(context.Context) ([]Prompt, error)
	// hands out documents of the store for as long as the context lasts, from several goroutines;
	// nil if there is no store at hand
	Stored func(ctx context.Context, take func(doc []byte))
	// makes a command that brings a message after a short rest; nil takes the clock
	Soon func(tea.Msg) tea.Cmd
	// reads logs of one prompt again, as they are listed, those that are not there any more left
	// out; nil reads none
	Read func(ctx context.Context, prompt string, ids []string) ([]*model.Log, error)
	// finds what an id, its beginning or a path leads to; nil finds nothing
	Find func(ctx context.Context, typed string) (Found, error)
	// makes the export of logs into a file, which may replace one that is there; nil exports
	// nothing
	Export func(ids []string, file string, replace bool) Export
	// makes what hands out new logs; nil follows nothing. The error says what cannot be followed
	Follow func(Query) (Follow, error)
	Sleep  func(done <-chan struct{}, d time.Duration) bool // waits between two looks for new logs
	// Listen gives the context of a request, and a command that turns its notices, and those of the
	// command that waits for more, into messages; nil ignores them.
	Listen func(ctx context.Context, heard func(why string, more tea.Cmd) tea.Msg) (context.Context, tea.Cmd)
}

// View is a saved filter.
type View struct {
	Name, Key string // the key is empty if it has none
	Filter    string // a line of words
}

// OpenMsg asks to open a log.
type OpenMsg struct {
	ID     string
	Marked bool // it is one of those that are marked, which are to be walked
}

// ChangeMsg asks to change logs: those that are marked, else the one under the cursor.
type ChangeMsg struct{}

// ResumeMsg asks to continue with a change of many logs that was stopped.
type ResumeMsg struct{}

// HistoryMsg asks for what was sent.
type HistoryMsg struct{}

// AnnotateMsg asks for logs to be annotated, one after the other.
type AnnotateMsg struct{ IDs []string }

// QuitMsg asks to leave the screen.
type QuitMsg struct{}

// Model is the screen. Update changes it in place.
type Model struct {
	logList
	line      *line // what is typed, nil when nothing is
	counting  counting
	exporting exporting
	picker    *picker  // nil when it is closed
	chooser   *chooser // nil when it is closed
	onDrafts  bool     // the cursor is on the line that tells of drafts
	prompts   []Prompt // of the server, nil when they are not known
	asking    bool     // the prompts are being asked for
	stored    *seen    // what is in the logs of the store, nil when it is not known
	storing   bool     // it is being looked for
	preview   preview
	news      bars.News
	want      tea.Msg // what is asked for, until Update returns
}

// logList is the table: its rows, where they come from, the marks and the cursor.
type logList struct {
	loader Loader
	th     *theme.Theme
	o      Options
	w, h   int
	// where somebody put the rule between the table and the preview
	divider layout.Divider

	query  Query
	listed Query // what rows belongs to, while the rows of query are on their way
	source source
	rows   []*row
	docs   cache
	known  map[string]bool // the ids of rows
	order  *order          // nil is that of the server
	cursor int             // the row
	top    int             // the first visible row

	columns []column
	shape   shape
	compact bool // a log takes one line, whatever has no room
	year    int  // the present one

	drawn  drawn
	drafts []Draft
	told   int               // how often drafts were told
	held   map[string]string // who has the draft of a log, by the ids of all that have one

	again     rereading
	marks     marks
	gathering gathering
	following following
	whole     []string // all that the query selects, when all of it is marked
}

// New makes the screen; Init starts to load.
func New(l Loader, th *theme.Theme, o Options) *Model {
	m := &Model{
		logList: logList{loader: l, th: th, o: o, query: o.Query, known: map[string]bool{}},
		preview: preview{pane: pager.New(pager.Plain("", th), th)},
	}
	now := time.Now
	if o.Now != nil {
		now = o.Now
	}
	m.year = now().UTC().Year()
	if len(o.Columns) == 0 {
		o.Columns = columns.Default()
	}
	m.chooseColumns(o.Columns)
	return m
}

// Init starts to load the list.
func (m *Model) Init() tea.Cmd { return m.begin() }

// SetSize gives the cells that the screen draws on.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = max(w, 0), max(h, 0)
	p := m.parts()
	m.preview.pane.SetSize(p.pane.W, max(p.pane.H-previewHeader, 0))
	m.follow()
}

// SetTheme changes the looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.th = th
	m.preview = preview{pane: pager.New(pager.Plain("", th), th), token: m.preview.token + 1}
	if m.line != nil {
		m.line.setTheme(th)
	}
	if m.picker != nil {
		m.picker.in.SetTheme(th)
	}
	if m.chooser != nil && m.chooser.in != nil {
		m.chooser.in.SetTheme(th)
	}
	m.SetSize(m.w, m.h)
	if m.look() != nil { // it takes its time: the next Update begins it
		m.preview.of = nil
	}
}

// Selected is the id of the log under the cursor.
func (m *logList) Selected() (id string, ok bool) {
	if m.cursor >= len(m.rows) {
		return "", false
	}
	return m.rows[m.cursor].id(), true
}

// Select puts the cursor on a log, if it is loaded.
func (m *logList) Select(id string) {
	for i := range m.rows {
		if m.rows[i].id() == id {
			m.cursor = i
			m.follow()
			return
		}
	}
}

// IDs lists the loaded logs as they are in the table.
func (m *logList) IDs() []string {
	ids := make([]string, len(m.rows))
	for i := range m.rows {
		ids[i] = m.rows[i].id()
	}
	return ids
}

// Capturing reports whether letters are text just now.
func (m *Model) Capturing() bool {
	return m.line != nil || m.picker != nil || m.chooser != nil && m.chooser.in != nil
}

// Replace puts a newer reading of a log instead of the loaded one.
func (m *Model) Replace(l *model.Log) {
	r := newRow(l, m.shape)
	if !m.known[r.id()] {
		return
	}
	at := slices.IndexFunc(m.rows, func(other *row) bool { return other.id() == r.id() })
	r.place = m.rows[at].place
	m.rows[at] = r
	m.docs.put(r.id(), l)
	m.rearrange()
}

// Busy reports whether logs are being read.
func (m *Model) Busy() bool {
	return m.source.cancel != nil || m.gathering.cancel != nil || m.exporting.cancel != nil
}

// Interrupt stops what is under way, and reports whether there was anything.
func (m *Model) Interrupt() bool {
	return m.stopExport() || m.stopGathering() || m.stop() || m.stopFollowing()
}

// Say shows a line of news until the next key.
func (m *Model) Say(n bars.News) { m.news = n }

// Keys are the tables of the keys that hold just now.
func (m *Model) Keys() []keys.Map {
	switch {
	case m.picker != nil:
		return []keys.Map{keys.Picker}
	case m.chooser != nil && m.chooser.in != nil:
		return []keys.Map{keys.AddColumn}
	case m.chooser != nil:
		return []keys.Map{keys.ColumnsScreen, keys.Global}
	case m.line != nil:
		return []keys.Map{m.line.keys()}
	case len(m.o.Views) > 0:
		return []keys.Map{m.ownKeys(), m.viewKeys(), keys.Global}
	default:
		return []keys.Map{m.ownKeys(), keys.Global}
	}
}

// ownKeys is the table of keys; while logs are marked, what can be done with them is first.
func (m *Model) ownKeys() keys.Map {
	switch {
	case len(m.rows) == 0:
		return keys.Browse.Quiet(keys.Open, keys.Mark, keys.Annotate, keys.Sort)
	case m.MarkCount() == 0:
		return keys.Browse
	}
	from, to := m.span()
	var first, rest []keys.Binding
	for _, b := range keys.Browse.Bindings() {
		switch hint := markedHints[b.Do]; {
		case b.Do == keys.Compare && m.MarkCount() == 2:
			first = append([]keys.Binding{b.Hinted("compare")}, first...)
		case b.Do == keys.Open && !m.isMarked(m.cursor, from, to):
			first = append(first, b)
		case hint != "":
			first = append(first, b.Hinted(hint))
		default:
			rest = append(rest, b)
		}
	}
	return keys.Browse.With(append(first, rest...))
}

// markedHints are the words for the footer of what can be done with the marked logs.
var markedHints = map[keys.Action]string{keys.Open: "walk", keys.Bulk: "change", keys.Export: "export", keys.Copy: "ids", keys.MarkAll: "all", keys.Mark: "mark"}

// viewKeys are the keys of the saved filters.
func (m *Model) viewKeys() keys.Map {
	var list []keys.Binding
	for _, v := range m.o.Views {
		if v.Key != "" {
			list = append(list, keys.Bind(keys.Action(v.Filter), v.Name+": "+v.Filter, v.Key))
		}
	}
	return keys.Map{Title: "Saved filters"}.With(list)
}
