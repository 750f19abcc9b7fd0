package store

import (
	"fmt"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store/sieve"
)

// TestFold has a finished block take up what changed in it since: what is searched then is the new text, and no longer the old one.
func TestFold(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), ":memory:", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	doc := func(i int) []byte {
		return fmt.Appendf(nil, `{"id":"log_%d","prompt":{"id":"pr_1"},"output":"before %d"}`, i, i)
	}
	var entries []*Entry
	for i := range sieve.Span + 10 {
		e, err := Prepare(doc(i))
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, e)
	}
	if _, err := s.ImportAll(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
	const changed = 40
	for i := range changed {
		if _, err := s.UpdateLog(t.Context(), "pr_1", fmt.Sprint("log_", i*100), []byte(`{"output":"zwieback"}`), ""); err != nil {
			t.Fatal(err)
		}
	}
	dirty := func() (n int) {
		err := s.view(t.Context(), "count", func(c *conn) error {
			return c.row(t.Context(), `SELECT count(*) FROM signatures JOIN blocks ON block = seq / ?`, sieve.Span).Scan(&n)
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, c := range []struct{ enough, left int64 }{{changed, changed}, {changed - 1, 0}} {
		err := s.change(t.Context(), "fold", func(conn *conn) error {
			left, err := conn.fold(t.Context(), c.enough)
			if left != c.left {
				t.Errorf("%d changed signatures are said to be left, want %d", left, c.left)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := dirty(); int64(got) != c.left {
			t.Errorf("%d changed signatures are left, want %d", got, c.left)
		}
		page, err := s.Logs(t.Context(), api.LogQuery{FileID: "pr_1", Size: 1, Search: "ZWIE"})
		if err != nil || !strings.HasSuffix(string(page), fmt.Sprintf(`"total":%d}`, changed)) {
			t.Errorf("page %s, %v", page, err)
		}
	}
	if r, err := s.Check(t.Context(), nil); err != nil || len(r.Problems) > 0 {
		t.Errorf("check: %+v, %v", r, err)
	}
}
