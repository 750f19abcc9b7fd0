package ui

import (
	"context"
	"testing"
	"time"
)

// While somebody types few logs are in hand at a time; else nobody waits.
func TestLogsWaitForWhoTypes(t *testing.T) {
	t.Parallel()
	now := time.Unix(1000, 0)
	w := &turns{now: func() time.Time { return now }}
	for range 100 {
		w.turn(t.Context())
	}
	for range 100 {
		w.leave()
	}
	w.key()
	for range few() {
		w.turn(t.Context())
	}
	took := make(chan func())
	go func() { took <- w.turn(t.Context()) }()
	select {
	case <-took:
		t.Fatal("one more is in hand")
	case <-time.After(10 * time.Millisecond):
	}
	w.leave()
	<-took
	ctx, stop := context.WithCancel(t.Context())
	go func() { took <- w.turn(ctx) }()
	stop()
	<-took // what is stopped does not wait
}
