//go:build unix

package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// ignorePipes lets a server outlive the reader of its records: writing to a pipe that nobody reads
// fails from then on, instead of ending the program.
func ignorePipes() { signal.Ignore(syscall.SIGPIPE) }

// hangUps takes SIGHUP: it reopens the records. When there is no file of them, and the server runs
// in a terminal, that terminal is gone, and the context that is returned ends.
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
