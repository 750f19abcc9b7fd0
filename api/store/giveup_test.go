package store_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"
)

// TestCallersThatGiveUp ends the contexts of writes at any moment; what comes after must not
// suffer from it.
func TestCallersThatGiveUp(t *testing.T) {
	t.Parallel()
	for _, path := range []string{":memory:", filepath.Join(t.TempDir(), "errata.db")} {
		s := open(t, path)
		if _, err := s.Import(t.Context(), []byte(logDoc("log_1", "pr_1", `,"output":"a"`))); err != nil {
			t.Fatal(err)
		}
		for i := range 300 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*time.Microsecond)
			_, _ = s.UpdateLog(ctx, "pr_1", "log_1", []byte(`{"output":"b"}`), "")
			cancel()
			if _, err := s.UpdateLog(t.Context(), "pr_1", "log_1", []byte(`{"output":"c"}`), ""); err != nil {
				t.Fatalf("%s: after %d µs: %v", path, i, err)
			}
		}
	}
}
