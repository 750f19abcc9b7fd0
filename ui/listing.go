package ui

import (
	"errata/api"
	"errata/ui/browse"
)

// listing gives the browse screen its lists.
type listing struct{ svc api.Service }

// List implements browse.Loader.
func (l listing) List(q browse.Query) browse.Cursor {
	return api.NewLister(l.svc, api.LogQuery{
		FileID: q.Prompt, Search: q.Search, MetadataSearch: q.Metadata, StartDate: q.Since, EndDate: q.Until,
		Cut: api.PreviewCut,
	})
}

// query is what is listed at first.
func query(q api.LogQuery) browse.Query {
	return browse.Query{Prompt: q.FileID, Search: q.Search, Metadata: q.MetadataSearch, Since: q.StartDate, Until: q.EndDate}
}
