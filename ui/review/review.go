package review

import (
	tea "github.com/charmbracelet/bubbletea"

	"errata/model"
	"errata/ui/bars"
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

// LeaveOutMsg is the decision to leave the change of a field, or a judgment, out of the request, or
// to take it back in.
type LeaveOutMsg struct {
	Field     *model.Field
	Evaluator string // the id of that of the judgment; empty for a field
}

// CloseMsg is the decision to go back to the form; while a PATCH is under way, to stop waiting for
// it.
type CloseMsg struct{}

// Options configure a review.
type Options struct {
	Server string // what the header says of the server
	// for the curl command, up to and with /v5; empty for the embedded store
	BaseURL string
	// where the rule stands, shared by the screens of a session; nil shares nothing
	Divider *layout.Divider
}

// Model is the review of a change set.
type Model struct {
	*Content
	o     Options
	th    *theme.Theme
	w, h  int
	parts layout.Screen

	starts  []int // the block at which each field begins, then the one of the body
	cursor  int   // index into the fields and, behind them, the judgments
	top     int   // the first of them shown in the list
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
	m := &Model{th: th, o: o}
	m.Show(c)
	return m
}

// Body makes the body of the PATCH as it is shown, to be sent just so, in whichever goroutine. The
// caller must not modify it.
func (m *Model) Body() func() []byte { return m.body }

// Show shows other content, after a change was left out or taken back in.
func (m *Model) Show(c *Content) {
	m.Content = c
	m.cursor = max(min(m.cursor, m.items()-1), 0)
	source, starts := c.source(m.th, !m.bodies)
	m.starts = starts
	if m.pane == nil {
		m.pane = pager.New(source, m.th)
	} else {
		m.pane.SetSource(source)
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

// Sending tells the review that its request is under way, or not any more.
func (m *Model) Sending(yes bool) { m.sending, m.why = yes, "" }

// Waits tells why the request takes long.
func (m *Model) Waits(why string) { m.why = why }

// Say puts a line of news on the status line; the next key removes it.
func (m *Model) Say(n bars.News) { m.news = n }

// Keys are the tables that hold just now.
func (m *Model) Keys() []keys.Map {
	switch {
	case m.sending:
		return []keys.Map{keys.ReviewSending}
	case m.isOut(m.cursor):
		return []keys.Map{keys.ReviewScreen.Named(keys.LeaveOut, "take back in")}
	}
	return []keys.Map{keys.ReviewScreen}
}

// Capturing is false: no text is typed here.
func (m *Model) Capturing() bool { return false }

// Update takes a key, the wheel, or the result of a copy. It gives what was decided: a SendMsg, a
// LeaveOutMsg or a CloseMsg, nil where nothing was.
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
func (m *Model) list() layout.Rect {
	return layout.Rect{Y: m.parts.List.Y, W: m.w, H: m.listHeight()}
}

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
	if at, ok := m.list().Row(c.X, c.Y, m.top, 1, m.items()); ok {
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
		if j := m.judgedAt(m.cursor); j != nil {
			m.want = LeaveOutMsg{Evaluator: j.Evaluator}
		} else if len(m.fields) > 0 {
			m.want = LeaveOutMsg{Field: m.fields[m.cursor]}
		}
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
	at := m.items()
	if !m.bodies {
		at = m.cursor
	}
	m.pane.GoToBlock(starts[at])
}

// moveTo puts the cursor on a field and scrolls to its change.
func (m *Model) moveTo(i int) {
	m.cursor = max(min(i, m.items()-1), 0)
	m.top = layout.Scroll(m.top, m.cursor, m.items(), m.listHeight(), 0)
	if m.cursor < len(m.starts) {
		m.pane.GoToBlock(m.starts[m.cursor])
	}
}

func (m *Model) arrange() {
	m.top = layout.Scroll(m.top, m.cursor, m.items(), m.listHeight(), 0)
	m.pane.SetSize(m.w, max(m.parts.List.H-m.listHeight()-1, 0))
}

// listHeight is the lines of the list of fields: all of them, but no more than a third of the body
// unless somebody moved the rule.
func (m *Model) listHeight() int {
	return m.o.Divider.Across(m.parts.List.Y, m.parts.List.H, min(m.items(), max(m.parts.List.H/3, 1)))
}

// Rule is where the rule below the list stands.
func (m *Model) Rule() layout.Rect { return m.parts.Crossing(m.w, m.parts.List.Y+m.listHeight()) }

// Divide puts the rule into a line, 0 for where the layout puts it.
func (m *Model) Divide(line int) {
	*m.o.Divider = layout.Divider(line)
	m.arrange()
}
