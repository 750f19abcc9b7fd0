package jsonraw

import (
	"bytes"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// Equal compares two values by meaning: numbers as exact decimals of any size, strings by code
// point, objects without regard to the order of their members, arrays in order. Values that are
// byte-equal are equal; objects with a name twice are equal only when byte-equal up to white space.
func Equal(a, b []byte) bool { return same(a, b, false) }

// EqualSparse compares like Equal, but a member that is null counts as one that is not there, at
// every depth.
func EqualSparse(a, b []byte) bool { return same(a, b, true) }

func same(a, b []byte, sparse bool) bool {
	a, b = Trim(a), Trim(b)
	if bytes.Equal(a, b) {
		return true
	}
	kind := KindOf(a)
	switch {
	case kind != KindOf(b):
		return false
	case kind == String:
		return sameString(a, b)
	case kind == Number:
		return sameNumber(a, b)
	case kind != Object && kind != Array, differ(a, b, sparse) == different:
		return false
	}
	v, ok := read(a)
	if !ok {
		return false
	}
	w, ok := read(b)
	return ok && equal(v, w, sparse)
}

// equal compares two values of documents. sparse is that of EqualSparse.
func equal(v, w value, sparse bool) bool {
	kind, a, b := v.kind(), v.literal(), w.literal()
	switch {
	case kind != w.kind():
		return false
	case kind == String:
		return sameString(a, b)
	case kind == Number:
		return bytes.Equal(a, b) || decimal(a).Equal(decimal(b))
	case kind != Object && kind != Array:
		return true
	case len(a) == len(b) && v.in.left > 0:
		if v.in.left -= len(a); bytes.Equal(a, b) {
			return true
		}
	}
	m, repeated := v.items()
	defer v.forget(m)
	n, again := w.items()
	defer w.forget(n)
	switch {
	case repeated || again:
		return bytes.Equal(appendCompact(nil, a), appendCompact(nil, b))
	case kind == Object:
		return equalMembers(m, n, sparse)
	case len(m) != len(n):
		return false
	}
	for i := range m {
		if !equal(m[i], n[i], sparse) {
			return false
		}
	}
	return true
}

func equalMembers(m, n []value, sparse bool) bool {
	skips := func(v value) bool { return sparse && v.kind() == Null }
	if sparse {
		m, n = slices.DeleteFunc(m, skips), slices.DeleteFunc(n, skips)
	}
	if len(m) != len(n) {
		return false
	}
	find := finder(n)
	for _, v := range m {
		j := find(v.name)
		if j < 0 || !equal(v, n[j], sparse) {
			return false
		}
	}
	return true
}

// sameNumber compares literals that nobody has read yet.
func sameNumber(a, b []byte) bool {
	d, ok := ParseDecimal(a)
	if !ok {
		return false
	}
	e, ok := ParseDecimal(b)
	return ok && d.Equal(e)
}

// sameString compares literals without decoding them whole: most differ early. Bytes that are not
// UTF-8 mean nothing but themselves.
func sameString(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	if len(a) < 2 || len(b) < 2 {
		return false
	}
	at := sameStart(a, b)
	x, y := pieces{rest: a[at : len(a)-1]}, pieces{rest: b[at : len(b)-1]}
	for {
		p, q := x.peek(), y.peek()
		n := min(len(p), len(q))
		switch {
		case n == 0 && len(p) == len(q):
			return utf8.Valid(a) && utf8.Valid(b)
		case n == 0 || !bytes.Equal(p[:n], q[:n]):
			return false
		}
		x.skip(n)
		y.skip(n)
	}
}

// longestEscape is how many bytes of a string literal stand for one character at most: a surrogate
// pair.
const longestEscape = len(`\ud83d\ude00`)

// sameStart is a place within two string literals up to which both have the same bytes, and at
// which neither is within an escape: what is ahead of it stands for the same text.
func sameStart(a, b []byte) int {
	return escapeStart(a, min(SamePrefix(a, b), len(a)-1, len(b)-1))
}

// escapeStart is a place up to one within a string literal, and not far from it, at which no escape
// is under way, nor a pair of them that stands for one character.
func escapeStart(literal []byte, at int) int {
	for at > 1 {
		from := max(at-longestEscape, 1)
		slash := bytes.LastIndexByte(literal[from:at], '\\')
		if slash < 0 {
			return at
		}
		// the first backslash in a row of them begins an escape, as none is ahead of it
		for at = from + slash; at > 1 && literal[at-1] == '\\'; {
			at--
		}
		if r, ok := hex4(literal[at:]); !ok || !utf16.IsSurrogate(r) {
			return at
		}
	}
	return 1
}

// pieces decodes the inside of a string literal piece by piece.
type pieces struct {
	piece, rest []byte
	escape      [4]byte // holds the piece when it comes from an escape
}

// peek is what comes next, empty at the end only.
func (p *pieces) peek() []byte {
	for len(p.piece) == 0 && len(p.rest) > 0 {
		end := bytes.IndexByte(p.rest, '\\')
		switch {
		case end < 0:
			p.piece, p.rest = p.rest, nil
		case end > 0:
			p.piece, p.rest = p.rest[:end], p.rest[end:]
		default:
			decoded, size := appendEscape(p.escape[:0], p.rest, 0)
			p.piece, p.rest = decoded, p.rest[size:]
		}
	}
	return p.piece
}

func (p *pieces) skip(n int) { p.piece = p.piece[n:] }
