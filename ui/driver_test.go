package ui

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/api"
	"errata/api/apitest"
	"errata/ui/uitest"
)

const (
	first = `{"id": "log_one", "prompt": {"id": "pr_1", "path": "almanac/tides"}, "evaluator_logs": [], "created_at": "2025-03-02T10:00:00",` +
		` "output": "At nine.", "error": null, "prompt_tokens": 12, "metadata": {"a": 1}}`
	second = `{"id": "log_two", "prompt": {"id": "pr_1", "path": "almanac/tides"}, "evaluator_logs": [], "created_at": "2025-03-01T10:00:00",` +
		` "output": "At ten.", "error": null, "prompt_tokens": 13, "metadata": {}}`
)

// person plays somebody at the program: input goes in, commands are carried out in goroutines as
// the runtime does, and their messages come back one at a time.
type person struct {
	t    *testing.T
	r    *root
	fake *apitest.Fake

	mu    sync.Mutex
	msgs  []tea.Msg
	wake  chan struct{}
	quit  bool
	under int // commands under way
}

func sit(t *testing.T, o Options, more ...[]byte) *person {
	t.Helper()
	p := &person{t: t, wake: make(chan struct{}, 1)}
	p.fake = apitest.NewFake(t, apitest.Seed{Logs: append([][]byte{[]byte(first), []byte(second)}, more...)})
	o.Service, o.Theme = p.fake, "none"
	if o.Server == "" {
		o.Server = "embedded store"
	}
	p.r = newRoot(t.Context(), o)
	p.run(p.r.Init())
	p.give(tea.WindowSizeMsg{Width: 80, Height: 24})
	return p
}

// give hands a message to the program.
func (p *person) give(msg tea.Msg) {
	_, cmd := p.r.Update(msg)
	p.run(cmd)
}

// run carries a command out in a goroutine.
func (p *person) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	p.mu.Lock()
	p.under++
	p.mu.Unlock()
	go func() {
		msg := cmd()
		if all, ok := msg.(tea.BatchMsg); ok { // as the runtime does, without waiting for Update
			for _, one := range all {
				p.run(one)
			}
			msg = nil
		}
		p.mu.Lock()
		p.under--
		p.msgs = append(p.msgs, msg)
		p.mu.Unlock()
		select {
		case p.wake <- struct{}{}:
		default:
		}
	}()
}

// settle takes results until done says that it is enough. A program that never gets there fails the
// test.
func (p *person) settle(what string, done func() bool) {
	p.t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		for p.take() {
		}
		if done() {
			return
		}
		select {
		case <-p.wake:
		case <-deadline:
			p.t.Fatalf("it never came to this: %s\n%s", what, p.screen())
		}
	}
}

// take handles one result, if there is one.
func (p *person) take() bool {
	p.mu.Lock()
	if len(p.msgs) == 0 {
		p.mu.Unlock()
		return false
	}
	msg := p.msgs[0]
	p.msgs = p.msgs[1:]
	p.mu.Unlock()
	switch msg := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			p.run(c)
		}
	case tea.QuitMsg:
		p.quit = true
	default:
		p.give(msg)
	}
	return true
}

// rest waits until nothing is under way.
func (p *person) rest() *person {
	p.t.Helper()
	p.settle("nothing is under way", func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.under == 0 && len(p.msgs) == 0
	})
	return p
}

// press presses keys without waiting for anything in between.
func (p *person) press(list ...string) *person {
	for _, k := range uitest.Keys(list...) {
		p.give(k)
	}
	return p
}

func (p *person) screen() string { return ansi.Strip(p.r.View()) }

func (p *person) shows(text string) {
	p.t.Helper()
	if !strings.Contains(p.screen(), text) {
		p.t.Errorf("the screen does not show %q:\n%s", text, p.screen())
	}
}

func (p *person) has(text string) bool { return strings.Contains(p.screen(), text) }

// showsBody wants a text in the body that the review unfolds, and folds it again.
func (p *person) showsBody(text string) {
	p.t.Helper()
	p.press("b").shows(text)
	p.press("b")
}

func (p *person) showsNot(text string) {
	p.t.Helper()
	if strings.Contains(p.screen(), text) {
		p.t.Errorf("the screen shows %q:\n%s", text, p.screen())
	}
}

// bodies lists the PATCHes that the server got.
func (p *person) bodies() (list []string) {
	for _, patch := range p.fake.Patches() {
		list = append(list, string(patch.Body))
	}
	return list
}

// sent fails the test unless the server got just these PATCHes.
func (p *person) sent(want ...string) {
	p.t.Helper()
	got := p.bodies()
	if len(got) != len(want) {
		p.t.Fatalf("the server got %q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			p.t.Errorf("PATCH %d is %s, want %s", i+1, got[i], want[i])
		}
	}
}

func lost() error {
	return &api.Error{Code: api.Timeout, Msg: "no answer within 30s", Sent: api.MaybeSent}
}

// behind is a service that shows the first log as it was after it took a PATCH.
type behind struct{ *apitest.Fake }

func (b behind) Log(ctx context.Context, id string) (api.Document, error) {
	if len(b.Patches()) > 0 {
		return api.Document{Raw: []byte(first)}, nil
	}
	return b.Fake.Log(ctx, id)
}
