package store

import (
	"context"
	"testing"

	"errata/api"
	"errata/api/store/index"
)

// TestCountingLeavesAProcessor wants the connection that helps to count to wait while others ask
// for something, to help when nobody does, and to be done when all is taken.
func TestCountingLeavesAProcessor(t *testing.T) {
	t.Parallel()
	s, _ := opened(t)
	newCounting := func() *counting {
		return &counting{s: &s.core, sel: selection{scope: scope{file: 1}}, set: index.All(1), end: make(chan struct{})}
	}
	n := newCounting()
	asked := n.s.readers.asked()
	if !n.silence(t.Context(), &asked) {
		t.Error("it does not help though nobody has asked for anything")
	}
	if _, err := s.Logs(t.Context(), api.LogQuery{FileID: "pr_1", Size: 10}); err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if n.silence(gone, &asked) {
		t.Error("it helps at once though somebody has asked for something")
	}
	if !n.silence(t.Context(), &asked) {
		t.Error("it does not help though nobody asks for anything any more")
	}

	alone := newCounting()
	hits := index.Empty(alone.set.Cap())
	if err := alone.count(t.Context(), hits, false); err != nil || hits.Len() != 1 {
		t.Errorf("%d hits of one log: %v", hits.Len(), err)
	}
	before := n.s.readers.asked()
	if err := alone.count(t.Context(), hits, true); err != nil || n.s.readers.asked() != before {
		t.Errorf("a count that is done is helped with; %v", err)
	}
	helped := newCounting()
	hits = index.Empty(helped.set.Cap())
	if err := helped.count(t.Context(), hits, true); err != nil || hits.Len() != 1 {
		t.Errorf("%d hits of one log by the one that helps: %v", hits.Len(), err)
	}
}
