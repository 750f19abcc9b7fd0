package tree

import (
	"bytes"
	"slices"

	"errata/model/jsonraw"
)

// keyed makes an item of what leads to it; the key is nil in an array.
func keyed(gap, key, colon []byte, n *Node) item {
	if key == nil {
		return item{lead: gap, node: n}
	}
	return item{
		lead: slices.Concat(gap, key, colon),
		key:  jsonraw.Span{Start: len(gap), End: len(gap) + len(key)},
		node: n,
	}
}

// parts takes apart what leads to an item: the comma and the white space around it, the name, the
// colon and the white space around it. The key is nil in an array.
func (x item) parts() (gap, key, colon []byte) {
	if x.key.Start == x.key.End {
		return x.lead, nil, nil
	}
	return x.lead[:x.key.Start], x.key.Of(x.lead), x.lead[x.key.End:]
}

// behind is the item with another gap.
func (x item) behind(gap []byte) item {
	_, key, colon := x.parts()
	return keyed(gap, key, colon, x.node)
}

// gapAt is what to put ahead of a child at a position from 1, in the way of its neighbours. loose
// asks for a space after a comma where they do not say.
func (b *body) gapAt(i int, loose bool) []byte {
	n := b.kids.Len()
	switch {
	case n == 0:
		return nil
	case n > 1:
		gap, _, _ := b.kids.at(min(i, n-1)).parts()
		return gap
	}
	gap, _, colon := b.kids.at(0).parts()
	if len(gap) == 0 && (loose || len(colon) > 1) {
		return []byte{',', ' '}
	}
	return slices.Concat([]byte{','}, gap)
}

// colonAt is what to put after the name of a child at a position.
func (b *body) colonAt(i int, loose bool) []byte {
	n := b.kids.Len()
	switch {
	case n > 0:
		_, _, colon := b.kids.at(min(i, n-1)).parts()
		return colon
	case loose:
		return []byte{':', ' '}
	}
	return colon
}

// loose reports whether there is white space after the commas and colons in n; known is false when
// n has too few to say.
func (n *Node) loose() (loose, known bool) {
	b := n.in()
	switch {
	case n.kind == jsonraw.Object && b.kids.Len() > 0:
		_, _, colon := b.kids.at(0).parts()
		return !bytes.HasSuffix(colon, []byte{':'}), true
	case b.kids.Len() > 1:
		gap, _, _ := b.kids.at(1).parts()
		return !bytes.HasSuffix(gap, []byte{','}), true
	}
	return false, false
}

// looseAround asks the containers of a trail, the nearest first.
func looseAround(trail []*Node) bool {
	for _, n := range slices.Backward(trail) {
		if loose, known := n.loose(); known {
			return loose
		}
	}
	return false
}
