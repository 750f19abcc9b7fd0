package tree

import "errata/model/jsonraw"

// Span is where the literal of the node at p is in that of n, as byte offsets; ok is false when
// there is none.
func (n *Node) Span(p Path) (start, end int, ok bool) {
	for _, i := range p {
		if i < 0 || i >= n.Len() {
			return 0, 0, false
		}
		x := n.item(i)
		start += 1 + n.in().kids.before(i) + len(x.lead)
		n = x.node
	}
	return start, start + n.Size(), true
}

// NameSpan is where the name of the member at p is, with its quotes, as Span is for its value; ok
// is false if it has no name.
func (n *Node) NameSpan(p Path) (start, end int, ok bool) {
	if len(p) == 0 {
		return 0, 0, false
	}
	value, _, ok := n.Span(p)
	up, _ := n.At(p[:len(p)-1])
	if !ok || up.Kind() != jsonraw.Object {
		return 0, 0, false
	}
	x := up.item(p[len(p)-1])
	start = value - len(x.lead)
	return start + x.key.Start, start + x.key.End, true
}

// PathTo is the path to the deepest node whose literal, or the name and the space ahead of it,
// holds the byte at an offset of n's literal. Brackets and what follows the last child belong to
// their container.
func (n *Node) PathTo(offset int) Path {
	p := Path{}
	for n.Len() > 0 {
		offset-- // the bracket
		i, ahead := n.in().kids.holding(offset)
		if i < 0 {
			break
		}
		x := n.item(i)
		p, n, offset = append(p, i), x.node, offset-ahead-len(x.lead)
		if offset < 0 {
			break
		}
	}
	return p
}

// holding is the child that byte at of the list belongs to, and how many bytes are ahead of it; -1
// when there is none.
func (s seq) holding(at int) (i, ahead int) {
	if at < 0 || at >= s.bytes() {
		return -1, 0
	}
	leaf, before := s.Seek(literals, at)
	i, ahead = before[children], before[literals]
	for _, x := range leaf.items() {
		size := len(x.lead) + x.node.Size()
		if at-ahead < size {
			break
		}
		i, ahead = i+1, ahead+size
	}
	return i, ahead
}
