//go:build !windows

package config

// sameVariable compares names of variables.
func sameVariable(a, b string) bool { return a == b }
