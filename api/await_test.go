package api_test

import (
	"context"
	"errors"
	"testing"

	"errata/api"
)

func TestWhoWaitsForADiskIsToldAndMayGoOn(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	var told string
	// it comes before the end of the wait, which it brings
	ctx = api.WithNotices(ctx, func(n api.Notice) {
		told = n.Text
		cancel()
	})
	goOn := make(chan struct{})
	defer close(goOn)
	_, err := api.Await(ctx, "the disk does not answer", func() (int, error) { <-goOn; return 1, nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the wait ends with %v", err)
	}
	if told != "the disk does not answer" {
		t.Errorf("%q was said", told)
	}
}

func TestLingerGoesOnWhenItsContextHasEnded(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	longer, end := api.Linger(ctx)
	defer end()
	cancel()
	if err := longer.Err(); err != nil {
		t.Errorf("it ends at once: %v", err)
	}
	<-longer.Done()
}

// TestAwaitPanicsInItsCaller has the work panic, which only its caller can tell of.
func TestAwaitPanicsInItsCaller(t *testing.T) {
	defer func() {
		if fault := recover(); fault != "a fault" {
			t.Errorf("the caller is told %v", fault)
		}
	}()
	_, _ = api.Await(t.Context(), "", func() (int, error) { panic("a fault") })
	t.Error("the fault is swallowed")
}
