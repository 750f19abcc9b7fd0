package form

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/find"
	"errata/ui/keys"
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
	// where its file goes, beside the draft; nil if there is none
	EditorFile func(name string) (path string, err error)
	TempDir    string           // where its file goes else
	Keeper     Keeper           // keeps unsaved work; nil keeps none
	Now        func() time.Time // the clock; nil is the system's
	// the zone that is called here; nil is the system's
	Zone   *time.Location
	Prices model.Prices // what a model costs; nil knows no price
	Author string       // who judges, empty for nobody in particular
	// chooses the id of a judgment; nil chooses none
	NewJudgment func() string
	Rubric      Rubric // what is judged with, as far as it is known
	// what was looked for last, shared by the forms of a session; nil shares nothing
	Searched *find.Last
	// what was said or changed last, shared likewise
	Repeated *Repeated
	// where the rule between list and value stands, shared likewise
	Dividers *Dividers
	// what the forms of a queue share; nil if no queue is worked on
	Annotating *Annotating
}

// Model is the form. It is changed in place; all of it belongs to the goroutine of Update.
type Model struct {
	*sheet
	*editors
	lending
	replacing find.Replacing
	asking    *asking   // the question for a file name, nil when there is none
	fill      *fillMenu // the list of fill-ins, nil when it is not open
	coming    *Rubric   // evaluators that wait to be shown, nil when none do
	noting    *noting   // the note that is typed, nil when none is
	from      Place     // where the cursor goes when the line that a digit opened is closed
	strip     int       // the slot of the strip that the cursor is on, -1 where it is not there
	digits    int       // the steps of the history up to what a digit did last
	// which slots of the strip are said of the log; nil if that is to be found out
	marks []bool
	want  tea.Msg // what the form wants, until Update returns
}

// New makes a form of the changes to a log, the cursor on the first field.
func New(changes *model.ChangeSet, th *theme.Theme, o Options) *Model {
	if o.Searched == nil {
		o.Searched = &find.Last{}
	}
	if o.Repeated == nil {
		o.Repeated = &Repeated{}
	}
	if o.Dividers == nil {
		o.Dividers = &Dividers{}
	}
	pane := &valuePane{fieldList: &fieldList{sheet: &sheet{o: o, th: th}}}
	e := &editors{valuePane: pane, search: &searching{valuePane: pane}}
	m := &Model{sheet: pane.sheet, editors: e, lending: lending{editors: e, disk: newDisk()}}
	m.keeper, pane.found = o.Keeper, m.search.found
	m.touched = func(f *model.Field) { pane.touchRow(pane.rowOf(f)); m.marks = nil }
	m.spoken = func(evaluator string) { pane.touchRow(pane.rowOfEvaluator(evaluator)); m.marks = nil }
	m.strip = -1
	m.rubric = o.Rubric
	m.SetChanges(changes)
	return m
}

// SetChanges shows another change set, usually of the same log after it was saved or read again.
// The cursor stays on its field; an open editor is closed without being read.
func (m *Model) SetChanges(changes *model.ChangeSet) {
	m.reset(changes)
	m.search.renew()
	m.drop()
	m.asking, m.noting, m.marks = nil, nil, nil
	m.relist()
	m.fit()
	m.forget()
	if m.fill != nil {
		m.fill.refill()
	}
}

// Rebased shows the same work on a newer reading of the log: it keeps the history, and writes the
// new values to the draft. etag is that of the reading.
func (m *Model) Rebased(changes *model.ChangeSet, etag string) {
	events, left := m.rebase(changes, etag)
	history := m.history
	m.SetChanges(changes)
	m.history, m.left = history, left
	m.keep(events...)
}

// SetTheme changes the looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.th = th
	m.forget()
	m.paint(th)
	if m.search.prompt != nil {
		m.search.prompt.SetTheme(th)
	}
	if m.asking != nil {
		m.asking.prompt.SetTheme(th)
	}
	m.replacing.SetTheme(th)
	if m.noting != nil {
		m.noting.line.SetTheme(th)
	}
}

// SetSize gives the window that the form draws on.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = w, h
	m.fit()
}

// Capturing reports whether letters are text just now, so that they cannot be commands.
func (m *Model) Capturing() bool {
	return m.edit != nil || m.judging != nil && m.judging.ed != nil || m.busy != nil || m.search.prompt != nil || m.asking != nil || m.noting != nil || m.replacing.IsOpen() || m.built != nil && m.built.st.Capturing() ||
		m.looking() != nil && m.looking().Capturing()
}

