package editor

import (
	"bytes"

	"errata/model/sequence"
)

// lines is the number of lines: one more than line breaks.
func (n rope) lines() int { return n.Sums()[breaks] + 1 }

// head is the first at bytes: what is counted in whole pieces, and the start of the next one.
func (n rope) head(at int) (whole sequence.Sums, rest piece) {
	switch {
	case at <= 0:
		return sequence.Sums{}, nil
	case at >= n.Len():
		return n.Sums(), nil
	}
	part, whole := n.Seek(size, at)
	return whole, part[:at-whole[size]]
}

// lineOf is the line, from 0, that byte at is in.
func (n rope) lineOf(at int) int {
	whole, rest := n.head(at)
	return whole[breaks] + bytes.Count(rest, lf)
}

// lineStart is the first byte of a line, from 0; the end of the text beyond the last line.
func (n rope) lineStart(line int) int {
	switch {
	case line <= 0:
		return 0
	case line >= n.lines():
		return n.Len()
	}
	part, before := n.Seek(breaks, line-1)
	return before[size] + afterBreak(part, line-before[breaks])
}

// afterBreak is the place behind LF number k of b, from 1, of which b must have as many. Counting
// halves is much faster than going from one to the next.
func afterBreak(b []byte, k int) int {
	at := 0
	for len(b)-at > 32 {
		half := (len(b) - at) / 2
		if n := bytes.Count(b[at:at+half], lf); n < k {
			k -= n
			at += half
		} else {
			b = b[:at+half]
		}
	}
	for ; k > 0; k-- {
		at += bytes.IndexByte(b[at:], '\n') + 1
	}
	return at
}

// pointsBefore counts the code points that begin before byte at.
func (n rope) pointsBefore(at int) int {
	whole, rest := n.head(at)
	return whole[points] + countPoints(rest)
}

// pointStart is the byte at which code point number i, from 0, begins; the end of the text if there
// are fewer.
func (n rope) pointStart(i int) int {
	if i >= n.Sums()[points] {
		return n.Len()
	}
	part, before := n.Seek(points, i)
	i -= before[points]
	for k, c := range part {
		if c&0xC0 == 0x80 {
			continue
		}
		if i == 0 {
			return before[size] + k
		}
		i--
	}
	return before[size] + len(part)
}

// appendTo appends the bytes from up to to of n to dst.
func (n rope) appendTo(dst []byte, from, to int) []byte {
	n.Range(from, to, func(part piece, from, to int) bool {
		dst = append(dst, part[from:to]...)
		return true
	})
	return dst
}

// slice copies the bytes from up to to.
func (n rope) slice(from, to int) []byte {
	from, to = max(from, 0), min(to, n.Len())
	if from >= to {
		return nil
	}
	return n.appendTo(make([]byte, 0, to-from), from, to)
}

// walk calls do with each piece in order until it returns false, and reports whether it got to the
// end.
func (n rope) walk(do func([]byte) bool) bool {
	return n.Range(0, n.Len(), func(part piece, _, _ int) bool { return do(part) })
}
