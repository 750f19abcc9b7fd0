package stringlines

import "sort"

// Parts is a text in which some stretches are units, a picture for instance: each such part is a
// piece of its own, however long it is.
type Parts struct {
	Text
	Base  int      // the number of the literal's first byte, in what Whole counts
	Whole [][2]int // the parts, in order and apart; they are not within an escape
}

// Last is the last line.
func (p Parts) Last() int { return p.Start(p.End()) }

// After is the line below the one at at; ok is false below the last one.
func (p Parts) After(at int) (next int, ok bool) {
	end, next := p.Stop(at)
	if next == end { // cut, or the end of the text
		return next, next < p.End()
	}
	return next, true
}

// Before is the line above the one at at; ok is false above the first one.
func (p Parts) Before(at int) (before int, ok bool) {
	if at <= 1 {
		return at, false
	}
	if n := p.BreakBefore(at); n > 0 {
		return p.Start(at - n), true
	}
	return p.Start(at - 1), true
}

// Line is the text of the line at at, decoded, without its line break. Bytes that are not UTF-8
// pass through.
func (p Parts) Line(at int) string {
	end, _ := p.Stop(at)
	return p.Decode(at, end)
}

// IsWhole reports whether the piece at at is one of the parts.
func (p Parts) IsWhole(at int) bool {
	from, _, ok := p.part(p.behind(at))
	return ok && from <= at
}

// behind is the number of the first part that ends behind at.
func (p Parts) behind(at int) int {
	return sort.Search(len(p.Whole), func(i int) bool { return p.Whole[i][1]-p.Base > at })
}

// part is part i within the literal; ok is false if there is none.
func (p Parts) part(i int) (from, to int, ok bool) {
	if i < 0 || i >= len(p.Whole) {
		return 0, 0, false
	}
	return p.Whole[i][0] - p.Base, p.Whole[i][1] - p.Base, true
}

// Stop is that of Text.
func (p Parts) Stop(at int) (end, next int) {
	if len(p.Whole) == 0 {
		return p.Text.Stop(at)
	}
	from, to, ok := p.part(p.behind(at))
	if ok && from <= at {
		return to, to + p.breakAt(to)
	}
	if end, next = p.Text.Stop(at); ok && from < end {
		return from, from
	}
	return end, next
}

// breakAt is the length of the line break that begins at at, 0 for none.
func (p Parts) breakAt(at int) int {
	if p.Text[at] != '\\' {
		return 0
	}
	return lineBreak(p.Text[at:])
}

// Start is that of Text.
func (p Parts) Start(at int) int {
	if len(p.Whole) == 0 {
		return p.Text.Start(at)
	}
	i := p.behind(at)
	if from, _, ok := p.part(i); ok && from <= at {
		return from
	}
	start := p.Text.Start(at)
	from, to, ok := p.part(i - 1)
	switch {
	case !ok, to < start && (p.BreakBefore(start) > 0 || start/pieceBytes*pieceBytes > to):
		return start // else it is a cut for a multiple within the part
	case to == at && (at == p.End() || p.breakAt(at) > 0): // the line ends with the part
		return from
	}
	return to
}
