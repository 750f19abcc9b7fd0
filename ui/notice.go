package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"errata/api"
)

// waitMsg says why a request takes longer than usual.
type waitMsg struct {
	token int
	text  string
	more  tea.Cmd // waits for what there is to say next
}

// listen gives the context of a request, and the command that waits for what is said under it,
// until the context ends. heard makes the message of that, and of the command that waits for more.
func listen(ctx context.Context, heard func(why string, more tea.Cmd) tea.Msg) (context.Context, tea.Cmd) {
	said := make(chan string, 1)
	ctx = api.WithNotices(ctx, func(n api.Notice) {
		select {
		case <-said: // the newer one holds
		default:
		}
		select {
		case said <- n.Text:
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

// listening is listen for the request with a token.
func listening(ctx context.Context, token int) (context.Context, tea.Cmd) {
	return listen(ctx, func(why string, more tea.Cmd) tea.Msg { return waitMsg{token, why, more} })
}

// waits shows why the request that a person waits for takes long.
func (r *root) waits(msg waitMsg) tea.Cmd {
	switch {
	case r.saving != nil && r.saving.token == msg.token && r.review != nil:
		r.review.Waits(msg.text)
	case r.load != nil && r.load.token == msg.token:
		r.load.why = msg.text
	}
	return msg.more
}
