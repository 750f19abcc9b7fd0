package review

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
	"errata/ui/change"
	"errata/ui/keys"
	"errata/ui/layout"
	"errata/ui/pager"
	"errata/ui/term"
	"errata/ui/theme"
)

// SendMsg is the decision to send the body as shown.
type SendMsg struct {
	Next bool // the next log is to be opened once it is saved
}

// LeaveOutMsg is the decision to leave the change of a field, places of it, or a judgment out of
// the request, or to take them back in.
type LeaveOutMsg struct {
	Field     *model.Field
	Left      *change.LeftOut // what is left out of the field from then on, nil for nothing
	Evaluator string          // the id of that of the judgment; empty for a field
}

// CloseMsg is the decision to go back to the form; while a PATCH is under way, to stop waiting for
// it.
type CloseMsg struct{}

// Options configure a review.
type Options struct {
	Server string // what the header says of the server
	// for the curl command, up to and with /v5; empty for the embedded store
	BaseURL string
	// where the rule is, shared by the screens of a session; nil shares nothing
	Divider *layout.Divider
}

// Model is the review of a change set.
type Model struct {
	*Content
	o     Options
	th    *theme.Theme
	w, h  int
	parts layout.Screen

	starts  starts
	rows    []row
	folded  map[*model.Field]bool // its places are not listed; those of a field that is new are a few
	cursor  int                   // index into the rows
	top     int                   // the first of them shown in the list
	pane    *pager.Model
	bodies  bool // the bodies of the requests are shown
	sending bool
	why     string // it takes long to send
	news    bars.News
	want    tea.Msg // what was decided, until Update returns
}

// New makes a review.
func New(c *Content, th *theme.Theme, o Options) *Model {
	if o.Divider == nil {
		o.Divider = new(layout.Divider)
	}
	m := &Model{th: th, o: o, folded: map[*model.Field]bool{}}
	m.Show(c)
	return m
}

// Body makes the body of the PATCH as it is shown, to be sent just so, in whichever goroutine. The
// caller must not modify it.
func (m *Model) Body() func() []byte { return m.body }

// Show shows other content, after a change was left out or taken back in.
func (m *Model) Show(c *Content) {
	m.Content = c
	m.relist()
	source, starts := c.source(m.th, !m.bodies)
	m.starts = starts
	if m.pane == nil {
		m.pane = pager.New(source, m.th)
	} else {
		m.pane.SetSource(source)
		defer m.reveal()
	}
	m.arrange()
}

// SetTheme changes the looks.
func (m *Model) SetTheme(th *theme.Theme) {
	m.th = th
	source, _ := m.source(th, !m.bodies)
	m.pane.SetTheme(source, th)
}

// SetSize gives the window that the review draws on.
func (m *Model) SetSize(w, h int) {
	m.w, m.h = w, h
	m.parts = layout.Compute(w, h, headerLines)
	m.arrange()
}

// Sending says that the request is under way, or no longer.
func (m *Model) Sending(yes bool) { m.sending, m.why = yes, "" }

// Waits says why the request takes long.
func (m *Model) Waits(why string) { m.why = why }

// Say puts a line of news on the status line; the next key removes it.
func (m *Model) Say(n bars.News) { m.news = n }

// Keys are the tables that hold just now.
func (m *Model) Keys() []keys.Map {
	if m.sending {
		return []keys.Map{keys.ReviewSending}
	}
	table := keys.ReviewScreen
	if m.isOut(m.cursor) {
		table = table.Named(keys.LeaveOut, "take back in")
	}
	if !m.foldable() || !m.folded[m.field().Field] {
		table = table.Quiet(keys.Unfold)
	}
	return []keys.Map{table}
}

// Capturing is false: no text is typed here.
func (m *Model) Capturing() bool { return false }

// Update takes a key, the wheel, or the result of a copy. It gives what was decided: a SendMsg, a
// LeaveOutMsg or a CloseMsg, nil if nothing was.
func (m *Model) Update(msg tea.Msg) (cmd tea.Cmd, want tea.Msg) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		m.news, m.want = bars.News{}, nil
		cmd = m.key(msg)
		return cmd, m.want
	case tea.MouseMsg:
		m.wheel(msg)
	case term.ClickMsg:
		m.click(msg)
	case term.CopiedMsg:
		m.Say(bars.Copied(msg))
	}
	return nil, nil
}

// list is where the list of what is sent stands.
func (m *Model) list() layout.Rect { return m.parts.Above(*m.o.Divider, len(m.rows)) }

// wheel moves in the list or, below it, in the changes.
func (m *Model) wheel(msg tea.MouseMsg) {
	if m.list().Has(msg.X, msg.Y) {
		m.moveTo(m.cursor + term.Wheel(msg))
		return
	}
	m.pane.Update(msg)
}

// click puts the cursor on what is clicked on in the list, and shows its change.
func (m *Model) click(c term.ClickMsg) {
	if at, ok := m.list().Row(c.X, c.Y, m.top, 1, len(m.rows)); ok {
		m.news = bars.News{}
		m.moveTo(at)
	}
}

func (m *Model) key(msg tea.KeyMsg) tea.Cmd {
	action := keys.ReviewScreen.Action(msg.String())
	if m.sending {
		if action == keys.Close {
			m.want = CloseMsg{}
			return nil
		}
		m.Say(bars.News{Text: "the request is under way; esc gives up waiting"})
		return nil
	}
	switch action {
	case keys.Send, keys.SendNext:
		if m.leavesAllOut() {
			m.Say(bars.News{Level: bars.Warning, Text: "not sent: every change is left out; d takes one back in"})
			return nil
		}
		m.want = SendMsg{Next: action == keys.SendNext}
	case keys.Close:
		m.want = CloseMsg{}
	case keys.LeaveOut:
		m.leaveOut()
	case keys.Curl:
		return term.Copy("the curl command", m.curl(m.o.BaseURL))
	case keys.Copy:
		return term.Copy("the body", m.copied())
	case keys.Body:
		m.fold()
	case keys.Up:
		m.moveTo(m.cursor - 1)
	case keys.Down:
		m.moveTo(m.cursor + 1)
	case keys.Fold, keys.Unfold:
		m.unfold(action == keys.Unfold)
	default:
		m.pane.Update(msg)
	}
	return nil
}

// fold shows the bodies of the requests, or folds them.
func (m *Model) fold() {
	m.bodies = !m.bodies
	source, starts := m.source(m.th, !m.bodies)
	m.starts = starts
	m.pane.SetSource(source)
	if m.bodies {
		m.pane.GoToBlock(starts.bodies)
	} else {
		m.reveal()
	}
}

// moveTo puts the cursor on a row and scrolls to its change.
func (m *Model) moveTo(i int) {
	m.cursor = max(min(i, len(m.rows)-1), 0)
	m.top = layout.Scroll(m.top, m.cursor, len(m.rows), m.list().H, 0)
	m.reveal()
}

func (m *Model) arrange() {
	m.top = layout.Scroll(m.top, m.cursor, len(m.rows), m.list().H, 0)
	m.pane.SetSize(m.w, max(m.parts.List.H-m.list().H-1, 0))
}

// Rule is where the rule below the list is.
func (m *Model) Rule() layout.Rect { return m.parts.Crossing(m.list().Y + m.list().H) }

// Divide puts the rule into a line, 0 for where the layout puts it.
func (m *Model) Divide(line int) {
	*m.o.Divider = layout.Divider(line)
	m.arrange()
}
