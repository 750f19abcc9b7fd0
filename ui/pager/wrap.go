package pager

import (
	"regexp"
	"sort"
	"strings"

	"errata/ui/paint"
	"errata/ui/sanitize"
)

// Laid is a block laid out in rows.
type Laid struct {
	Block
	bytes  []byte
	indent int
	hang   int   // cells ahead of the rows below the first
	starts []int // of the rows; at least one
	inks   []paint.Span
	re     *regexp.Regexp // what found was looked for
	found  [][2]int
}

// LayOut lays a block out for so many cells. The last one stays free, as in an editor, which has it
// for the cursor behind a full row: so no word moves when a text that is read is edited. At least
// half of the cells are left for the text.
func LayOut(b Block, w int) *Laid {
	l := &Laid{Block: b, bytes: []byte(b.Text), starts: []int{0}}
	if b.Drawn {
		return l
	}
	l.indent = min(max(b.Indent, 0), w/2)
	if room := w - l.indent; b.Hang <= room/2 {
		l.hang = min(b.Hang, len(l.bytes))
	}
	l.starts = sanitize.Wrap(l.bytes[l.hang:], max(w-l.indent-l.hang-1, 1), true, false)
	for n := 1; n < len(l.starts); n++ {
		l.starts[n] += l.hang
	}
	l.inks = make([]paint.Span, len(b.Spans))
	for i, s := range b.Spans {
		l.inks[i] = paint.Span{Start: s.Start, End: s.End, Ink: paint.Of(s.Style)}
	}
	return l
}

// Matches lists what an expression finds in the parts of the text that show the value.
func (l *Laid) Matches(re *regexp.Regexp) [][2]int {
	if l.re != re {
		l.re, l.found = re, Matches(re, l.Text, l.Shown)
	}
	return l.found
}

// Rows counts the rows.
func (l *Laid) Rows() int { return len(l.starts) }

// Row is the row that shows a byte of the text.
func (l *Laid) Row(off int) int { return max(sort.SearchInts(l.starts, off+1)-1, 0) }

// row is the bytes of row n.
func (l *Laid) row(n int) (start, end int) {
	if n+1 < len(l.starts) {
		return l.starts[n], l.starts[n+1]
	}
	return l.starts[n], len(l.bytes)
}

// Draw writes row n in at most width cells, and says how many it took. matches are those of a
// search, and now is where the one begins that is shown, -1 for none.
func (l *Laid) Draw(out *strings.Builder, n, width int, looks paint.Looks, matches [][2]int, now int) (col int) {
	if l.Drawn {
		out.WriteString(l.Text)
		return width
	}
	indent := l.indent
	if n > 0 {
		indent += l.hang
	}
	indent = min(indent, width)
	out.WriteString(strings.Repeat(" ", indent))
	t := paint.Text{Looks: looks, Bytes: l.bytes, Spans: l.inks, Matches: matches, Now: now}
	start, end := l.row(n)
	return indent + t.Draw(out, start, end, width-indent)
}