// AtRest reports whether keys are the form's own: nothing is being edited, asked or waited for.
func (m *Model) AtRest() bool {
	return m.editing() == nil && m.judging == nil && !m.Capturing()
}

// Light marks in the log what the list was searched for that it was opened from. The cursor stays:
// n goes to the first hit. words are what was typed there.
func (m *Model) Light(last find.Last, words string) tea.Cmd { return m.search.light(last, words) }

// Busy reports whether work is under way that is waited for: that of Waiting, or a search.
func (m *Model) Busy() bool { return m.search.run != nil || m.Waiting() }

// Keys are the tables that hold just now, for the help and the footer.
func (m *Model) Keys() []keys.Map {
	list := m.tables()
	switch {
	case m.o.Annotating == nil || m.fill != nil || m.strip >= 0 || m.elsewhere():
		return list
	case m.Capturing() || m.judging != nil:
		if m.edit != nil && m.edit.field.Kind == model.ToolChoice {
			return list
		}
		return append(list, keys.AnnotatingText)
	case m.built != nil || m.looking() != nil:
		return append([]keys.Map{keys.AnnotatingValue.Quiet(m.mute()...)}, list...)
	}
	return append([]keys.Map{keys.Annotating.Quiet(m.mute()...)}, list...)
}

// mute are the actions of a queue that say nothing just now: where nothing is on the digits, and
// nothing was said before.
func (m *Model) mute() (list []keys.Action) {
	if len(m.o.Annotating.Slots) == 0 {
		list = append(list, keys.Say)
	}
	if m.o.Repeated.last == nil {
		list = append(list, keys.Again)
	}
	return list
}

// tables are the tables of what has the keys.
func (m *Model) tables() []keys.Map {
	switch {
	case m.busy != nil:
		return []keys.Map{keys.Busy}
	case m.replacing.IsOpen():
		return []keys.Map{m.replacing.Keys()}
	case m.search.prompt != nil:
		return []keys.Map{keys.Prompt}
	case m.asking != nil:
		return []keys.Map{keys.FileName}
	case m.noting != nil:
		return []keys.Map{keys.NoteLine}
	case m.strip >= 0:
		return []keys.Map{keys.Strip}
	case m.judging != nil:
		return m.judging.keys()
	case m.built != nil:
		return m.built.keys()
	case m.finds():
		return []keys.Map{keys.FindInText}
	case m.edit != nil && m.edit.single:
		return append(append([]keys.Map{keys.Editor, keys.LineEditor}, m.edit.aids()...), keys.Find, keys.Typing)
	case m.edit != nil:
		return []keys.Map{keys.Editor, keys.Find, keys.Typing}
	case m.fill != nil:
		return []keys.Map{m.fill.keys()}
	case m.looking() != nil:
		return lookingKeys(m.looking())
	case m.reading:
		return []keys.Map{keys.Reading.Quiet(m.idle()...)}
	default:
		return []keys.Map{keys.Form.Quiet(m.idle()...)}
	}
}

// idle are the actions that there is nothing for just now: the footer leaves them to others.
func (m *Model) idle() (list []keys.Action) {
	r := m.rows[m.cursor]
	if changed := r.of != nil && m.decision(r.of) != nil || r.field != nil && m.edited(r.field) != nil; !changed {
		list = append(list, keys.Revert, keys.Difference)
	}
	if m.Unsent() == 0 {
		list = append(list, keys.Review)
	}
	if len(m.history.Done) == 0 {
		list = append(list, keys.Undo)
	}
	if m.locked(r) != "" || r.field == nil {
		list = append(list, keys.Null, keys.FillIn)
	}
	return list
}

// Interrupt stops a search that is running, or the waiting for a large value. It reports whether
// there was one.
func (m *Model) Interrupt() bool {
	if m.busy != nil {
		m.giveUp()
		return true
	}
	if st := m.structure(); st != nil && st.Interrupt() {
		m.hear(st)
		return true
	}
	if m.edit != nil && m.edit.find.Stop() {
		m.Say(bars.News{Text: "search stopped"})
		return true
	}
	if m.search.run == nil {
		return false
	}
	m.search.cancel()
	m.Say(bars.News{Text: "search stopped"})
	return true
}
