package ui

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api/apitest"
)

func TestALogThatComesSoonIsInTheFirstFrame(t *testing.T) {
	t.Parallel()
	fake := apitest.NewFake(t, apitest.Seed{Logs: [][]byte{[]byte(first)}})
	r := newRoot(t.Context(), Options{Service: fake, LogID: "log_one", Theme: "none"})
	r.Init()
	wait := r.opening.early
	// on a slow machine as well
	r.opening.early = func(time.Duration) tea.Msg { return wait(time.Minute) }
	r.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if frame := r.View(); !strings.Contains(frame, "At nine.") {
		t.Errorf("the first frame is without the log:\n%s", frame)
	}
}

func TestALogThatComesLateIsShownWhenItComes(t *testing.T) {
	t.Parallel()
	fake := apitest.NewFake(t, apitest.Seed{Logs: [][]byte{[]byte(first)}})
	gate := fake.Hold(apitest.Log)
	r := newRoot(t.Context(), Options{Service: fake, LogID: "log_one", Theme: "none"})
	late := r.Init()
	r.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if frame := r.View(); !strings.Contains(frame, "reading log_one") {
		t.Errorf("the first frame does not say what is awaited:\n%s", frame)
	}
	gate.Open()
	// the reading, ahead of what says why it takes long
	for _, cmd := range late().(tea.BatchMsg)[0]().(tea.BatchMsg)[:1] {
		r.Update(cmd())
	}
	if frame := r.View(); !strings.Contains(frame, "At nine.") {
		t.Errorf("the log is not shown:\n%s", frame)
	}
}

func TestBegunRaisesAPanicAgain(t *testing.T) {
	t.Parallel()
	_, late := begun(func() tea.Msg { panic("no log") })
	defer func() {
		if fault := recover(); fault != "no log" {
			t.Errorf("the panic became %v", fault)
		}
	}()
	late()
}
