package conflict

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/draft"
	"errata/ui/editor"
	"errata/ui/find"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/pager"
	"errata/ui/term"
	"errata/ui/theme"
)

// ResolvedMsg brings the changes as they were settled, on the newer reading of the log.
type ResolvedMsg struct{ Changes *model.ChangeSet }

// CloseMsg is the decision to go back to the form without settling anything.
type CloseMsg struct{}

// Options configure the screen.
type Options struct {
	Server string               // what the header says of the server
	Keep   func(...draft.Event) // tells the draft what is typed; nil keeps nothing
	// where the rule is, shared by the screens of a session; nil shares nothing
	Divider *layout.Divider
}

// verdict is how a field was settled.
type verdict struct {
	choice model.Choice // 0 while it is open
	edited bool         // the merge was edited by hand
	value  model.Value  // what it was edited to
}

// Model is the screen. It changes neither of the two: the outcome is a change set of its own.
type Model struct {
	mine     *model.ChangeSet // on the older reading
	newer    *model.Log
	fields   []*model.Field
	verdicts []verdict
	says     []string // by field: what each side made of it
	o        Options
	th       *theme.Theme
	w, h     int
	parts    layout.Screen

	cursor int
	pane   *pager.Model
	edit   *editor.Model           // the merge that is being edited, nil when none is
	kept   editor.Text             // what the draft has of it
	merges map[*model.Field]string // merges that were edited, for e to continue with
	find   find.InText             // the search in it
	err    error                   // why its text is not a value
	warned bool                    // of marks that are left in it
	news   bars.News
	want   tea.Msg // what was decided, until Update returns
}

// New makes the screen for the fields that are in conflict between mine and a newer reading of the
// log.
func New(mine *model.ChangeSet, newer *model.Log, fields []*model.Field, th *theme.Theme, o Options) *Model {
	if o.Divider == nil {
		o.Divider = new(layout.Divider)
	}
	m := &Model{mine: mine, newer: newer, fields: fields, verdicts: make([]verdict, len(fields)), merges: map[*model.Field]string{}, th: th, o: o}
	for _, f := range fields {
		m.says = append(m.says, m.sides(f))
	}
	m.pane = pager.New(m.content(), th)
	return m
}

// SetTheme changes the looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.th = th
	m.pane.SetTheme(m.content(), th)
	if m.edit != nil {
		m.edit.SetStyles(bars.EditorStyles(th))
		m.find.SetTheme(th)
	}
}

// SetSize gives the window that the screen draws on.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = w, h
	m.parts = layout.Compute(w, h, headerLines)
	m.arrange()
}

func (m *Model) arrange() {
	rest := max(m.parts.List.H-m.list().H-1, 0)
	m.pane.SetSize(m.w, rest)
	if m.edit != nil {
		m.edit.SetSize(m.w, max(rest-1, 1))
	}
}

// Rule is where the rule below the list is.
func (m *Model) Rule() layout.Rect { return m.parts.Crossing(m.list().Y + m.list().H) }

// Divide puts the rule into a line, 0 for where the layout puts it.
func (m *Model) Divide(line int) {
	*m.o.Divider = layout.Divider(line)
	m.arrange()
}

// Say puts a line of news on the status line; the next key removes it.
func (m *Model) Say(n bars.News) { m.news = n }

// Capturing reports whether letters are text just now.
func (m *Model) Capturing() bool { return m.edit != nil }

// Keys are the tables that hold just now.
func (m *Model) Keys() []keys.Map {
	switch {
	case m.find.IsOpen():
		return []keys.Map{keys.FindInText}
	case m.edit != nil:
		return []keys.Map{keys.MergeEditor, keys.Find}
	}
	if m.unsettled() > 0 {
		return []keys.Map{keys.Conflict.Quiet(keys.Accept)}
	}
	return []keys.Map{keys.Conflict}
}

// Update takes a key, a paste or the wheel. It gives what was decided: a ResolvedMsg or a CloseMsg,
// nil if nothing was.
func (m *Model) Update(msg tea.Msg) (cmd tea.Cmd, want tea.Msg) {
	m.want = nil
	cmd = m.handle(msg)
	return cmd, m.want
}

