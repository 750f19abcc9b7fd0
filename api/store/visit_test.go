package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"testing"
)

// visitAll goes through all logs of a store with 1000 and says how many were seen.
func visitAll(ctx context.Context, s *Store, take func(id string) (enough bool, err error)) (seen int, err error) {
	err = s.view(ctx, "cannot read", func(c *conn) error {
		return c.visit(ctx, func(row []driver.Value) (bool, error) {
			seen++
			return take(string(row[0].([]byte)))
		}, `SELECT 1 FROM logs WHERE visit(?, CAST(id AS BLOB)) LIMIT 1`)
	})
	return seen, err
}

// TestVisitEnds wants a statement that many rows are looked at with to end where somebody has
// enough, gives up or fails, and its connection to be good for the next one.
func TestVisitEnds(t *testing.T) {
	t.Parallel()
	s, _ := opened(t)
	for i := range 1000 {
		if _, err := s.Import(t.Context(), fmt.Appendf(nil, `{"id":"log_more%d","prompt":{"id":"pr_1"}}`, i)); err != nil {
			t.Fatal(err)
		}
	}
	wrong := errors.New("the fifth is wrong")
	ended, end := context.WithCancel(t.Context())
	for name, c := range map[string]struct {
		fifth func() (bool, error)
		want  error
		seen  int
	}{
		"enough":   {func() (bool, error) { return true, nil }, nil, 5},
		"fails":    {func() (bool, error) { return false, wrong }, wrong, 5},
		"panics":   {func() (bool, error) { panic(wrong) }, wrong, 5},
		"gives up": {func() (bool, error) { end(); return false, nil }, context.Canceled, 5},
		"all":      {func() (bool, error) { return false, nil }, nil, 1001},
	} {
		n := 0
		seen, err := func() (seen int, err error) {
			defer func() {
				if p := recover(); p != nil {
					seen, err = n, p.(error)
				}
			}()
			ctx := t.Context()
			if name == "gives up" {
				ctx = ended
			}
			return visitAll(ctx, s, func(string) (bool, error) {
				if n++; n == 5 {
					return c.fifth()
				}
				return false, nil
			})
		}()
		if !errors.Is(err, c.want) || seen != c.seen {
			t.Errorf("%s: %d rows were seen, want %d; error %v, want %v", name, seen, c.seen, err, c.want)
		}
	}
	if n := s.read.Stats().OpenConnections; n != 1 {
		t.Errorf("%d connections were opened", n)
	}
}
