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
	more  tea.Cmd // waits for what there is to say next
}

// shareWidth is the cells of the bar that shows how much of a long answer has come.
const shareWidth = 20

// listen gives the context of a request, and the command that waits for what is said under it,
// until the context ends. heard makes the message of that, and of the command that waits for more.
func listen(ctx context.Context, heard func(why string, more tea.Cmd) tea.Msg) (context.Context, tea.Cmd) {
	said := make(chan string, 1)
	ctx = api.WithNotices(ctx, func(n api.Notice) {
		select {
		case <-said: // the newer one holds
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
