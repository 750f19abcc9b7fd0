package model

import "znkr.io/diff"

// largeMerge is the number of items of both sequences above which they are compared by the items
// that stand once in each. The shortest edit script of two large sequences that have little in
// common takes seconds to find; the quick one is as right, and may only show larger hunks.
const largeMerge = 20_000

// span is a half-open range of a sequence.
type span struct{ start, end int }

func (s span) len() int { return s.end - s.start }

// cut is the part of a sequence that the span covers.
func cut[T any](list []T, s span) []T { return list[s.start:s.end] }

// hunk is a range of the base and what it became. Between two hunks is at least one item that was
// kept.
type hunk struct{ base, side span }

func (h hunk) grows() bool { return h.side.len() > h.base.len() }

// collides reports whether h and g, each of its own side, cannot both be taken: they share an item
// of the base, or meet where both add something, so that the order of what they add is unknown.
func (h hunk) collides(g hunk) bool {
	if h.base.start < g.base.end && g.base.start < h.base.end {
		return true
	}
	meet := h.base.end == g.base.start || g.base.end == h.base.start
	return meet && h.grows() && g.grows()
}

// hunks lists what turns base into side, in order. Nothing is listed twice and no hunk is empty.
func hunks(base, side []int) (list []hunk) {
	var options []diff.Option
	if len(base)+len(side) > largeMerge {
		options = append(options, diff.Fast())
	}
	i, j := 0, 0
	var open *hunk
	for _, e := range diff.Edits(base, side, options...) {
		if e.Op == diff.Match {
			i, j, open = i+1, j+1, nil
			continue
		}
		if open == nil {
			list = append(list, hunk{span{i, i}, span{j, j}})
			open = &list[len(list)-1]
		}
		if e.Op == diff.Delete {
			i++
		} else {
			j++
		}
		open.base.end, open.side.end = i, j
	}
	return list
}
