package pager

import (
	"regexp"
	"sort"

	"errata/ui/paint"
	"errata/ui/sanitize"
)

// laid is a block laid out in rows.
type laid struct {
	bytes         []byte
	indent, width int
	starts        []int // of the rows; at least one
	inks          []paint.Span
	shown         []Shown
	re            *regexp.Regexp // what found was looked for
	found         [][2]int
}

// layOut prepares a block for w cells. At least half of them are left for the text.
func layOut(b Block, w int) *laid {
	l := &laid{bytes: []byte(b.Text), shown: b.Shown, indent: min(max(b.Indent, 0), w/2)}
	l.width = max(w-l.indent, 1)
	l.starts = sanitize.Wrap(l.bytes, l.width, true, false)
	l.inks = Inks(b.Spans)
	return l
}

// Inks are spans as they are drawn.
func Inks(list []Span) []paint.Span {
	inks := make([]paint.Span, len(list))
	for i, s := range list {
		inks[i] = paint.Span{Start: s.Start, End: s.End, Ink: paint.Of(s.Style)}
	}
	return inks
}

// at is the row that shows byte off.
func (l *laid) at(block, off int) place {
	return l.nth(block, sort.SearchInts(l.starts, off+1)-1)
}

// nth is row n.
func (l *laid) nth(block, n int) place {
	end := len(l.bytes)
	if n+1 < len(l.starts) {
		end = l.starts[n+1]
	}
	return place{block: block, n: n, row: row{l.starts[n], end}}
}

func (l *laid) last(block int) place { return l.nth(block, len(l.starts)-1) }
