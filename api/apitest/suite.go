package apitest

import (
	"testing"

	"errata/api"
)

// Seed is what a service holds when a test begins.
type Seed struct {
	// documents of logs, each with its prompt in it, to be imported in this order byte for byte
	Logs [][]byte
}

// Suite runs the conformance suite. open gives a fresh service that holds the seed and nothing
// else, and sees with t.Cleanup to its end; it is called from parallel tests.
func Suite(t *testing.T, open func(t *testing.T, seed Seed) api.Service) {
	t.Helper()
	for _, part := range []struct {
		name string
		run  func(*testing.T, opener)
	}{
		{"get", testGet},
		{"list", testList},
		{"search", testSearch},
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

// opener gives a fresh service, see Suite.
type opener func(t *testing.T, seed Seed) api.Service
