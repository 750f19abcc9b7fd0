package config

import "strings"

// sameVariable compares names of variables, which Windows does without case.
func sameVariable(a, b string) bool { return strings.EqualFold(a, b) }
