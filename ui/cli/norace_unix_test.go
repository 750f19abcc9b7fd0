//go:build unix && !race

package cli_test

// faultSeeds is how many scripts of faults are played.
const faultSeeds = 200
