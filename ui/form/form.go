package form

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/editor"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/pager"
	"errata/ui/theme"
)

// ReviewMsg asks for the review of the changes.
type ReviewMsg struct{}

// ReloadMsg asks for the log to be read again.
type ReloadMsg struct{}

// StepMsg asks for the next (1) or the previous (-1) log of the list.
type StepMsg struct{ By int }

// HistoryMsg asks for what was sent of this log.
type HistoryMsg struct{}

// BackMsg asks to leave the form.
type BackMsg struct{}

// Options configure a form.
type Options struct {
	Server string // what the header says of the server
	// why nothing can be edited, "" when it can
	ReadOnly string
	// the external editor's command line, nil for none
	Editor    []string
	EditorEnv []string // its environment; nil is that of errata
	// where its file goes, beside the draft; nil where there is none
	EditorFile func(name string) (path string, err error)
	TempDir    string           // where its file goes else
	Keeper     Keeper           // keeps unsaved work; nil keeps none
	Now        func() time.Time // the clock; nil is the system's
	// the zone that is called here; nil is the system's
	Zone   *time.Location
	Prices model.Prices // what a model costs; nil knows no price
	// what was looked for last, shared by the forms of a session; nil shares nothing
	Searched *find.Last
}

// Model is the form. It is changed in place; all of it belongs to the goroutine of Update.
type Model struct {
	edits
	head  model.Head
	lent  *lent // what an external editor has, nil when it has nothing
	o     Options
	th    *theme.Theme
	w, h  int
	parts layout.Screen

	rows   []row
	cursor int // index into rows, always at a stop
	top    int // the first row shown

	edit    *session         // the open text editor, nil when there is none
	built   *building        // the open structure, nil when there is none
	busy    *busy            // what is waited for, nil when nothing is
	asking  *asking          // the question for a file name, nil when there is none
	fill    *fillMenu        // the list of fill-ins, nil when it is not open
	alone   bool             // the parts are those of a window that shows one thing
	reading bool             // the pane has the keys
	diff    bool             // the pane shows old and new
	search  search           // the search prompt and its hits
	pane    *pager.Model     // what the pane shows when no editor is open
	shown   paneKey          // what pane was made for
	sources map[paneKey]held // what a pane shows, kept until the value changes
	texts   map[int]string   // by row: the preview, kept until the value changes
	totals  *model.Totals    // kept until a value changes
	tokens  int              // numbers background work, so that late results can be told
	want    tea.Msg          // what the form wants, until Update returns
}

// New makes a form of the changes to a log, the cursor on the first field.
func New(changes *model.ChangeSet, th *theme.Theme, o Options) *Model {
	if o.Searched == nil {
		o.Searched = &find.Last{}
	}
	m := &Model{o: o, th: th}
	m.edits.keeper, m.edits.touched = o.Keeper, func(f *model.Field) { m.touch(m.rowOf(f)) }
	m.SetChanges(changes)
	return m
}

// SetChanges shows another change set, usually of the same log after it was saved or read again.
// The cursor stays on its field; an open editor is closed without being read.
func (m *Model) SetChanges(changes *model.ChangeSet) {
	m.changes, m.head = changes, changes.Base().Head()
	m.history, m.left = draft.History{}, nil
	m.search.cancel()
	if m.edit != nil {
		m.edit.find.Close()
	}
	m.edit, m.built, m.busy, m.asking = nil, nil, nil, nil
	m.search = search{query: m.search.query, regex: m.search.regex, token: m.search.token}
	m.rows = makeRows(changes.Base())
	m.cursor = min(m.cursor, len(m.rows)-1)
	for !m.rows[m.cursor].stop() {
		m.cursor++
	}
	m.forget()
	m.refill()
}

// SetTheme changes the looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.th = th
	m.forget()
	if m.edit != nil {
		m.edit.ed.SetStyles(bars.EditorStyles(th))
		m.edit.find.SetTheme(th)
	}
	if m.built != nil {
		m.built.st.SetTheme(th)
	}
	if m.search.prompt != nil {
		m.search.prompt.SetTheme(th)
	}
	if m.asking != nil {
		m.asking.prompt.SetTheme(th)
	}
}

