package logfile

import (
	"cmp"
	"strings"
)

const digits = "0123456789"

// natural compares names as people sort them, the numbers in them as numbers: 2.jsonl before
// 10.jsonl.
func natural(a, b string) int {
	fullA, fullB := a, b
	for a != "" && b != "" {
		restA, restB := strings.TrimLeft(a, digits), strings.TrimLeft(b, digits)
		numberA := strings.TrimLeft(a[:len(a)-len(restA)], "0")
		numberB := strings.TrimLeft(b[:len(b)-len(restB)], "0")
		if len(restA) == len(a) || len(restB) == len(b) {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		if c := cmp.Or(cmp.Compare(len(numberA), len(numberB)), cmp.Compare(numberA, numberB)); c != 0 {
			return c
		}
		a, b = restA, restB
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(fullA, fullB))
}
