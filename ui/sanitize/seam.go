package sanitize

import "slices"

// SeamReach is how far behind a byte Seam looks for a good place.
const SeamReach = 256

// Seam finds a place at which a line that is too long to be laid out at once may be cut, from byte
// i of b on: after a space, else between two ASCII characters, else at the end of a cluster of one
// character, else between characters. It needs a character ahead of i, and SeamReach and Lookahead
// behind it unless the line ends before.
func Seam(b []byte, i int) int {
	reach := b[:min(len(b), i+SeamReach)]
	for q := i; q < len(reach); q++ {
		if b[q-1] == ' ' && b[q] > ' ' && b[q] < 0x7F {
			return q
		}
	}
	for q := i; q < len(reach); q++ {
		if b[q-1] < 0x80 && b[q] < 0x80 {
			return q
		}
	}
	starts := func(c byte) bool { return c&0xC0 != 0x80 }
	for q := i; q < len(reach); q++ {
		if !starts(b[q]) {
			continue
		}
		p := q - 1
		for p > 0 && !starts(b[p]) {
			p--
		}
		if g := Next(b[p:], 0); !g.Mark && g.Len == q-p {
			return q
		}
	}
	if q := slices.IndexFunc(reach[i:], starts); q >= 0 {
		return i + q
	}
	return i
}
