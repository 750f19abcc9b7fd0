package bars

import (
	"strings"
)

// Shares draws a bar of w cells that is cut into parts by their shares, which add up to 1. Each
// part is drawn with one of the fills in turn, and one that is not zero has a cell. If there are
// fewer cells than parts the largest part has them all.
func Shares(shares []float64, fills []string, w int) string {
	if len(fills) == 0 || len(shares) == 0 || w <= 0 {
		return ""
	}
	cells, left, largest := make([]int, len(shares)), w, 0
	for i, s := range shares {
		if cells[i] = int(s*float64(w) + 0.5); cells[i] == 0 && s > 0 && w >= len(shares) {
			cells[i] = 1
		}
		if left -= cells[i]; s > shares[largest] {
			largest = i
		}
	}
	if cells[largest] += left; w < len(shares) {
		clear(cells)
		cells[largest] = w
	}
	var b strings.Builder
	for i, n := range cells {
		b.WriteString(strings.Repeat(fills[i%len(fills)], n))
	}
	return b.String()
}
