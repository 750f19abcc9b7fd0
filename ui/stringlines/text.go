// Package stringlines walks the text of a JSON string line by line, from anywhere in it, and
// decodes nothing but the lines that are looked at: a text of 100 MB costs what is seen of it.
//
// It knows string literals. It must not know what they are for, nor how they are shown.
package stringlines

import (
	"bytes"

	"errata/model/jsonraw"
)

// pieceBytes is how much of a line of a literal is decoded at once. A line is cut near the
// multiples of it, counted from the start of the literal, that have no line break in as many bytes
// before them: so where it is cut can be told from anywhere within it, and a line that is shorter
// is never cut.
const pieceBytes = 16 << 10

// Text is a string literal with its quotes. Its lines, and the pieces of those that are very long,
// are named by the byte of the literal that they begin at.
type Text []byte

// First is the first line. There always is one.
func (l Text) First() int { return 1 }

// End is the byte of the quote that ends the text.
func (l Text) End() int { return len(l) - 1 }

// Decode is the text between two places of the literal that are not within an escape.
func (l Text) Decode(from, to int) string { return Decode(l[from:to]) }

// Decode is the text of the inside of a literal, or of a part of it that begins and ends at no
// escape. Bytes that are not UTF-8 pass through.
func Decode(inside []byte) string {
	if bytes.IndexByte(inside, '\\') < 0 {
		return string(inside)
	}
	quoted := append(append(append(make([]byte, 0, len(inside)+2), '"'), inside...), '"')
	text, _ := jsonraw.TextPrefix(quoted, len(quoted))
	return text
}

// Broken reports whether the text has a line break.
func (l Text) Broken() bool {
	_, n := nextBreak(l, l.First(), l.End())
	return n > 0
}

// Stop is where the piece that begins at at ends, and where the next one begins, behind the line
// break.
func (l Text) Stop(at int) (end, next int) {
	limit, k := l.End(), at/pieceBytes+1
	near := min(k*pieceBytes, limit)                                        // nothing is cut before
	if i := bytes.IndexByte(l[at:near], '\\'); i >= 0 && l[at+i+1] == 'n' { // as most lines end
		return at + i, at + i + len(`\n`)
	}
	at, n := nextBreak(l, at, near)
	for ; n == 0 && k*pieceBytes < limit; k++ {
		if c := l.cut(k); c > 0 {
			limit = c
			break
		}
		at, n = nextBreak(l, at, min((k+1)*pieceBytes, limit))
	}
	if n == 0 {
		at, n = nextBreak(l, at, limit)
	}
	if n == 0 {
		return limit, limit
	}
	return at, at + n
}

// Start is where the piece begins that holds byte at, or ends there.
func (l Text) Start(at int) int {
	for k := at / pieceBytes; ; k-- {
		from := max(k*pieceBytes, 1)
		if k > 0 {
			switch c := l.cut(k); {
			case c > at: // cut a little behind the multiple, and at is before that
				continue
			case c > 0:
				from = c
			}
		}
		if i := lastBreak(l, from, at); i > 0 {
			return i
		}
		if from == 1 || k > 0 && from == l.cut(k) {
			return from
		}
	}
}

// cut is where the literal is cut near multiple k, -1 when it is not.
func (l Text) cut(k int) int {
	const near = 256
	from := k * pieceBytes
	if k < 1 || from >= l.End() || breakIn(l, max(from-pieceBytes, 1), min(from+near, l.End())) {
		return -1
	}
	reach := min(from+near, l.End())
	for q := from; q < reach; q++ { // nothing that is escaped holds a space
		if l[q-1] == ' ' && printable(l[q]) {
			return q
		}
	}
	for q := from; q < reach; q++ {
		if printable(l[q-1]) && printable(l[q]) && !escaping(l, q) {
			return q
		}
	}
	for q := from; q < l.End(); q++ {
		if l[q]&0xC0 == 0x80 || escaping(l, q) {
			continue
		}
		if lineBreak(l[q:]) > 0 {
			return -1
		}
		return q
	}
	return -1
}

// printable reports whether b stands for itself in a literal, whatever is around it but a
// backslash.
func printable(b byte) bool { return ' ' <= b && b <= '~' && b != '\\' && b != '"' }

// escaping reports whether byte q is within an escape, or between the two of a surrogate pair.
func escaping(raw []byte, q int) bool {
	for i := q - 1; i >= max(q-11, 1); i-- {
		if raw[i] != '\\' || !odd(raw, i) {
			continue
		}
		n := escapeLen(raw[i:])
		if q < i+n {
			return true
		}
		return q == i+n && n == 6 && high(raw[i:]) && q+1 < len(raw) && raw[q] == '\\' && raw[q+1] == 'u'
	}
	return false
}

// odd reports whether the backslash at i begins an escape: an even number of them is before it.
func odd(raw []byte, i int) bool {
	n := 0
	for i > 0 && raw[i-1] == '\\' {
		i--
		n++
	}
	return n%2 == 0
}

func escapeLen(raw []byte) int {
	if len(raw) > 1 && raw[1] == 'u' {
		return 6
	}
	return 2
}

// high reports whether the escape at the start of raw is the first of a surrogate pair.
func high(raw []byte) bool {
	return len(raw) > 3 && raw[2]|0x20 == 'd' && bytes.IndexByte([]byte("89abAB"), raw[3]) >= 0
}

// lineBreak is the length of the escape at the start of raw when it stands for a line break, else
// 0.
func lineBreak(raw []byte) int {
	switch {
	case len(raw) > 1 && raw[1] == 'n':
		return len(`\n`)
	case len(raw) > 5 && raw[1] == 'u' && string(raw[2:5]) == "000" && raw[5]|0x20 == 'a':
		return len(`\u000a`)
	}
	return 0
}

// nextBreak is the first line break that begins from one byte on and before another, and its
// length; without one n is 0, and i the place from which to look on.
func nextBreak(raw []byte, at, limit int) (i, n int) {
	for at < limit {
		next := bytes.IndexByte(raw[at:limit], '\\')
		if next < 0 {
			return limit, 0
		}
		at += next
		if n := lineBreak(raw[at:]); n > 0 {
			return at, n
		}
		at += 2
	}
	return at, 0
}

// BreakBefore is the length, in the literal, of the line break that ends at at, 0 for none.
func (l Text) BreakBefore(at int) int {
	for _, n := range []int{len(`\n`), len(`\u000a`)} {
		if i := at - n; i > 0 && l[i] == '\\' && odd(l, i) && lineBreak(l[i:]) == n {
			return n
		}
	}
	return 0
}

// lastBreak is the end of the last line break that ends within from and at, 0 for none.
func lastBreak(raw []byte, from, at int) int {
	// Where there is no escape at all, to look for one forward is much faster than from the end.
	if from < at && bytes.IndexByte(raw[from:at], '\\') < 0 {
		return 0
	}
	for i := at; i > from; {
		i = bytes.LastIndexByte(raw[from:i], '\\')
		if i < 0 {
			return 0
		}
		i += from
		first := i
		for first > 1 && raw[first-1] == '\\' {
			first--
		}
		if (i-first)%2 == 0 { // else it is the second of two
			if n := lineBreak(raw[i:]); n > 0 && i+n <= at {
				return i + n
			}
		}
		i = first
	}
	return 0
}

// breakIn reports whether a line break ends within from and to.
func breakIn(raw []byte, from, to int) bool { return lastBreak(raw, from, to) > 0 }
