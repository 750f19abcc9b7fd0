package api

import (
	"context"
	"slices"
)

// next reads what comes next in the order of a merger.
func (s *stream) next(ctx context.Context, m *merger, size int) error {
	if m.oldest {
		return s.fetchBack(ctx, m.svc, m.query, size)
	}
	return s.fetch(ctx, m.svc, m.query, size)
}

// fetchBack reads pages from the last to the first until one holds a log that was not seen before.
// What arrives meanwhile is in front and moves all others back, as the total tells. What is deleted
// moves some forward, and they are read again.
func (s *stream) fetchBack(ctx context.Context, svc Service, q LogQuery, size int) error {
	if s.size == 0 {
		first, ok, err := s.onePage(ctx, svc, q, 1, 1)
		if err != nil || !ok {
			return err
		}
		s.size, s.seen = size, map[string]bool{}
		s.total, s.left, s.searchedIn = first.Total, first.Total, first.SearchedIn
	}
	for len(s.logs) == 0 && !s.done {
		if s.left <= 0 {
			s.done = true
			break
		}
		before := (s.left - 1) / s.size * s.size
		page, ok, err := s.onePage(ctx, svc, q, before/s.size+1, s.size)
		if err != nil || !ok {
			return err
		}
		more := page.Total - s.total
		if s.total = page.Total; more > 0 {
			s.left += more
			continue
		}
		logs := page.Logs[:min(s.left-before, len(page.Logs))]
		for _, log := range slices.Backward(logs) {
			s.add(log)
		}
		s.left = min(before, s.total)
	}
	return nil
}
