// Command errata edits prompt logs in a terminal: it fetches a log, shows its fields, and sends
// only what was changed.
package main

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"syscall"

	"errata/ui/cli"
)

// docs holds the pages that help shows.
//
//go:embed .docs/keys.md .docs/settings.md .docs/selections.md
//go:embed .docs/paths.md .docs/servers.md .docs/safety.md
var docs embed.FS

// firstPercent puts the first collection of garbage off from a heap of 4 MB to one of 8: what most
// runs need in all, so that they collect nothing, and their start is not shared with the collector.
const firstPercent = 200

// collectLate puts off the first collection, and that one gives back what held before. What the
// environment or the program itself sets meanwhile stays.
func collectLate() {
	if _, set := os.LookupEnv("GOGC"); set {
		return
	}
	was := debug.SetGCPercent(firstPercent)
	runtime.AddCleanup(new([64]byte), func(was int) {
		if now := debug.SetGCPercent(was); now != firstPercent {
			debug.SetGCPercent(now)
		}
	}, was)
}

func main() {
	collectLate()
	pages, err := fs.Sub(docs, ".docs")
	if err != nil {
		panic(err) // the name of the folder is not a path: only this file can be wrong
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
