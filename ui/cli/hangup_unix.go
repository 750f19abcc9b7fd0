//go:build unix

package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// ignorePipes keeps a server running when the reader of its request log is gone: from then on
// writing to a closed pipe fails, instead of ending the program.
func ignorePipes() { signal.Ignore(syscall.SIGPIPE) }

// hangUps handles SIGHUP by opening the request log again. When requests are not logged to a file,
// and the server runs in a terminal, SIGHUP means that the terminal is gone: then the returned
// context ends.
func hangUps(ctx context.Context, r *records, terminal bool) (context.Context, func()) {
	ctx, cancel := context.WithCancel(ctx)
	signals, done := make(chan os.Signal, 1), make(chan struct{})
	if !signal.Ignored(syscall.SIGHUP) || r.path != "" {
		signal.Notify(signals, syscall.SIGHUP)
	}
	go func() {
		for {
			select {
			case <-done:
				return
			case <-signals:
			}
			switch {
			case r.path != "":
				if err := r.reopen(); err != nil {
					r.Warn("the records go on in the file that they were in", "cause", err.Error())
				}
			case terminal:
				cancel()
			}
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(done)
		cancel()
	}
}
