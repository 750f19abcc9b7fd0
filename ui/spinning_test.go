package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/api/apitest"
)

// status is the status line of the screen.
func status(r *root) string { return strings.Split(ansi.Strip(r.View()), "\n")[r.h-2] }

// awaiting is the program while it waits for a log, and the command that reads it.
func awaiting(t *testing.T) (r *root, read tea.Cmd) {
	t.Helper()
	fake := apitest.NewFake(t, apitest.Seed{Logs: [][]byte{[]byte(first)}})
	r = newRoot(t.Context(), Options{Service: fake, Theme: "none", LogID: "log_one"})
	read = r.opening.open("log_one")
	r.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	return r, read
}

func TestACellTurnsWhileALogIsAwaited(t *testing.T) {
	t.Parallel()
	r, _ := awaiting(t)
	if got := strings.TrimRight(status(r), " "); !strings.HasSuffix(got, "gives up") {
		t.Fatalf("at first it shows %q", got)
	}
	seen := map[string]bool{}
	for range 4 {
		if _, cmd := r.Update(r.spinning.Tick()); cmd == nil {
			t.Fatal("it does not turn on")
		}
		line := status(r)
		if ansi.StringWidth(line) != 80 || !strings.HasPrefix(line, "reading log_one") {
			t.Fatalf("the status line is %q", line)
		}
		seen[line[len(line)-1:]] = true
	}
	if len(seen) != 4 {
		t.Errorf("it shows %v", seen)
	}
}

// What is no longer awaited leaves no timer behind.
func TestNothingTurnsOnAnIdleScreen(t *testing.T) {
	t.Parallel()
	r, _ := awaiting(t)
	late := r.spinning.turnAfter(1 << 40)
	tick := r.spinning.Tick()
	r.Update(tea.KeyMsg{Type: tea.KeyEsc})
	if r.spinning != nil {
		t.Fatal("it turns on")
	}
	if msg := late(); msg != nil {
		t.Errorf("the timer that waited gives %v", msg)
	}
	if _, cmd := r.Update(tick); cmd != nil && r.spinning != nil {
		t.Error("a late tick turns it on again")
	}
	if line := strings.TrimRight(status(r), " "); strings.HasSuffix(line, "|") || strings.HasSuffix(line, "/") {
		t.Errorf("the status line is %q", line)
	}
}
