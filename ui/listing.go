package ui

import (
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

// check tells what of a filter makes no sense.
func (l listing) check(q browse.Query) error {
	now := time.Now
	if l.source.Now != nil {
		now = l.source.Now
	}
	return walk.Query{Selection: q}.Check(now())
}
