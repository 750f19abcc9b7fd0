package jsonraw

import (
	"bytes"
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
	case kind != Object && kind != Array:
		return false
	}
	if min(len(a), len(b)) > large {
		if equal, ok := sameParts(a, b, kind, sparse); ok {
			return equal
		}
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

// large is the size from which containers are compared part by part, which ends at the first that
// differs and holds no more than one of them in memory as a tree.
const large = 4 << 10

// sameParts compares two containers of a kind part by part. ok is false where that would not do:
// names that stand twice, or a part so large that reading it once more for each level that it is
// deep could go on forever.
func sameParts(a, b []byte, kind Kind, sparse bool) (equal, ok bool) {
	if kind == Array {
		return sameElements(a, b, sparse)
	}
	if sparse {
		return false, false
	}
	return sameMembers(a, b)
}

func sameElements(a, b []byte, sparse bool) (equal, ok bool) {
	m, err := Elements(a)
	if err != nil {
		return false, true
	}
	n, err := Elements(b)
	if err != nil || len(m) != len(n) {
		return false, true
	}
	for i := range m {
		x, y := m[i].Val.Of(a), n[i].Val.Of(b)
		if bytes.Equal(x, y) {
			continue
		}
		if dominates(x, a) {
			return false, false
		}
		if !same(x, y, sparse) {
			return false, true
		}
	}
	return true, true
}

func sameMembers(a, b []byte) (equal, ok bool) {
	m, err := Members(a)
	if err != nil {
		return false, true
	}
	n, err := Members(b)
	if err != nil {
		return false, true
	}
	index := make(map[string][]byte, len(n))
	for _, y := range n {
		index[y.Name] = y.Val.Of(b)
	}
	seen := make(map[string]bool, len(m))
	for _, x := range m {
		seen[x.Name] = true
	}
	switch {
	case len(index) != len(n) || len(seen) != len(m):
		return false, false
	case len(m) != len(n):
		return false, true
	}
	for _, x := range m {
		v := x.Val.Of(a)
		w, there := index[x.Name]
		switch {
		case !there:
			return false, true
		case bytes.Equal(v, w):
		case dominates(v, a):
			return false, false
		case !same(v, w, false):
			return false, true
		}
	}
	return true, true
}

// dominates tells whether a part that is a container itself is most of the whole.
func dominates(part, whole []byte) bool {
	kind := KindOf(part)
	return (kind == Object || kind == Array) && len(part) > len(whole)/2
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

// sameString compares literals without decoding them whole: most differ early. Bytes that are no
// UTF-8 mean nothing but themselves.
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
