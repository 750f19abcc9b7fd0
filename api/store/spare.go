package store

import "context"

// Spare is how many bytes of the store's file are free since logs were deleted, and how large the
// file is. What comes in next is written there. For a store on a server both are zero.
func (s *core) Spare(ctx context.Context) (free, all int64, err error) {
	if s.path == "" || s.path == inMemory {
		return 0, 0, nil
	}
	var pages, unused, size int64
	err = s.view(ctx, "cannot look at the size of the store", func(c *conn) error {
		return c.row(ctx, `SELECT page_count, freelist_count, page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size`).
			Scan(&pages, &unused, &size)
	})
	return unused * size, pages * size, err
}
