package cli

import "context"

// ignorePipes does nothing: Windows has no signal for a pipe that nobody reads.
func ignorePipes() {}

// hangUps does nothing: Windows has no SIGHUP.
func hangUps(ctx context.Context, _ *records, _ bool) (context.Context, func()) {
	return context.WithCancel(ctx)
}