// SetSize gives the window that the form draws on.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = w, h
	m.fit()
}

// fit cuts the window into its parts. A value that is being read has all of it: a terminal scrolls
// whole lines by a few bytes, but would be sent every line of one part beside another.
func (m *Model) fit() {
	m.parts, m.alone = layout.Compute(m.w, m.h, headerLines), m.reading
	if m.alone {
		m.parts = m.parts.Alone()
	}
	m.arrange()
}

// Capturing tells whether letters are text just now, so that they cannot be commands.
func (m *Model) Capturing() bool {
	return m.edit != nil || m.busy != nil || m.search.prompt != nil || m.asking != nil || m.built != nil && m.built.st.Capturing()
}

// editing is the field whose editor is open, nil when none is.
func (m *Model) editing() *sitting {
	switch {
	case m.edit != nil:
		return &m.edit.sitting
	case m.built != nil:
		return &m.built.sitting
	default:
		return nil
	}
}

// Keys are the tables that hold just now, for the help and the footer.
func (m *Model) Keys() []keys.Map {
	switch {
	case m.busy != nil:
		return []keys.Map{keys.Busy}
	case m.search.prompt != nil:
		return []keys.Map{keys.Prompt}
	case m.asking != nil:
		return []keys.Map{keys.FileName}
	case m.built != nil:
		return m.built.keys()
	case m.edit != nil && m.edit.find.IsOpen():
		return []keys.Map{keys.FindInText}
	case m.edit != nil && m.edit.single:
		return append(append([]keys.Map{keys.Editor, keys.LineEditor}, m.edit.aids()...), keys.Find, typing())
	case m.edit != nil:
		return []keys.Map{keys.Editor, keys.Find, typing()}
	case m.fill != nil:
		return []keys.Map{keys.Fill}
	case m.reading:
		return []keys.Map{keys.Reading}
	default:
		return []keys.Map{keys.Form}
	}
}

// typing is the table of the text editor's own keys, for the help.
func typing() keys.Map { return keys.Of("While typing", editor.Bindings(false)) }

// Field is the field under the cursor, nil on a row of the envelope.
func (m *Model) Field() *model.Field { return m.rows[m.cursor].field }

// forget drops everything derived from values.
func (m *Model) forget() {
	m.sources, m.texts, m.totals = map[paneKey]held{}, map[int]string{}, nil
	m.shown = paneKey{row: -1}
}

// touch drops what was derived from the value of a row.
func (m *Model) touch(row int) {
	delete(m.sources, paneKey{row, false})
	delete(m.sources, paneKey{row, true})
	delete(m.texts, row)
	m.totals = nil
	m.shown = paneKey{row: -1}
}

// arrange fits the widgets to the parts of the window.
func (m *Model) arrange() {
	m.scroll()
	if m.edit != nil {
		m.edit.ed.SetSize(m.parts.Pane.W, m.editorHeight())
	}
	if m.built != nil {
		m.built.st.SetSize(m.parts.Pane.W, m.editorHeight())
	}
	if m.pane != nil {
		m.pane.SetSize(m.parts.Pane.W, m.paneHeight())
	}
}

// Interrupt stops a search that is running, or the waiting for a large value. It tells whether
// there was one.
func (m *Model) Interrupt() bool {
	if m.busy != nil {
		m.giveUp()
		return true
	}
	if m.built != nil && m.built.st.Interrupt() {
		if n, ok := m.built.st.News(); ok {
			m.Say(n)
		}
		return true
	}
	if m.edit != nil && m.edit.find.Stop() {
		m.Say(bars.News{Text: "search stopped"})
		return true
	}
	if m.search.running == nil {
		return false
	}
	m.search.cancel()
	m.Say(bars.News{Text: "search stopped"})
	return true
}
