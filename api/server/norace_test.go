//go:build !race

package server_test

// raced reports whether the race detector is on, under which everything takes several times as
// long.
const raced = false
