package cli

import (
	"context"
	"testing"
	"time"
)

// TestWhoHasAnsweredDoesNotWaitForTheStore answers while another program has the store, so that it
// does not get ready to write.
func TestWhoHasAnsweredDoesNotWaitForTheStore(t *testing.T) {
	t.Parallel()
	busy, free := context.WithCancel(t.Context())
	defer free()
	c := &correction{svc: &service{ready: func(ctx context.Context) {
		select {
		case <-ctx.Done():
		case <-busy.Done():
		}
	}}}
	answered, went := c.readyToSend(t.Context()), make(chan struct{})
	go func() {
		answered()
		close(went)
	}()
	select {
	case <-went:
	case <-time.After(10 * time.Second):
		t.Error("the answer waits for the other program")
	}
}
