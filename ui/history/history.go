package history

import (
	"iter"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/journal"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/query"
	"errata/ui/theme"
)

// Source gives entries; a *journal.Journal is one.
type Source interface {
	// Entries lists the entries that match, the newest first. An error is of one that cannot be
	// read; the list goes on behind it.
	Entries(f journal.Filter) iter.Seq2[journal.Entry, error]
}

// UndoMsg asks to take an entry back. The entry was sent to Options.ServerID and holds its old
// values.
type UndoMsg struct{ Entry journal.Entry }

// CloseMsg asks to leave the screen.
type CloseMsg struct{}

// OpenBatchMsg asks for the entries of a batch.
type OpenBatchMsg struct{ ID string }

// UndoBatchMsg asks to take a batch back.
type UndoBatchMsg struct{ ID string }

// Batch is a change of many logs as one line of the list.
type Batch struct {
	Words    string // what was done
	Logs     int
	Standing string // what became of it: "412 changed"
}

// Options configure New.
type Options struct {
	Server string         // what the header says of the server
	Title  string         // what the header says is listed: a log's id, say
	Filter journal.Filter // what is listed
	// where an undo would go, as Entry.Server writes it; entries of other servers are only shown
	ServerID string
	// tells of a batch whose entries are one line, see journal.Filter.Together; ok is false if
	// nothing is known of it. It is called away from the keys. Nil knows none
	Batch func(id string) (b Batch, ok bool)
	// where the rule is, shared by the screens of a session; nil shares nothing
	Divider *layout.Divider
}

// Model is the screen. Update changes it in place.
type Model struct {
	th    *theme.Theme
	o     Options
	w, h  int
	parts layout.Screen

	reader  *reader
	loading bool
	done    bool     // all of the list is here
	records []record // what was read so far
	shown   []int    // the records that pass the filter
	cursor  int      // index into shown
	// the record that the cursor was moved to; it comes back to it from under a filter
	at  int
	top int // the first visible row

	filter string
	prompt *query.Line // nil when it is closed
	detail detail
	news   bars.News
	want   tea.Msg // what was decided, until Update returns
}

// New makes the screen; Init starts to read.
func New(s Source, th *theme.Theme, o Options) *Model {
	if o.Divider == nil {
		o.Divider = new(layout.Divider)
	}
	return &Model{th: th, o: o, reader: newReader(s.Entries(o.Filter), o), detail: newDetail(th)}
}

// Init starts to read the list.
func (m *Model) Init() tea.Cmd { return m.more() }

// End is the command that closes the source. Run it when the screen is dropped.
func (m *Model) End() tea.Cmd { return m.reader.end() }

// SetSize gives the window that the screen draws on.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = max(w, 0), max(h, 0)
	m.parts = layout.Compute(m.w, m.h, headerLines)
	m.detail.pane.SetSize(m.w, m.paneHeight())
	m.follow()
}

// SetTheme changes the looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.th = th
	m.detail.renew(th)
	if m.prompt != nil {
		m.prompt.SetTheme(th)
	}
	m.SetSize(m.w, m.h)
	if m.look() != nil { // it takes its time: the next Update begins it
		m.detail.of = none
	}
}

// Busy reports whether entries are being read.
func (m *Model) Busy() bool { return m.loading }

// Reading reports whether the first entries are still to come, so that there is none to do anything
// with.
func (m *Model) Reading() bool { return m.loading && len(m.records) == 0 && m.prompt == nil }

// Say shows a line of news until the next key.
func (m *Model) Say(n bars.News) { m.news = n }

// Capturing reports whether letters are text just now.
func (m *Model) Capturing() bool { return m.prompt != nil }

// Keys are the tables that hold just now.
func (m *Model) Keys() []keys.Map {
	if m.prompt != nil {
		return []keys.Map{keys.HistoryFilter}
	}
	if len(m.shown) == 0 {
		return []keys.Map{keys.HistoryScreen.Quiet(keys.Undo, keys.Copy, keys.ScrollDown)}
	}
	return []keys.Map{keys.HistoryScreen}
}

// selected is the record under the cursor.
func (m *Model) selected() (r record, ok bool) {
	if len(m.shown) == 0 {
		return record{}, false
	}
	return m.records[m.shown[m.cursor]], true
}

// add takes records in.
func (m *Model) add(list []record) {
	for _, r := range list {
		if r.matches(m.filter) {
			m.shown = append(m.shown, len(m.records))
		}
		m.records = append(m.records, r)
	}
	m.follow()
}

// narrow lists what passes another filter. The cursor stays on its record, or is on the next older
// one that passes.
func (m *Model) narrow(filter string) {
	if filter == m.filter {
		return
	}
	m.filter, m.shown = filter, nil
	for i, r := range m.records {
		if r.matches(filter) {
			m.shown = append(m.shown, i)
		}
	}
	m.cursor, _ = slices.BinarySearch(m.shown, m.at)
	m.follow()
}

func (m *Model) move(n int) {
	m.cursor += n
	m.follow()
	if len(m.shown) > 0 {
		m.at = m.shown[m.cursor]
	}
}

// follow keeps the cursor on a row and the row in the window.
func (m *Model) follow() {
	m.cursor = max(min(m.cursor, len(m.shown)-1), 0)
	m.top = layout.Scroll(m.top, m.cursor, len(m.shown), m.rows(), 1)
}
