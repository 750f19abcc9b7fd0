//go:build unix && race

package cli_test

// faultSeeds is how many scripts of faults are played. Under the race detector each takes six times
// as long, so that there it is a few of them; .ci/run plays all without it.
const faultSeeds = 12
