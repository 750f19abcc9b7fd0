package jsonraw

import (
	"bytes"
	"unicode/utf8"
)

// Equal compares two values by meaning: numbers as exact decimals of any size, strings by code point,
// objects without regard to the order of their members, arrays in order. Values that are byte-equal
// are equal; objects with a name twice are equal only when byte-equal up to white space.
func Equal(a, b []byte) bool { return same(a, b, false) }

// EqualSparse compares like Equal, but a member that is null counts as one that is not there, at every depth.
func EqualSparse(a, b []byte) bool { return same(a, b, true) }

func same(a, b []byte, sparse bool) bool {
	a, b = Trim(a), Trim(b)
	if bytes.Equal(a, b) {
		return true
	}
	switch kind := KindOf(a); {
	case kind != KindOf(b):
		return false
	case kind == String:
		return sameString(a, b)
	case kind == Number:
		return sameNumber(a, b)
	case kind != Object && kind != Array:
		return false
	}
	m, ok := parse(a)
	if !ok {
		return false
	}
	n, ok := parse(b)
	if !ok {
		return false
	}
	return (&comparer{a, b, sparse}).equal(&m, &n)
}

// comparer compares values of two documents.
type comparer struct {
	a, b   []byte
	sparse bool
}

func (c *comparer) equal(m, n *node) bool {
	if m.kind != n.kind {
		return false
	}
	a, b := m.val.Of(c.a), n.val.Of(c.b)
	switch {
	case m.kind == String:
		return sameString(a, b)
	case m.kind == Number:
		return bytes.Equal(a, b) || decimal(a).Equal(decimal(b))
	case m.twice || n.twice:
		return bytes.Equal(Compact(a), Compact(b))
	case m.kind == Object:
		return c.members(m.kids, n.kids)
	case len(m.kids) != len(n.kids):
		return false
	}
	for i := range m.kids {
		if !c.equal(&m.kids[i], &n.kids[i]) {
			return false
		}
	}
	return true
}

func (c *comparer) members(m, n []node) bool {
	if c.count(m) != c.count(n) {
		return false
	}
	find := finder(n)
	for i := range m {
		if c.skips(&m[i]) {
			continue
		}
		j := find(m[i].name)
		if j < 0 || !c.equal(&m[i], &n[j]) {
			return false
		}
	}
	return true
}

func (c *comparer) count(kids []node) int {
	count := 0
	for i := range kids {
		if !c.skips(&kids[i]) {
			count++
		}
	}
	return count
}

func (c *comparer) skips(n *node) bool { return c.sparse && n.kind == Null }

// sameNumber compares literals that nobody has read yet.
func sameNumber(a, b []byte) bool {
	d, ok := ParseDecimal(a)
	if !ok {
		return false
	}
	e, ok := ParseDecimal(b)
	return ok && d.Equal(e)
}

// sameString compares literals without decoding them whole: most differ early. Bytes that are no UTF-8
// mean nothing but themselves.
func sameString(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	if len(a) < 2 || len(b) < 2 {
		return false
	}
	x, y := pieces{rest: a[1 : len(a)-1]}, pieces{rest: b[1 : len(b)-1]}
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
