package cli

import (
	"context"

	"errata/model/figure"
)

// spacious is a store that says how much of its file is free.
type spacious interface {
	Spare(ctx context.Context) (free, all int64, err error)
}

// worthASentence is the number of free bytes from which they are mentioned, if they are a quarter
// of the file.
const worthASentence = 1 << 20

// spareOf says how much of the file of a store is free, and how a smaller one is made; "" if that
// is little, or not known.
func spareOf(ctx context.Context, st any) string {
	s, ok := st.(spacious)
	if !ok {
		return ""
	}
	free, all, err := s.Spare(ctx)
	if err != nil || free < worthASentence || free < all/4 {
		return ""
	}
	return figure.Size(free) + " of its " + figure.Size(all) + " are free for logs to come, and errata backup FILE writes a copy without them"
}
