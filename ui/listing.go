package ui

import (
	"context"

	"errata/api"
	"errata/api/walk"
	"errata/model"
	"errata/ui/browse"
)

// listing gives the browse screen its lists.
type listing struct{ source walk.Source }

// newListing lists the logs of what the program was started with.
func newListing(o Options) listing {
	if o.Source.Service == nil {
		o.Source.Service = o.Service
	}
	return listing{o.Source}
}

// List implements browse.Loader.
func (l listing) List(q browse.Query) browse.Cursor {
	return cursor{walk.New(l.source, walk.Query{Selection: q, Cut: api.PreviewCut})}
}

// cursor is a walk as the browse screen reads it.
type cursor struct{ *walk.Walk }

// Next implements browse.Cursor.
func (c cursor) Next(ctx context.Context, n int) ([]*model.Log, error) {
	for {
		logs, err := c.Walk.Next(ctx, n)
		if len(logs) > 0 || err != nil {
			return logs, err
		}
	}
}
