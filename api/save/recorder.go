package save

import (
	"context"

	"errata/model"
)

// Recorder is called before each PATCH and again with its outcome. The journal implements it.
type Recorder interface {
	// Begin records the valid changes of c, and their old values in its base, which is the newest
	// reading. The record has to be safe when it returns: after an error nothing is sent, because
	// there would be no way back. The error is an *api.Error.
	Begin(ctx context.Context, c *model.ChangeSet) (Record, error)
}

// Record is a PATCH that was started.
type Record interface {
	// ID is the id under which the user finds the record.
	ID() string
	// End records the outcome. It is called once, also when the user has given up waiting.
	End(ctx context.Context, r Result) error
}

// begin tells the journal, if there is one.
func (o Options) begin(ctx context.Context, c *model.ChangeSet) (Record, error) {
	if o.Journal == nil {
		return unrecorded{}, nil
	}
	return o.Journal.Begin(ctx, c)
}

// unrecorded is the record of a PATCH where no journal is kept.
type unrecorded struct{}

func (unrecorded) ID() string                        { return "" }
func (unrecorded) End(context.Context, Result) error { return nil }