func (m *Model) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		m.news = bars.News{}
		if m.edit != nil {
			return m.editKey(msg)
		}
		return m.key(msg)
	case term.PasteMsg:
		switch {
		case m.find.IsOpen():
			_, cmd := m.find.Key(msg)
			return cmd
		case m.edit != nil:
			m.typed(msg)
		}
	case find.Msg:
		_, cmd := m.find.Update(msg)
		return cmd
	case tea.MouseMsg:
		m.wheel(msg)
	case term.ClickMsg:
		if m.find.IsOpen() && m.parts.Status.Has(msg.X, msg.Y) {
			_, cmd := m.find.Key(msg.In(0, m.parts.Status.Y))
			return cmd
		}
		m.click(msg)
	}
	return nil
}

// wheel moves in the list or, below it, in the merge or what both sides say.
func (m *Model) wheel(msg tea.MouseMsg) {
	switch {
	case m.edit != nil:
		m.edit.Update(msg)
	case m.list().Has(msg.X, msg.Y):
		m.moveTo(m.cursor + term.Wheel(msg))
	default:
		m.pane.Update(msg)
	}
}

// list is where the fields are listed.
func (m *Model) list() layout.Rect { return m.parts.Above(*m.o.Divider, len(m.fields)) }

// click puts the cursor on a field or, in the merge, into its text.
func (m *Model) click(c term.ClickMsg) {
	list := m.list()
	if m.edit != nil {
		m.edit.Update(c.In(0, list.Y+list.H+1)) // below the rule
		return
	}
	if at, ok := list.Row(c.X, c.Y, m.top(), 1, len(m.fields)); ok {
		m.news = bars.News{}
		m.moveTo(at)
	}
}

// top is the first field that is listed.
func (m *Model) top() int {
	return layout.Scroll(0, m.cursor, len(m.fields), m.list().H, 0)
}

func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	switch keys.Conflict.Action(msg.String()) {
	case keys.Mine:
		m.settle(verdict{choice: model.Mine})
	case keys.Theirs:
		m.settle(verdict{choice: model.Theirs})
	case keys.Edit:
		m.open()
	case keys.Up:
		m.moveTo(m.cursor - 1)
	case keys.Down:
		m.moveTo(m.cursor + 1)
	case keys.Accept:
		m.accept()
	case keys.Close:
		for i := range m.fields {
			m.unsettle(i)
		}
		m.want = CloseMsg{}
	default:
		m.pane.Update(msg)
	}
	return nil
}

// settle decides the field under the cursor and goes on to the next one that is open.
func (m *Model) settle(v verdict) {
	if !v.edited {
		m.unsettle(m.cursor)
	}
	m.verdicts[m.cursor] = v
	for i := range m.fields {
		next := (m.cursor + i) % len(m.fields)
		if m.verdicts[next].choice == 0 {
			m.moveTo(next)
			return
		}
	}
	m.show()
	m.Say(bars.News{Level: bars.Good, Text: "every field is settled: enter goes on to the review"})
}

func (m *Model) moveTo(i int) {
	m.cursor = max(min(i, len(m.fields)-1), 0)
	m.show()
}

func (m *Model) show() { m.pane.SetSource(m.content()) }

// accept hands the outcome on, once every field is settled.
func (m *Model) accept() {
	choose := map[*model.Field]model.Choice{}
	for i, f := range m.fields {
		if m.verdicts[i].choice == 0 {
			m.moveTo(i)
			m.Say(bars.News{Level: bars.Warning, Text: f.Name + " is open: m keeps mine, t takes theirs, e edits the merge"})
			return
		}
		choose[f] = m.verdicts[i].choice
	}
	changes := m.mine.Resolve(m.newer, choose)
	for i, f := range m.fields {
		if m.verdicts[i].edited {
			changes.Set(f, m.verdicts[i].value)
		}
	}
	m.want = ResolvedMsg{changes}
}
