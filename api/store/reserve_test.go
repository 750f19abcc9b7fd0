package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"errata/api"
	"errata/api/store"
)

// TestMemoryIsAskedForLargeLogs reads and changes a small log without asking for memory, and a
// large one only when it has been given that: refused, nothing is changed.
func TestMemoryIsAskedForLargeLogs(t *testing.T) { onEach(t, testMemoryIsAskedForLargeLogs) }

func testMemoryIsAskedForLargeLogs(t *testing.T, s *store.Store) {
	full := errors.New("the memory is in use")
	for size, copies := range map[int]int{100: 0, 200 << 10: 2} {
		id := fmt.Sprintf("log_of_%d", size)
		doc := fmt.Sprintf(`{"id":%q,"prompt":{"id":"pr_1"},"output":%q}`, id, strings.Repeat("x", size))
		if _, err := s.Import(t.Context(), []byte(doc)); err != nil {
			t.Fatal(err)
		}
		var asked []int64
		give := func(with error) context.Context {
			return api.WithReserve(t.Context(), func(_ context.Context, bytes int64) error {
				asked = append(asked, bytes)
				return with
			})
		}
		patch := func(with error) error {
			_, err := s.UpdateLog(give(with), "pr_1", id, []byte(`{"error":"none"}`), "")
			return err
		}
		before := get(t, s, id)
		_, err := s.Log(give(full), id)
		if refused := patch(full); errors.Is(err, full) != (copies > 0) || errors.Is(refused, full) != (copies > 0) {
			t.Errorf("%d bytes without memory: %v, %v", size, err, refused)
		}
		if changed := get(t, s, id) != before; changed == (copies > 0) {
			t.Errorf("%d bytes without memory: changed %v", size, changed)
		}
		if _, err := s.Log(give(nil), id); err != nil {
			t.Error(err)
		}
		if err := patch(nil); err != nil || !strings.Contains(get(t, s, id), `"none"`) {
			t.Errorf("%d bytes: %v", size, err)
		}
		want := make([]string, 0, 4)
		for _, n := range []int{copies, 2 * copies, copies, 2 * copies} {
			if n > 0 {
				want = append(want, fmt.Sprint(n))
			}
		}
		var got []string
		for _, bytes := range asked {
			got = append(got, fmt.Sprint(bytes/int64(size)))
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%d bytes: asked for %v times that, want %v", size, got, want)
		}
	}
}
