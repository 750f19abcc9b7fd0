package chat

import (
	"bytes"

	"errata/model/jsonraw"
	"errata/ui/pager"
)

// pieceBytes is how much of a line of a literal is decoded at once. A line is cut near the multiples of it, counted from the
// start of the literal, that have no line break in as many bytes before them: so where it is cut can be told from
// anywhere within it, and a line that is shorter is never cut.
const pieceBytes = 16 << 10

// literal is the text of a JSON string, a paragraph for each of its lines, named by the byte of the literal that it begins at. It
// is decoded where it is looked at, and nowhere else.
type literal struct {
	raw    []byte // with its quotes
	indent int
	style  *style // nil for the theme's text
}

// style draws the lines of a text in a way of its own. at is where the line begins in raw.
type style func(raw []byte, at int, text string) (shown string, spans []pager.Span)

func (l *literal) end() int { return len(l.raw) - 1 }

func (l *literal) first() int { return 1 }

func (l *literal) last() int { return l.start(l.end()) }

func (l *literal) after(at int) (int, bool) {
	end, next := l.stop(at)
	if next == end { // cut, or the end of the text
		return next, next < l.end()
	}
	return next, true
}

func (l *literal) before(at int) (int, bool) {
	if at <= 1 {
		return at, false
	}
	if n := breakBefore(l.raw, at); n > 0 {
		return l.start(at - n), true
	}
	return l.start(at - 1), true
}

func (l *literal) paragraph(at int) paragraph {
	end, _ := l.stop(at)
	p := paragraph{text: decode(l.raw[at:end]), indent: l.indent}
	if l.style != nil {
		p.text, p.spans = (*l.style)(l.raw, at, p.text)
	}
	return p
}

// stop is where the piece that begins at at ends, and where the next one begins, behind the line break.
func (l *literal) stop(at int) (end, next int) {
	limit := l.end()
	for k := at/pieceBytes + 1; k*pieceBytes < limit; k++ {
		if c := l.cut(k); c > at {
			limit = c
			break
		}
		if breakIn(l.raw, at, min((k+1)*pieceBytes, limit)) {
			break
		}
	}
	i := at
	for i < limit {
		j := bytes.IndexByte(l.raw[i:limit], '\\')
		if j < 0 {
			break
		}
		i += j
		if n := lineBreak(l.raw[i:]); n > 0 {
			return i, i + n
		}
		i += 2
	}
	return limit, limit
}

// start is where the piece begins that holds byte at, or ends there.
func (l *literal) start(at int) int {
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
		if i := lastBreak(l.raw, from, at); i > 0 {
			return i
		}
		if from == 1 || k > 0 && from == l.cut(k) {
			return from
		}
	}
}

// cut is where the literal is cut near multiple k, -1 when it is not.
func (l *literal) cut(k int) int {
	const near = 256
	from := k * pieceBytes
	if k < 1 || from >= l.end() || breakIn(l.raw, max(from-pieceBytes, 1), min(from+near, l.end())) {
		return -1
	}
	reach := min(from+near, l.end())
	for q := from; q < reach; q++ { // nothing that is escaped holds a space
		if l.raw[q-1] == ' ' && printable(l.raw[q]) {
			return q
		}
	}
	for q := from; q < reach; q++ {
		if printable(l.raw[q-1]) && printable(l.raw[q]) && !escaping(l.raw, q) {
			return q
		}
	}
	for q := from; q < l.end(); q++ {
		if l.raw[q]&0xC0 == 0x80 || escaping(l.raw, q) {
			continue
		}
		if lineBreak(l.raw[q:]) > 0 {
			return -1
		}
		return q
	}
	return -1
}

// printable tells whether b stands for itself in a literal, whatever is around it but a backslash.
func printable(b byte) bool { return ' ' <= b && b <= '~' && b != '\\' && b != '"' }

// escaping tells whether byte q is within an escape, or between the two of a surrogate pair.
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

// odd tells whether the backslash at i begins an escape: an even number of them stands before it.
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

// high tells whether the escape at the start of raw is the first of a surrogate pair.
func high(raw []byte) bool {
	return len(raw) > 3 && raw[2]|0x20 == 'd' && bytes.IndexByte([]byte("89abAB"), raw[3]) >= 0
}

// lineBreak is the length of the escape at the start of raw when it stands for a line break, else 0.
func lineBreak(raw []byte) int {
	switch {
	case len(raw) > 1 && raw[1] == 'n':
		return len(`\n`)
	case len(raw) > 5 && raw[1] == 'u' && string(raw[2:5]) == "000" && raw[5]|0x20 == 'a':
		return len(`\u000a`)
	}
	return 0
}

// breakBefore is the length of the line break that ends at at, 0 for none.
func breakBefore(raw []byte, at int) int {
	for _, n := range []int{len(`\n`), len(`\u000a`)} {
		if i := at - n; i > 0 && raw[i] == '\\' && odd(raw, i) && lineBreak(raw[i:]) == n {
			return n
		}
	}
	return 0
}

// lastBreak is the end of the last line break that ends within from and at, 0 for none.
func lastBreak(raw []byte, from, at int) int {
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

// breakIn tells whether a line break ends within from and to.
func breakIn(raw []byte, from, to int) bool { return lastBreak(raw, from, to) > 0 }

// decode gives the text of a part of a literal between two escapes. Bytes that are no UTF-8 pass through.
func decode(inside []byte) string {
	if bytes.IndexByte(inside, '\\') < 0 {
		return string(inside)
	}
	quoted := append(append(append(make([]byte, 0, len(inside)+2), '"'), inside...), '"')
	text, _ := jsonraw.TextPrefix(quoted, len(quoted))
	return text
}
