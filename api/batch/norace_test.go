//go:build !race

package batch_test

// faultSeeds is how many scripts of faults are played.
const faultSeeds = 200
