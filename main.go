// Command errata edits prompt logs in a terminal: it fetches a log, shows its fields, and sends
// only what was changed.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"errata/ui/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks the command to end; a second one, no longer caught, ends it.
	context.AfterFunc(ctx, stop)
	os.Exit(cli.Run(ctx, cli.Env{
		Args:    os.Args[1:],
		Stdin:   os.Stdin,
		Stdout:  os.Stdout,
		Stderr:  os.Stderr,
		Environ: os.Environ(),
	}))
}
