package model

// Limits of a comparison of two sequences. Beyond them there is no merge, rather than a long wait.
const (
	maxLines = 400_000    // of one text
	maxEdits = 4000       // items removed and added
	maxSteps = 50_000_000 // items looked at
)

// span is a half-open range of a sequence.
type span struct{ start, end int }

func (s span) len() int { return s.end - s.start }

// cut is the part of a sequence that the span covers.
func cut[T any](list []T, s span) []T { return list[s.start:s.end] }

// hunk is a range of the base and what it became. Between two hunks stands at least one item that was kept.
type hunk struct{ base, side span }

func (h hunk) grows() bool { return h.side.len() > h.base.len() }

// collides tells whether h and g, each of its own side, cannot both be taken: they share an item of the
// base, or meet where both add something, so that the order of what they add is unknown.
func (h hunk) collides(g hunk) bool {
	if h.base.start < g.base.end && g.base.start < h.base.end {
		return true
	}
	meet := h.base.end == g.base.start || g.base.end == h.base.start
	return meet && h.grows() && g.grows()
}

// diff finds the hunks that turn base into side, few and small ones. ok is false when that takes more than
// the limits allow.
func diff(base, side []int) (hunks []hunk, ok bool) {
	start, end := 0, 0
	for start < min(len(base), len(side)) && base[start] == side[start] {
		start++
	}
	for end < min(len(base), len(side))-start && base[len(base)-1-end] == side[len(side)-1-end] {
		end++
	}
	m := &myers{a: base[start : len(base)-end], b: side[start : len(side)-end]}
	if !m.search() {
		return nil, false
	}
	removed, added := m.edits()
	for i, j := 0, 0; i < len(m.a) || j < len(m.b); i, j = i+1, j+1 {
		h := hunk{span{start + i, 0}, span{start + j, 0}}
		for i < len(m.a) && removed[i] {
			i++
		}
		for j < len(m.b) && added[j] {
			j++
		}
		h.base.end, h.side.end = start+i, start+j
		if h.base.len() > 0 || h.side.len() > 0 {
			hunks = append(hunks, h)
		}
	}
	return hunks, true
}

// myers is the greedy algorithm of E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986).
type myers struct {
	a, b  []int
	trace [][]int32 // for each number of edits: how far into a one gets on the diagonals -d, -d+2 … d
}

// far is how far d edits get on diagonal k, before any item that both have is skipped.
func (m *myers) far(d, k int) (x int, down bool) {
	if d == 0 {
		return 0, true
	}
	last := m.trace[d-1]
	left, right := (k-1+d-1)/2, (k+1+d-1)/2 // the positions of the diagonals beside k
	if k == -d || k != d && last[left] < last[right] {
		return int(last[right]), true
	}
	return int(last[left]) + 1, false
}

// search fills the trace until both ends are reached.
func (m *myers) search() bool {
	steps := 0
	for d := 0; d <= maxEdits; d++ {
		m.trace = append(m.trace, make([]int32, d+1))
		for k := -d; k <= d; k += 2 {
			x, _ := m.far(d, k)
			from := x
			for x < len(m.a) && x-k < len(m.b) && x-k >= 0 && m.a[x] == m.b[x-k] {
				x++
			}
			m.trace[d][(k+d)/2] = int32(x)
			if x >= len(m.a) && x-k >= len(m.b) {
				return true
			}
			if steps += 1 + x - from; steps > maxSteps {
				return false
			}
		}
	}
	return false
}

// edits walks the trace back and marks what is only in a and what is only in b.
func (m *myers) edits() (removed, added []bool) {
	removed, added = make([]bool, len(m.a)), make([]bool, len(m.b))
	k := len(m.a) - len(m.b)
	for d := len(m.trace) - 1; d > 0; d-- {
		x, down := m.far(d, k)
		if down {
			added[x-k-1] = true
			k++
		} else {
			removed[x-1] = true
			k--
		}
	}
	return removed, added
}
