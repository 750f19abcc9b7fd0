package jsonraw

import (
	"slices"
	"unicode/utf8"
	"unsafe"
)

// Splice is the text with other bytes in the place of a span. What is large is shared.
func (p Parts) Splice(at Span, with []byte) Parts {
	var list []segment
	for _, part := range p.within(Span{0, at.Start}) {
		list = append(list, whole(part))
	}
	list = append(list, whole(with))
	for _, part := range p.within(Span{at.End, p.Len()}) {
		list = append(list, whole(part))
	}
	return composed(list)
}

// Shared is how many bytes two texts begin with, and how many of the others they end with, that are
// the same. What is the same memory in both is not read.
func (p Parts) Shared(q Parts) (head, tail int) {
	size, other := p.Len(), q.Len()
	head = p.samePrefix(q)
	a, b := p.within(Span{head, size}), q.within(Span{head, other})
	return head, a.sameSuffix(b)
}

func (p Parts) samePrefix(q Parts) (n int) {
	var a, b []byte
	for {
		if len(a) == 0 {
			if len(p) == 0 {
				return n
			}
			a, p = p[0], p[1:]
		}
		if len(b) == 0 {
			if len(q) == 0 {
				return n
			}
			b, q = q[0], q[1:]
		}
		most := min(len(a), len(b))
		same := most
		if unsafe.SliceData(a) != unsafe.SliceData(b) {
			same = SamePrefix(a[:most], b[:most])
		}
		if n += same; same < most {
			return n
		}
		a, b = a[most:], b[most:]
	}
}

func (p Parts) sameSuffix(q Parts) (n int) {
	var a, b []byte
	for {
		if len(a) == 0 {
			if len(p) == 0 {
				return n
			}
			a, p = p[len(p)-1], p[:len(p)-1]
		}
		if len(b) == 0 {
			if len(q) == 0 {
				return n
			}
			b, q = q[len(q)-1], q[:len(q)-1]
		}
		most := min(len(a), len(b))
		x, y := a[len(a)-most:], b[len(b)-most:]
		same := most
		if unsafe.SliceData(x) != unsafe.SliceData(y) {
			same = SameSuffix(x, y)
		}
		if n += same; same < most {
			return n
		}
		a, b = a[:len(a)-most], b[:len(b)-most]
	}
}

// Equal compares by meaning, as the function of that name, and puts the value together only if it
// must.
func (p Parts) Equal(doc []byte) bool {
	head := p.samePrefix(Parts{doc})
	switch size := p.Len(); {
	case head == size && head == len(doc):
		return true
	case head > 0 && doc[0] == '"':
		const enough = 1 << 10
		from := unitStart(doc, min(head, len(doc)-1))
		if startsDiffer(quoting(p.Of(Span{from, min(from+enough, size)})), quoting(doc[from:min(from+enough, len(doc))])) {
			return false
		}
	}
	return Equal(p.Join(), doc)
}

// quoting is a string literal, cut off or not, that begins with a part of another.
func quoting(part []byte) []byte { return append([]byte{'"'}, part...) }

// IsSound reports whether the value is a string literal without any fault that Check finds, where
// that holds for another one: it reads no more than where the two differ, and knows what it has in
// common with the other, if it shares that memory. If it is false, Check has to tell.
//
// A string literal is sound where it is a row of units within quotes: characters that need no
// escape, as UTF-8, and escapes. So is one that begins as the other does up to where a unit of that
// begins, ends with what is there from another such place on, and is a row of units in between. If
// the other one is well formed but has bytes that are not UTF-8, this one is so at least.
func (p Parts) IsSound(other []byte) bool {
	head, tail := p.Shared(Parts{other})
	if head == 0 || tail == 0 || other[0] != '"' {
		return false
	}
	from := unitStart(other, head)
	to := unitEnd(other, len(other)-tail)
	between := p.Of(Span{from, p.Len() - (len(other) - to)})
	return Check(slices.Concat([]byte{'"'}, between, []byte{'"'})) == nil
}

// unitStart is the place up to i where what stands for one character begins in a string literal, or
// where its end quote is, and no escape reaches over it.
func unitStart(literal []byte, i int) int {
	for i > 1 && !utf8.RuneStart(literal[i]) {
		i--
	}
	return escapeStart(literal, i)
}

// unitEnd is such a place from i on.
func unitEnd(literal []byte, i int) int {
	for at := unitStart(literal, i); ; {
		if at >= i {
			return at
		}
		if n := escapeLen(literal[at:]); literal[at] == '\\' && n > 0 {
			at += n
			continue
		}
		_, n := utf8.DecodeRune(literal[at:])
		at += n
	}
}
