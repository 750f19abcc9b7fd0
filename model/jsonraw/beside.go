package jsonraw

import (
	"bytes"
	"sort"
)

// Pair is two well-formed arrays with their elements.
type Pair struct {
	A, B List
	// how many elements both begin with, and how many of the others they end with, that are the
	// same bytes
	Head, Tail int
}

// Beside lists the elements of two well-formed arrays. What both begin and end with is read through
// once.
func Beside(a, b []byte) (p Pair) {
	p.A, p.B.Doc = ListOf(a), Parts{b}
	at := skipSpace(b, 0)
	if at == len(b) || b[at] != '[' {
		return p
	}
	_, tail := Shared(a, b)
	p.B.Items = make([]Element, 0, len(p.A.Items))
	for end := at + 1; ; {
		_, from, ok := NextItem(b, end, false)
		if !ok {
			break
		}
		if k, yes := p.mirrored(from-len(b)+len(a), len(b)-from <= tail); yes {
			p.mirror(k, len(b)-len(a))
			break
		}
		end = p.next(a, b, from)
	}
	p.Tail = min(p.Tail, len(p.A.Items)-p.Head, len(p.B.Items)-p.Head)
	return p
}

// mirrored says which element of A starts at a place, where both are the same from there on.
func (p *Pair) mirrored(at int, same bool) (k int, ok bool) {
	if !same {
		return 0, false
	}
	items := p.A.Items
	k = sort.Search(len(items), func(i int) bool { return items[i].Val.Start >= at })
	return k, k < len(items) && items[k].Val.Start == at
}

// mirror takes the elements from k on for those of B, so many bytes further on.
func (p *Pair) mirror(k, by int) {
	same := p.Head == len(p.B.Items) && p.Head == k
	p.Tail = len(p.A.Items) - k
	for _, e := range p.A.Items[k:] {
		p.B.Items = append(p.B.Items, Element{Val: e.Val.by(by), Kind: e.Kind})
	}
	if same {
		p.Head = len(p.A.Items)
	}
}

// next reads the element of B that starts at from.
func (p *Pair) next(a, b []byte, from int) (end int) {
	k, alike := len(p.B.Items), -1
	if k < len(p.A.Items) {
		alike = endAlike(b, from, p.A.Items[k].Val.Of(a))
	}
	if end = alike; end < 0 {
		end = ValueEnd(b, from)
	} else if p.Head == k {
		p.Head++
	}
	p.B.Items = append(p.B.Items, Element{Val: Span{from, end}, Kind: KindOf(b[from:end])})
	return end
}

// endAlike is where a value ends that begins with the bytes of another, -1 where that does not
// tell: a number may go on.
func endAlike(doc []byte, at int, like []byte) int {
	end := at + len(like)
	if len(like) == 0 || end > len(doc) || KindOf(like) == Number || !bytes.Equal(doc[at:end], like) {
		return -1
	}
	return end
}

// Shared is how many bytes two texts begin with, and how many of the others they end with, that are
// the same.
func Shared(a, b []byte) (head, tail int) { return Parts{a}.Shared(Parts{b}) }
