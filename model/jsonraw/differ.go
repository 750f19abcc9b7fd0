package jsonraw

import "bytes"

// verdict is what differ found out.
type verdict int

const (
	unsure verdict = iota
	alike
	different
)

// differ goes through two values side by side and reports whether they surely mean something else,
// which it knows at the first place where they do: what follows is not read. If it is unsure they
// may still differ. Of text that is not well formed different means nothing but that the two are
// not the same bytes. sparse is that of EqualSparse.
//
// A member that both objects have at the same position with the same name decides even where names
// are twice: then only what is byte-equal up to white space is equal.
func differ(a, b []byte, sparse bool) verdict {
	d := differing{a: a, b: b, sparse: sparse}
	v, _, _ := d.value(0, 0, 0)
	return v
}

type differing struct {
	a, b   []byte
	sparse bool
}

// value compares the values at two places. The ends are for those that are alike.
func (d *differing) value(i, j, depth int) (v verdict, endA, endB int) {
	kind := KindOf(d.a[i:])
	switch {
	case kind != KindOf(d.b[j:]):
		return different, 0, 0
	case kind == Object || kind == Array:
		if depth == quickDepth {
			return unsure, 0, 0
		}
		return d.items(i+1, j+1, kind == Object, depth)
	case kind == String && startsDiffer(d.a[i:], d.b[j:]):
		return different, 0, 0
	}
	endA = ValueEnd(d.a, i)
	if endB = endAlike(d.b, j, d.a[i:endA]); endB >= 0 {
		return alike, endA, endB
	}
	endB = ValueEnd(d.b, j)
	x, y := d.a[i:endA], d.b[j:endB]
	if kind == String && sameString(x, y) || kind == Number && (bytes.Equal(x, y) || sameNumber(x, y)) {
		return alike, endA, endB
	}
	return different, 0, 0
}

// items compares what is in two containers from behind their brackets on.
func (d *differing) items(i, j int, object bool, depth int) (v verdict, endA, endB int) {
	for {
		key, from, ok := NextItem(d.a, i, object)
		name, at, more := NextItem(d.b, j, object)
		switch {
		case ok != more && object && d.sparse, !bytes.Equal(key.Of(d.a), name.Of(d.b)):
			return unsure, 0, 0
		case ok != more:
			return different, 0, 0
		case !ok:
			return alike, min(from+1, len(d.a)), min(at+1, len(d.b))
		}
		if v, i, j = d.value(from, at, depth+1); v != alike {
			return v, 0, 0
		}
	}
}

// startsDiffer reports whether two strings, each with what follows it, begin with other texts: it
// costs nothing, however large they are.
func startsDiffer(a, b []byte) bool {
	const begin = 64
	x, all := TextPrefix(a, begin)
	y, whole := TextPrefix(b, begin)
	n := min(len(x), len(y))
	return x[:n] != y[:n] || all && len(x) < len(y) || whole && len(y) < len(x)
}
