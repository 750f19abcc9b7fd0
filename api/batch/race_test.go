//go:build race

package batch_test

// faultSeeds is how many scripts of faults are played; .ci/run plays all without the race detector.
const faultSeeds = 20
