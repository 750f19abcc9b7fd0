package tree

import (
	"bytes"

	"errata/model/sequence"
)

// Since is the one replacement of bytes that turns old's literal into n's: del bytes at byte at
// became ins, which must not be modified. Nodes that both share are passed over without being read.
func (n *Node) Since(old *Node) (at, del int, ins []byte) {
	for {
		if n.Same(old) {
			return at, 0, nil
		}
		was, is := old.body.Load(), n.body.Load()
		if was == nil || is == nil || old.kind != n.kind { // they cannot share anything below
			from, del, ins := trim(old.Bytes(), n.Bytes())
			return at + from, del, ins
		}
		c := compare(was, is)
		at++ // the bracket
		if c.was.count() != 1 || c.is.count() != 1 || c.half || c.tails {
			from, del, ins := c.bytes()
			return at + c.head + from, del, ins
		}
		x, y := was.kids.at(c.was.from), is.kids.at(c.is.from)
		if !bytes.Equal(x.lead, y.lead) {
			from, del, ins := c.bytes()
			return at + c.head + from, del, ins
		}
		at += c.head + len(x.lead)
		old, n = x.node, y.node
	}
}

// stretch is some children of a container, one after the other.
type stretch struct {
	*body
	from, to int
}

func (s stretch) count() int { return s.to - s.from }

// comparison is where two containers differ.
type comparison struct {
	was, is stretch
	head    int  // bytes of the children ahead of them, which are the same
	half    bool // the last children of the stretches differ in what leads to them only
	tails   bool // what follows the last children differs as well
}

// compare finds the children that two containers do not share.
func compare(a, b *body) comparison {
	c := comparison{was: stretch{a, 0, a.kids.Len()}, is: stretch{b, 0, b.kids.Len()}}
	limit := min(c.was.to, c.is.to)
	n, size, _ := shared(a.kids, b.kids, limit, false)
	c.was.from, c.is.from, c.head = n, n, size
	if c.tails = !bytes.Equal(a.tail, b.tail); !c.tails {
		n, _, c.half = shared(a.kids, b.kids, limit-n, true)
		c.was.to -= n
		c.is.to -= n
	}
	return c
}

// bytes is the replacement that makes one stretch into the other, seen from their start.
func (c comparison) bytes() (at, del int, ins []byte) {
	was, is := c.size(c.was), c.size(c.is)
	switch {
	case is == 0:
		return 0, was, nil
	case was == 0:
		return 0, 0, c.literal(c.is, is)
	}
	return trim(c.literal(c.was, was), c.literal(c.is, is))
}

// size is how many bytes of a stretch the other one does not share.
func (c comparison) size(s stretch) int {
	n := s.kids.before(s.to) - s.kids.before(s.from)
	if c.half {
		n -= s.kids.at(s.to - 1).node.Size()
	}
	if c.tails {
		n += len(s.tail)
	}
	return n
}

// literal is those bytes.
func (c comparison) literal(s stretch, size int) []byte {
	dst := make([]byte, 0, size)
	if c.half {
		dst = s.kids.slice(dst, s.from, s.to-1)
		return append(dst, s.kids.at(s.to-1).lead...)
	}
	dst = s.kids.slice(dst, s.from, s.to)
	if c.tails {
		dst = append(dst, s.tail...)
	}
	return dst
}

// shared counts the children, limit at most, that two lists have in common at their starts, or at
// their ends, and their bytes. half says that the next two, at the ends, differ in what leads to
// them only.
func shared(a, b seq, limit int, back bool) (count, size int, half bool) {
	x, y := newCursor(a, back), newCursor(b, back)
	for count < limit {
		if len(x.items) == 0 && len(y.items) == 0 {
			sums := sequence.Shared(x.Cursor, y.Cursor, limit-count)
			count, size = count+sums[children], size+sums[literals]
			if count == limit {
				break
			}
		}
		p, q := x.item(), y.item()
		if !p.node.Same(q.node) {
			return count, size, false
		}
		if !bytes.Equal(p.lead, q.lead) {
			return count, size, back
		}
		count, size = count+1, size+len(p.lead)+p.node.Size()
	}
	return count, size, false
}

// trim is the replacement that makes one text into another, seen from their start.
func trim(was, is []byte) (at, del int, ins []byte) {
	const stride = 1024
	limit := min(len(was), len(is))
	for at+stride <= limit && bytes.Equal(was[at:at+stride], is[at:at+stride]) {
		at += stride
	}
	for at < limit && was[at] == is[at] {
		at++
	}
	was, is, limit = was[at:], is[at:], limit-at
	for limit >= stride && bytes.Equal(was[len(was)-stride:], is[len(is)-stride:]) {
		was, is, limit = was[:len(was)-stride], is[:len(is)-stride], limit-stride
	}
	for limit > 0 && was[len(was)-1] == is[len(is)-1] {
		was, is, limit = was[:len(was)-1], is[:len(is)-1], limit-1
	}
	return at, len(was), is[:len(is):len(is)]
}
