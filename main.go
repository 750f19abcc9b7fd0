// Command errata edits prompt logs in a terminal: it fetches a log, shows its fields, and sends
// only what was changed.
package main

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"errata/ui/cli"
)

// docs holds the pages that help shows.
//
//go:embed .docs/keys.md .docs/settings.md .docs/selections.md
//go:embed .docs/paths.md .docs/servers.md .docs/safety.md
var docs embed.FS

func main() {
	pages, err := fs.Sub(docs, ".docs")
	if err != nil {
		panic(err) // the name of the folder is no path: only this file can be wrong
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// The first signal asks the command to end; a second one, no longer caught, ends it.
	context.AfterFunc(ctx, stop)
	os.Exit(cli.Run(ctx, cli.Env{
		Args:    os.Args[1:],
		Stdin:   os.Stdin,
		Stdout:  os.Stdout,
		Stderr:  os.Stderr,
		Environ: os.Environ(),
		Pages:   pages,
	}))
}
