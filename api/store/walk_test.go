package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestWalk wants all logs of a file in the order of storing, large ones among them. One that is
// deleted on the way may have been read before.
func TestWalk(t *testing.T) {
	t.Parallel()
	s := open(t, ":memory:")
	var want []string
	for i := range 900 {
		id := fmt.Sprintf("log_%d", i)
		more := fmt.Sprintf(`,"created_at":"2025-07-%02dT10:00:00"`, 1+i*7%28)
		if i%300 == 0 {
			more += `,"output":"` + strings.Repeat("x", 3<<20) + `"`
		}
		if _, err := s.Import(t.Context(), []byte(logDoc(id, fmt.Sprintf("pr_%d", i%3), more))); err != nil {
			t.Fatal(err)
		}
		if i%3 == 0 && i != 801 {
			want = append(want, id)
		}
	}
	var got []string
	err := s.Walk(t.Context(), "pr_0", func(id string, doc []byte) error {
		if !strings.Contains(string(doc), `"`+id+`"`) {
			t.Errorf("%s has %.60s", id, doc)
		}
		if got = append(got, id); len(got) == 1 {
			return s.DeleteLogs(t.Context(), []string{"log_801"})
		}
		return nil
	})
	got = slices.DeleteFunc(got, func(id string) bool { return id == "log_801" })
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%d logs, want %d; %v", len(got), len(want), err)
	}
}
