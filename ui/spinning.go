package ui

import (
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/spinner"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/sanitize"
	"errata/ui/theme"
)

// A spinner is shown after patience, and turns every turnEvery.
const (
	patience  = 500 * time.Millisecond
	turnEvery = 150 * time.Millisecond
)

// spinning is the spinner at the end of the status line while something is awaited.
type spinning struct {
	spinner.Model
	shown bool
	ended chan struct{} // closed when nothing is awaited any more
}

// spin starts or stops the spinner. While nothing is awaited there is no timer: an idle screen
// never wakes up.
func (r *root) spin() tea.Cmd {
	switch awaited := r.awaited(); {
	case awaited && r.spinning == nil:
		r.spinning = &spinning{Model: spinner.New(spinner.WithSpinner(spinner.Line)), ended: make(chan struct{})}
		return r.spinning.turnAfter(patience)
	case !awaited && r.spinning != nil:
		close(r.spinning.ended)
		r.spinning = nil
	}
	return nil
}

// turn shows the next frame of the spinner.
func (r *root) turn(msg spinner.TickMsg) tea.Cmd {
	s := r.spinning
	if s == nil || msg.ID != s.ID() {
		return nil
	}
	s.Model, _ = s.Update(msg)
	s.shown = true
	return s.turnAfter(turnEvery)
}

// turnAfter is the command that waits for the next turn, or for the end.
func (s *spinning) turnAfter(d time.Duration) tea.Cmd {
	tick, ended := s.Tick, s.ended
	return func() tea.Msg {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
			return tick()
		case <-ended:
			return nil
		}
	}
}

// over puts the spinner at the end of the status line of a screen.
func (s *spinning) over(view string, w, h int, th *theme.Theme) string {
	if !s.shown || h < 2 || w < 3 {
		return view
	}
	lines := strings.Split(view, "\n")
	if len(lines) != h {
		return view
	}
	line := strings.TrimRight(ansi.Truncate(lines[h-2], w-2, ""), " ")
	gap := w - 1 - sanitize.Width(ansi.Strip(line))
	if gap < 1 {
		return view
	}
	lines[h-2] = line + strings.Repeat(" ", gap) + th.Info.Render(s.View())
	return strings.Join(lines, "\n")
}
