package jsonraw

import "hash/maphash"

// Graft returns edited, compacted, with the literals of old wherever the value at the same place
// means the same: members by name; elements by position from both ends, and those between that only
// moved by their meaning. What was not edited keeps its digits, escapes and order. If one of the
// two is not well formed, edited comes back as it is.
func Graft(old, edited []byte) []byte {
	m, ok := read(old)
	if !ok {
		return Compact(edited)
	}
	n, ok := read(edited)
	if !ok {
		return edited
	}
	g := &grafter{seed: maphash.MakeSeed()}
	m.in.note(g.seed)
	n.in.note(g.seed)
	return g.value(make([]byte, 0, len(edited)), m, n)
}

type grafter struct{ seed maphash.Seed }

// value appends n, with what it has in common with m as m writes it. m may not be there.
func (g *grafter) value(dst []byte, m, n value) []byte {
	switch {
	case !m.there():
		return n.appendCompact(dst)
	case g.means(m, n):
		return m.appendCompact(dst)
	case m.kind() != n.kind() || n.kind() != Object && n.kind() != Array:
		return n.appendCompact(dst)
	}
	was, repeated := m.items()
	defer m.forget(was)
	is, again := n.items()
	defer n.forget(is)
	switch {
	case repeated || again:
		return n.appendCompact(dst)
	case n.kind() == Object:
		return g.object(dst, was, is)
	}
	return g.array(dst, was, is)
}

// sum is that of a value whose document has notes.
func (v value) sum(seed maphash.Seed) uint64 {
	if kind := v.kind(); kind == Object || kind == Array {
		return v.in.noted(v.at.Start).sum
	}
	return digestScalar(seed, v.literal())
}

// means looks at the sums first: values that differ cost nothing, and equal ones are compared once
// only, because nothing inside them is looked at again.
func (g *grafter) means(m, n value) bool {
	return m.kind() == n.kind() && m.sum(g.seed) == n.sum(g.seed) && equal(m, n, false)
}

func (g *grafter) object(dst []byte, m, n []value) []byte {
	find := finder(m)
	dst = append(dst, '{')
	for i, now := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		var old value
		key := now.key.Of(now.in.doc)
		if j := find(now.name); j >= 0 {
			old = m[j]
			key = old.key.Of(old.in.doc)
		}
		dst = append(append(dst, key...), ':')
		dst = g.value(dst, old, now)
	}
	return append(dst, '}')
}

func (g *grafter) array(dst []byte, m, n []value) []byte {
	partner := g.pair(m, n)
	dst = append(dst, '[')
	for i := range n {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = g.value(dst, partner[i], n[i])
	}
	return append(dst, ']')
}

// pair finds for each new element the old one that it comes from, if there is one. A wrong guess
// costs spelling, never meaning.
func (g *grafter) pair(m, n []value) []value {
	partner := make([]value, len(n))
	start, end := 0, 0
	for start < len(m) && start < len(n) && g.means(m[start], n[start]) {
		partner[start] = m[start]
		start++
	}
	for end < len(m)-start && end < len(n)-start && g.means(m[len(m)-1-end], n[len(n)-1-end]) {
		end++
		partner[len(n)-end] = m[len(m)-end]
	}
	loose := map[uint64][]int{} // the old elements between, by their sums
	for i := start; i < len(m)-end; i++ {
		sum := m[i].sum(g.seed)
		loose[sum] = append(loose[sum], i)
	}
	taken := make([]bool, len(m))
	for i := start; i < len(n)-end; i++ {
		sum := n[i].sum(g.seed)
		if list := loose[sum]; len(list) > 0 {
			partner[i], taken[list[0]] = m[list[0]], true
			loose[sum] = list[1:]
		}
	}
	next := start
	for i := start; i < len(n)-end; i++ {
		for next < len(m)-end && taken[next] {
			next++
		}
		if !partner[i].there() && next < len(m)-end {
			partner[i] = m[next]
			next++
		}
	}
	return partner
}
