package term

import (
	"reflect"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// maxSkip is the longest time without a frame while events keep queueing up: a model slower than
// the keyboard still shows that it moves.
const maxSkip = 33 * time.Millisecond

// A drawer is the model that Bubble Tea runs: it passes messages to the model of the program, and
// that model's View to the screen.
type drawer struct {
	s          *session
	m          tea.Model
	init       tea.Cmd
	w, h       int
	view       string
	cursor     cursor
	drawn      time.Time // when View was last asked
	repaint    bool
	remeasured bool // clusters have other widths than in the last frame
	anything   bool // a frame was handed over
}

// A cursor is where the terminal's cursor is; the zero value hides it.
type cursor struct {
	x, y int
	ok   bool
}

func newDrawer(s *session, m Model) *drawer { return &drawer{s: s, m: m} }

// start runs Init and the first size through the model and hands its first frame over.
func (d *drawer) start(w, h int) {
	defer d.s.caught()
	first := d.m.Init()
	d.init = tea.Batch(d.s.guard(first), d.handle(tea.WindowSizeMsg{Width: w, Height: h}))
	d.draw()
}

// Init returns the commands that start found.
func (d *drawer) Init() tea.Cmd { return d.init }

// View shows nothing to Bubble Tea, which does not draw here.
func (d *drawer) View() string { return "" }

// Update lets the model handle msg and draws, unless more input is already waiting.
func (d *drawer) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	defer d.s.caught()
	if e, ok := msg.(event); ok {
		d.s.queue.handled()
		msg = e.Msg
	}
	cmd = d.handle(msg)
	if d.s.queue.more() && time.Since(d.drawn) < maxSkip {
		return d, cmd
	}
	d.draw()
	return d, cmd
}

// handle serves this package's own messages and passes the others to the model.
func (d *drawer) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case suspendMsg:
		d.s.suspend()
		return nil
	case continuedMsg:
		d.s.take()
		return nil
	case execMsg:
		return d.s.guard(d.s.exec(msg))
	case copyMsg:
		return d.s.copy(msg)
	case widthsMsg:
		return d.measured(msg)
	case tea.WindowSizeMsg:
		d.w, d.h, d.repaint = msg.Width, msg.Height, true
	}
	if msg == tea.ClearScreen() {
		d.repaint = true
		return nil
	}
	var cmd tea.Cmd
	d.m, cmd = d.m.Update(msg)
	return d.s.guard(cmd)
}

// draw hands the View over when it differs from the last one.
func (d *drawer) draw() {
	view := d.m.View()
	var at cursor
	if c, ok := d.m.(Model); ok {
		at.x, at.y, at.ok = c.Cursor()
	}
	d.drawn = time.Now()
	if d.anything && !d.repaint && !d.remeasured && view == d.view && at == d.cursor {
		return
	}
	d.view, d.cursor = view, at
	if d.remeasured {
		d.s.screen.remeasured()
		d.remeasured = false
	}
	d.s.screen.show(frame{lines: lines(view, d.h), w: d.w, h: d.h, cursor: at}, d.repaint)
	d.anything, d.repaint = true, false
}

// lines splits a View into at most h rows: one that is too tall loses its last rows, not its first.
func lines(view string, h int) []string {
	all := strings.SplitN(view, "\n", h+1)
	return all[:min(len(all), h)]
}

// guard makes a panic in cmd, or in a command that it yields in a batch or sequence, end the
// session.
func (s *session) guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer s.caught()
		return s.guardAll(cmd())
	}
}

var cmdType = reflect.TypeFor[tea.Cmd]()

// guardAll guards the commands in a message that is a list of them: tea.BatchMsg, and the
// unexported type behind tea.Sequence, which can be told by its shape alone.
func (s *session) guardAll(msg tea.Msg) tea.Msg {
	v := reflect.ValueOf(msg)
	if !v.IsValid() || v.Kind() != reflect.Slice || v.Type().Elem() != cmdType {
		return msg
	}
	guarded := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	for i := range v.Len() {
		guarded.Index(i).Set(reflect.ValueOf(s.guard(v.Index(i).Interface().(tea.Cmd))))
	}
	return guarded.Interface()
}
