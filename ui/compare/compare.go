package compare

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/term"
	"errata/ui/theme"
)

// Side is one of the two logs with what is changed in it. What is changed is kept in its draft when
// a method returns.
type Side interface {
	// Changes is the change set. Nobody but the side changes it.
	Changes() *model.ChangeSet
	// Take gives a field the edit that a change set of the same reading has, as one step of undo.
	Take(f *model.Field, from *model.ChangeSet)
	// UndoEdit and RedoEdit give the field of the step, nil if there was none.
	UndoEdit() *model.Field
	RedoEdit() *model.Field
	RevertEdit(f *model.Field)
	// Told is what the side has to say of that, once.
	Told() bars.News
	Unsent() int      // changes and judgments that were not sent
	Kept() bool       // all of them are in a draft
	ReadOnly() string // why nothing can be edited, "" when it can
}

// ReviewMsg asks for the review of what is changed, that of the side with the cursor first.
type ReviewMsg struct{ Side int }

// HistoryMsg asks for what was sent of one of the logs.
type HistoryMsg struct{ Side int }

// CloseMsg asks to leave the screen. What was not sent stays in the drafts.
type CloseMsg struct{}

// Model is the screen. It is changed in place.
type Model struct {
	ids    [2]string
	sides  [2]Side // nil while they are being read
	at     int     // the side that has the cursor
	server string
	th     *theme.Theme
	w, h   int
	parts  layout.Screen

	entries []*entry
	items   []item
	window  layout.Window[row]
	cache   map[int]laid
	cursor  stop
	opened  bool // the fields that are the same are listed

	tokens int // numbers background work, so that late results can be told
	taking int // the token of a value that is being copied, 0 for none
	news   bars.News
	want   tea.Msg // what was decided, until Update returns
}

// New makes the screen for two logs that are still to be read. server is what the header says of
// where they are.
func New(ids [2]string, server string, th *theme.Theme) *Model {
	m := &Model{ids: ids, server: server, th: th}
	for _, f := range model.Form() {
		m.entries = append(m.entries, &entry{field: f})
	}
	m.window.Of = rows{m}
	return m
}

// Put gives one of the two logs. Once both are there, the command compares what is large.
func (m *Model) Put(side int, s Side) tea.Cmd {
	m.sides[side] = s
	return m.Refresh()
}

// ready reports whether both logs are there.
func (m *Model) ready() bool { return m.sides[0] != nil && m.sides[1] != nil }

// SetTheme changes the looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.th, m.cache = th, nil
}

// SetSize gives the window that the screen draws on.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = w, h
	m.parts = layout.Compute(w, h, m.headerLines())
	m.window.Height = m.parts.List.H
	if m.parts.Wide {
		m.window.Height = m.parts.Pane.H
	}
	m.list()
}

// Say puts a line of news on the status line; the next key removes it.
func (m *Model) Say(n bars.News) {
	if n.Text != "" {
		m.news = n
	}
}

// Keys are the tables that hold just now.
func (m *Model) Keys() []keys.Map { return []keys.Map{keys.CompareScreen} }

// Capturing is false: no text is typed here.
func (m *Model) Capturing() bool { return false }

// Busy reports whether values are being compared or copied away from the keys.
func (m *Model) Busy() bool { return m.taking != 0 || m.comparing() > 0 }

// Cursor hides the terminal's cursor.
func (m *Model) Cursor() (x, y int, ok bool) { return 0, 0, false }

// Update takes a key, the wheel, or the results of commands. It gives what was decided: a ReviewMsg
// or a CloseMsg, nil if nothing was.
func (m *Model) Update(msg tea.Msg) (cmd tea.Cmd, want tea.Msg) {
	m.want = nil
	switch msg := msg.(type) {
	case tea.KeyMsg:
		m.news = bars.News{}
		cmd = m.key(keys.CompareScreen.Action(msg.String()))
	case tea.MouseMsg:
		if n := term.WheelRows * term.Wheel(msg); n != 0 && len(m.items) > 0 {
			m.window.Scroll(n)
		}
	case term.ClickMsg:
		m.click(msg)
	case term.CopiedMsg:
		m.Say(bars.Copied(msg))
	case comparedMsg:
		m.compared(msg)
	case takenMsg:
		cmd = m.taken(msg)
	}
	return tea.Batch(cmd, m.Refresh()), m.want
}

func (m *Model) key(action keys.Action) tea.Cmd {
	switch {
	case action == keys.Close:
		m.want = CloseMsg{}
		return nil
	case !m.ready() || m.move(action):
		return nil
	}
	side := m.sides[m.at]
	switch action {
	case keys.OtherSide:
		m.at = 1 - m.at
	case keys.FirstLog:
		m.at = 0
	case keys.SecondLog:
		m.at = 1
	case keys.Take:
		return m.take()
	case keys.Fold:
		m.fold()
	case keys.Undo:
		m.stand(side.UndoEdit())
	case keys.Redo:
		m.stand(side.RedoEdit())
	case keys.Revert:
		m.revert()
	case keys.Copy:
		return m.copyValue()
	case keys.Review:
		m.review()
	case keys.History:
		m.want = HistoryMsg{m.at}
	}
	return nil
}

// review asks for the review of the sides that changed.
func (m *Model) review() {
	first := m.at
	if m.sides[first].Unsent() == 0 {
		first = 1 - first
	}
	switch {
	case m.taking != 0:
		m.Say(bars.News{Level: bars.Warning, Text: "a value is still being copied; try again in a moment"})
	case m.sides[first].Unsent() == 0:
		m.Say(bars.News{Text: "nothing to send: neither log is changed"})
	default:
		m.want = ReviewMsg{first}
	}
}
