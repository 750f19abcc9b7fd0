package store

import (
	"testing"
	"time"
)

// TestCheckpointPace wants few pages to be moved at a time where little is written, and many where
// much is.
func TestCheckpointPace(t *testing.T) {
	t.Parallel()
	k := &checkpoints{}
	begun := time.Now()
	for i, c := range []struct {
		pages int
		after time.Duration // since the first
		due   bool
	}{
		{walFew - 1, 0, false},
		{1, 0, true},
		{walFew, walPause / 2, false},
		{walSome - walFew, walPause / 2, true},
		{walFew, walPause, false},
		{0, 2 * walPause, true},
	} {
		if due := k.due(c.pages, begun.Add(c.after)); due != c.due {
			t.Errorf("step %d: %v", i, due)
		}
	}
}
