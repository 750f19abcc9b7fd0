package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
	"errata/ui/bars"
)

// waitMsg says why a request takes longer than usual.
type waitMsg struct {
	token int
	text  string
	more  tea.Cmd // waits for the next notice
}

// shareWidth is the cells of the bar that shows how much of a long answer has arrived.
const shareWidth = 20

// listen returns a context for a request, and a command that waits for the notices about it until
// the context ends. heard makes a message of a notice and of the command that waits for the next
// one.
func listen(ctx context.Context, heard func(why string, more tea.Cmd) tea.Msg) (context.Context, tea.Cmd) {
	said := make(chan string, 1)
	ctx = api.WithNotices(ctx, func(n api.Notice) {
		select {
		case <-said: // the newer notice replaces it
		default:
		}
		text := n.Text
		if n.All > 0 {
			text = bars.Progress(int(n.Done), int(n.All), shareWidth)
		}
		select {
		case said <- text:
		default:
		}
	})
	var next tea.Cmd
	next = func() tea.Msg {
		select {
		case text := <-said:
			return heard(text, next)
		case <-ctx.Done():
			return nil
		}
	}
	return ctx, next
}
