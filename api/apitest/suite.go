package apitest

import (
	"testing"

	"errata/api"
)

// Seed is what a service contains when a test begins.
type Seed struct {
	// logs as JSON documents, each with its prompt within; imported in this order, byte for byte
	Logs [][]byte
}

// Suite runs the conformance suite. open returns a fresh service that contains the seed and nothing
// else, and closes it with t.Cleanup; parallel tests call it.
func Suite(t *testing.T, open func(t *testing.T, seed Seed) api.Service) {
	t.Helper()
	for _, part := range []struct {
		name string
		run  func(*testing.T, opener)
	}{
		{"get", testGet},
		{"list", testList},
		{"search", testSearch},
		{"order", testOrder},
		{"patch", testPatch},
		{"refuse", testRefuse},
		{"foreign", testForeign},
		{"missing", testMissing},
		{"precondition", testPrecondition},
		{"create", testCreate},
		{"prompts", testPrompts},
		{"cancel", testCancel},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.run(t, open)
		})
	}
}

// opener is the function that Suite gets.
type opener func(t *testing.T, seed Seed) api.Service
