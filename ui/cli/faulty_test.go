package cli_test

import (
	"context"
	"os"
	"sync/atomic"

	"errata/api"
	"errata/api/journal"
	"errata/ui"
	"errata/ui/cli"
)

// faultVariable says what of faulty ends in a panic: updateFault, readFault or journalFault.
const faultVariable = "ERRATA_TEST_FAULT"

const (
	updateFault  = "a fault in a PATCH"           // in a command
	readFault    = "a fault in reading again"     // in another
	journalFault = "a fault in opening a journal" // in Update, when the history is opened
)

// faulty is errata with a fault in it.
func faulty() {
	os.Exit(cli.Run(context.Background(), cli.Env{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Environ: os.Environ(),
		Screen: func(ctx context.Context, o ui.Options) error {
			o.Service = &fickle{Service: o.Service}
			sound, calls := o.Journal, new(atomic.Int32)
			o.Journal = func() (*journal.Journal, error) {
				// the first is a command that looks for what earlier runs left
				if calls.Add(1) > 1 {
					fault(journalFault)
				}
				return sound()
			}
			return ui.Run(ctx, o)
		},
	}))
}

// fault panics if it is the one that was asked for.
func fault(name string) {
	if os.Getenv(faultVariable) == name {
		panic(name)
	}
}

// fickle is a service that fails.
type fickle struct {
	api.Service
	reads atomic.Int32
}

func (f *fickle) Log(ctx context.Context, id string) (api.Document, error) {
	if f.reads.Add(1) > 1 {
		fault(readFault)
	}
	return f.Service.Log(ctx, id)
}

func (f *fickle) UpdateLog(ctx context.Context, promptID, logID string, patch []byte, ifMatch string) (api.Document, error) {
	fault(updateFault)
	return f.Service.UpdateLog(ctx, promptID, logID, patch, ifMatch)
}
