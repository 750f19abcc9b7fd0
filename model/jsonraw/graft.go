package jsonraw

import (
	"encoding/binary"
	"hash/maphash"
)

// Graft returns edited, compacted, with the literals of old wherever the value at the same place
// means the same: members by name; elements by position from both ends, and those between that only
// moved by their meaning. What was not edited keeps its digits, escapes and order. Where one of the
// two is not well formed, edited comes back as it is.
func Graft(old, edited []byte) []byte {
	m, ok := parse(old)
	if !ok {
		return Compact(edited)
	}
	n, ok := parse(edited)
	if !ok {
		return edited
	}
	seed := maphash.MakeSeed()
	g := &grafter{comparer: comparer{a: old, b: edited}}
	digest(seed, old, &m)
	digest(seed, edited, &n)
	return g.value(make([]byte, 0, len(edited)), &m, &n)
}

type grafter struct{ comparer }

// value appends n, with what it has in common with m as m writes it. m may be nil.
func (g *grafter) value(dst []byte, m, n *node) []byte {
	switch {
	case m == nil:
		return n.appendCompact(dst, g.b)
	case g.means(m, n):
		return m.appendCompact(dst, g.a)
	case m.kind != n.kind || m.twice || n.twice:
		return n.appendCompact(dst, g.b)
	case n.kind == Object:
		return g.object(dst, m.kids, n.kids)
	case n.kind == Array:
		return g.array(dst, m.kids, n.kids)
	}
	return n.appendCompact(dst, g.b)
}

// means looks at the sums first: values that differ cost nothing, and equal ones are compared once
// only, because nothing inside them is looked at again.
func (g *grafter) means(m, n *node) bool { return m.sum == n.sum && g.equal(m, n) }

func (g *grafter) object(dst []byte, m, n []node) []byte {
	find := finder(m)
	dst = append(dst, '{')
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		key, old := n[i].key.Of(g.b), (*node)(nil)
		if j := find(n[i].name); j >= 0 {
			key, old = m[j].key.Of(g.a), &m[j]
		}
		dst = append(append(dst, key...), ':')
		dst = g.value(dst, old, &n[i])
	}
	return append(dst, '}')
}

func (g *grafter) array(dst []byte, m, n []node) []byte {
	partner := g.pair(m, n)
	dst = append(dst, '[')
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = g.value(dst, partner[i], &n[i])
	}
	return append(dst, ']')
}

// pair finds for each new element the old one that it comes from, nil when there is none. A wrong
// guess costs spelling, never meaning.
func (g *grafter) pair(m, n []node) []*node {
	partner := make([]*node, len(n))
	start, end := 0, 0
	for start < len(m) && start < len(n) && g.means(&m[start], &n[start]) {
		partner[start] = &m[start]
		start++
	}
	for end < len(m)-start && end < len(n)-start && g.means(&m[len(m)-1-end], &n[len(n)-1-end]) {
		end++
		partner[len(n)-end] = &m[len(m)-end]
	}
	loose := map[uint64][]int{} // the old elements between, by their sums
	for i := start; i < len(m)-end; i++ {
		loose[m[i].sum] = append(loose[m[i].sum], i)
	}
	taken := make([]bool, len(m))
	for i := start; i < len(n)-end; i++ {
		if list := loose[n[i].sum]; len(list) > 0 {
			partner[i], taken[list[0]] = &m[list[0]], true
			loose[n[i].sum] = list[1:]
		}
	}
	next := start
	for i := start; i < len(n)-end; i++ {
		for next < len(m)-end && taken[next] {
			next++
		}
		if partner[i] == nil && next < len(m)-end {
			partner[i] = &m[next]
			next++
		}
	}
	return partner
}

// digest fills in the sums of n and all it holds: values that mean the same have the same sum.
func digest(seed maphash.Seed, doc []byte, n *node) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	h.WriteByte(byte(n.kind))
	literal := n.val.Of(doc)
	switch n.kind {
	case String:
		h.WriteString(decode(literal))
	case Number:
		d := decimal(literal)
		h.WriteString(d.digits)
		add(&h, uint64(d.exponent))
		if d.far != nil {
			h.Write(d.far.Bytes())
		}
	case Array:
		for i := range n.kids {
			add(&h, digest(seed, doc, &n.kids[i]))
		}
	case Object:
		var total uint64 // a sum, so that the order does not count
		for i := range n.kids {
			total += maphash.String(seed, n.kids[i].name) ^ digest(seed, doc, &n.kids[i])*3
		}
		add(&h, total)
	}
	n.sum = h.Sum64()
	return n.sum
}

func add(h *maphash.Hash, n uint64) { h.Write(binary.LittleEndian.AppendUint64(nil, n)) }
