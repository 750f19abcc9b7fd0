package editor

import (
	"sort"

	"errata/ui/sanitize"
)

// row is one row of the screen: a segment and the row's number within it.
type row struct {
	*segment
	i int
}

// laid is a text laid out in rows, and the window onto them. It knows no cursor.
type laid struct {
	options Options
	text    rope

	width, height int
	gutter        int // cells
	top           int // byte; the first row is the one that holds it

	segments map[int]*segment // laid out, by start
	recent   *segment
}

// rowAt gives the row on which the cursor stands when it is at byte at.
func (p *laid) rowAt(at int) row {
	s := p.segmentAt(at)
	i := sort.SearchInts(s.rows, at-s.start+1) - 1
	return row{s, max(i, 0)}
}

// from is the byte at which the row starts.
func (r row) from() int { return r.start + r.rows[r.i] }

// bounds are the bytes of the segment's text at which the row starts and ends.
func (r row) bounds() (from, end int) {
	if r.i+1 < len(r.rows) {
		return r.rows[r.i], r.rows[r.i+1]
	}
	return r.rows[r.i], len(r.text)
}

// final reports whether the row is the last of its line.
func (r row) final() bool { return r.last && r.i == len(r.rows)-1 }

// glyphs calls do with the offset, from the start of the text, and the cell of each glyph, the line
// break included, until it returns false. A glyph is read with what follows it in the segment, as
// wrap read it.
func (r row) glyphs(do func(at, col int, g sanitize.Glyph) bool) {
	i, end := r.bounds()
	for col := 0; i < end; {
		g := sanitize.Next(r.text[i:], col)
		if !do(r.start+i, col, g) {
			return
		}
		i, col = i+g.Len, col+g.Width
	}
}

// end is the last place for the cursor on the row: before the line break, or on the last cluster of
// a row that goes on below.
func (r row) end() int {
	if r.final() {
		return r.start + r.content
	}
	end := r.from()
	r.glyphs(func(at, _ int, _ sanitize.Glyph) bool { end = at; return true })
	return end
}

// column is the cell of byte at.
func (r row) column(at int) int {
	column := 0
	r.glyphs(func(start, col int, g sanitize.Glyph) bool {
		column = col
		if start >= at {
			return false
		}
		column += g.Width
		return true
	})
	return column
}

// count is how many clusters of the row begin before byte at.
func (r row) count(at int) int {
	n := 0
	r.glyphs(func(start, _ int, _ sanitize.Glyph) bool {
		if start < at {
			n++
		}
		return start < at
	})
	return n
}

// nearest is the place for the cursor at a cell, or before the cluster that covers it.
func (r row) nearest(want int) int {
	end := r.end()
	place := r.from()
	r.glyphs(func(at, col int, _ sanitize.Glyph) bool {
		if col > want || at > end {
			return false
		}
		place = at
		return true
	})
	if r.final() && r.column(end) <= want {
		return end
	}
	return place
}

// cluster gives the ends of the cluster that covers byte at; both are at where one begins or the
// text ends.
func (p *laid) cluster(at int) (start, end int) {
	start, end = at, at
	p.rowAt(at).glyphs(func(from, _ int, g sanitize.Glyph) bool {
		if from < at && from+g.Len > at {
			start, end = from, from+g.Len
		}
		return from+g.Len <= at
	})
	return start, end
}
