package save

import (
	"context"

	"errata/model"
)

// Recorder is told of each PATCH before it is sent, and of what became of it. The journal is one.
type Recorder interface {
	// Begin records the valid changes of c, and their old values in its base, which is the newest
	// reading. The record has to be safe when it returns: after an error nothing is sent, because
	// there would be no way back. The error is an *api.Error.
	Begin(ctx context.Context, c *model.ChangeSet) (Record, error)
}

// Record is a PATCH that was begun.
type Record interface {
	// ID is what the person can name it by.
	ID() string
	// End records what came of it. It is called once, also when the person has given up.
	End(ctx context.Context, r Result) error
}

// begin tells the journal, if there is one.
func (o Options) begin(ctx context.Context, c *model.ChangeSet) (Record, error) {
	if o.Journal == nil {
		return unrecorded{}, nil
	}
	return o.Journal.Begin(ctx, c)
}

// unrecorded is the record of a PATCH that nobody wants to be told of.
type unrecorded struct{}

func (unrecorded) ID() string                        { return "" }
func (unrecorded) End(context.Context, Result) error { return nil }
