package term

import (
	"fmt"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// A counter counts how often it was asked for its View.
type counter struct {
	keys  string
	views *int
}

func (c counter) Init() tea.Cmd { return nil }
func (c counter) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyMsg); ok {
		c.keys += k.String()
	}
	return c, nil
}
func (c counter) View() string                { *c.views++; return c.keys }
func (c counter) Cursor() (x, y int, ok bool) { return len(c.keys), 0, true }

func newTestDrawer() (*drawer, *int) {
	views := new(int)
	s := &session{queue: newQueue(), screen: newScreen(nil, Options{}, nil), ending: make(chan struct{}), saved: make(chan struct{})}
	d := newDrawer(s, counter{views: views})
	d.start(20, 5)
	return d, views
}

func TestKeysInAQueueAreDrawnOnce(t *testing.T) {
	d, views := newTestDrawer()
	const keys = "abcdef"
	var d2 decoder
	d2.feed([]byte(keys), d.s.queue.push)
	before := *views
	for range keys {
		msg, ok := d.s.queue.pop()
		if !ok {
			t.Fatal("the queue is empty")
		}
		d.Update(event{msg})
	}
	if drawn := *views - before; drawn < 1 || drawn > 2 { // two when the machine was slow
		t.Errorf("%d frames for keys that were all there", drawn)
	}
	if f := d.s.screen.frame; f.lines[0] != keys || f.cursor != (cursor{len(keys), 0, true}) {
		t.Errorf("shows %q, cursor %v", f.lines, f.cursor)
	}
}

func TestUnchangedViewIsNotHandedOver(t *testing.T) {
	d, _ := newTestDrawer()
	d.s.screen.fresh = false
	d.Update("nothing to do with the view")
	if d.s.screen.fresh {
		t.Error("the same frame was handed over")
	}
	d.Update(tea.ClearScreen())
	if !d.s.screen.fresh || !d.s.screen.repaint {
		t.Error("ClearScreen does not repaint")
	}
}

func TestQueue(t *testing.T) {
	q := newQueue()
	for _, msg := range []tea.Msg{
		tea.WindowSizeMsg{Width: 1}, tea.WindowSizeMsg{Width: 2}, "a", tea.WindowSizeMsg{Width: 3}, tea.WindowSizeMsg{Width: 4}, "b",
	} {
		q.push(msg)
	}
	var got []tea.Msg
	for q.more() {
		msg, _ := q.pop()
		q.handled()
		got = append(got, msg)
	}
	if s := fmt.Sprint(got); s != "[{2 0} a {4 0} b]" {
		t.Errorf("got %s", s)
	}
	q.close()
	q.push("late")
	if msg, ok := q.pop(); ok {
		t.Errorf("got %v after the end", msg)
	}
}

func TestQueueHoldsReadingUp(t *testing.T) {
	q := newQueue()
	for range queueLimit {
		q.push("x")
	}
	free := make(chan struct{})
	go func() {
		q.room()
		close(free)
	}()
	q.pop()
	<-free // hangs if one taken makes no room
	q.push("x")
	done := make(chan struct{})
	go func() {
		q.room()
		close(done)
	}()
	q.close()
	<-done // hangs if the end does not free the reader
}

func TestEndErrorSays(t *testing.T) {
	for why, want := range map[End]string{
		Hangup: "the terminal was closed", Terminated: "told to end by a signal", Panicked: "stopped by a fault in the program", 0: "ended",
	} {
		if got := (&EndError{Why: why}).Error(); got != want {
			t.Errorf("%d: %s", why, got)
		}
	}
}

func TestAFaultWhileSavingIsContained(t *testing.T) {
	s := &session{opts: Options{OnEnd: func(End) { panic("full disk") }}, ending: make(chan struct{}), saved: make(chan struct{})}
	s.end(Terminated, "")
	s.end(Hangup, "")
	<-s.saved
	if s.err.Why != Terminated {
		t.Errorf("the second reason counts: %v", s.err.Why)
	}
}
