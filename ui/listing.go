package ui

import (
	"context"
	"time"

	"errata/api"
	"errata/api/walk"
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
	return walk.New(l.source, walk.Query{Selection: q, Cut: api.PreviewCut, Counted: true})
}

// stored hands out documents of the store, the newest first; nil where there is none at hand.
func (l listing) stored() func(ctx context.Context, take func(doc []byte)) {
	if l.source.Scanner == nil {
		return nil
	}
	return func(ctx context.Context, take func(doc []byte)) {
		scan, err := l.source.Scanner.Scan(ctx, api.ScanQuery{Keep: func(_ context.Context, doc []byte) (bool, error) {
			take(doc)
			return false, nil
		}})
		for err == nil {
			_, err = scan.Next(ctx)
		}
	}
}

// check tells what of a filter makes no sense.
func (l listing) check(q browse.Query) error {
	now := time.Now
	if l.source.Now != nil {
		now = l.source.Now
	}
	return walk.Query{Selection: q}.Check(now())
}
