package editor

import "bytes"

// length is the bytes of a rope, which may be empty.
func (n *node) length() int {
	if n == nil {
		return 0
	}
	return n.size
}

// lines is the number of lines: one more than line breaks.
func (n *node) lines() int {
	if n == nil {
		return 1
	}
	return n.breaks + 1
}

// lineOf is the line, from 0, that byte at stands in.
func (n *node) lineOf(at int) int {
	line := 0
	for n != nil && at > 0 {
		switch {
		case at >= n.size:
			return line + n.breaks
		case n.height == 0:
			return line + bytes.Count(n.bytes[:at], lf)
		case at < n.left.size:
			n = n.left
		default:
			line += n.left.breaks
			at -= n.left.size
			n = n.right
		}
	}
	return line
}

// lineStart is the first byte of a line, from 0; the end of the text beyond the last line.
func (n *node) lineStart(line int) int {
	at := 0
	if n == nil || line <= 0 {
		return 0
	}
	if line > n.breaks {
		return n.size
	}
	for n.height > 0 {
		if line <= n.left.breaks {
			n = n.left
			continue
		}
		line -= n.left.breaks
		at += n.left.size
		n = n.right
	}
	return at + afterBreak(n.bytes, line)
}

// afterBreak is the place behind LF number k of b, from 1, of which b must have as many. Counting halves is much faster than
// going from one to the next.
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
func (n *node) pointsBefore(at int) int {
	count := 0
	for n != nil && at > 0 {
		switch {
		case at >= n.size:
			return count + n.points
		case n.height == 0:
			return count + countPoints(n.bytes[:at])
		case at < n.left.size:
			n = n.left
		default:
			count += n.left.points
			at -= n.left.size
			n = n.right
		}
	}
	return count
}

// pointStart is the byte at which code point number i, from 0, begins; the end of the text if there are fewer.
func (n *node) pointStart(i int) int {
	at := 0
	if n == nil || i >= n.points {
		return n.length()
	}
	for n.height > 0 {
		if i < n.left.points {
			n = n.left
			continue
		}
		i -= n.left.points
		at += n.left.size
		n = n.right
	}
	for k, c := range n.bytes {
		if c&0xC0 == 0x80 {
			continue
		}
		if i == 0 {
			return at + k
		}
		i--
	}
	return at + n.size
}

// appendTo appends the bytes from up to to of n to dst.
func (n *node) appendTo(dst []byte, from, to int) []byte {
	if n == nil || from >= to || to <= 0 || from >= n.size {
		return dst
	}
	if n.height == 0 {
		return append(dst, n.bytes[max(from, 0):min(to, n.size)]...)
	}
	dst = n.left.appendTo(dst, from, to)
	return n.right.appendTo(dst, from-n.left.size, to-n.left.size)
}

// slice copies the bytes from up to to.
func (n *node) slice(from, to int) []byte {
	from, to = max(from, 0), min(to, n.length())
	if from >= to {
		return nil
	}
	return n.appendTo(make([]byte, 0, to-from), from, to)
}

// walk calls do with each leaf's bytes in order until it returns false, and tells whether it got to the end.
func (n *node) walk(do func([]byte) bool) bool {
	switch {
	case n == nil:
		return true
	case n.height == 0:
		return do(n.bytes)
	}
	return n.left.walk(do) && n.right.walk(do)
}
