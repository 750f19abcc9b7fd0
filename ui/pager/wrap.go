package pager

import (
	"strings"
	"unicode/utf8"

	"errata/ui/sanitize"
)

// pieceLen is how much of a line is laid out at once. A longer line is cut every pieceLen bytes, so
// that a step costs the same in a text of any size. Where it is cut depends on the text alone, so
// that rows do not depend on the way there.
const pieceLen = 16 << 10

// piece is a line of a block's text or, when it is long, a part of it; it begins on a row of its
// own.
type piece struct {
	line       int // where its line begins
	start, end int // its bytes, without the line break
}

// pieceFrom is the piece that begins at start of the line that begins at line.
func pieceFrom(text string, line, start int) piece {
	k := (start - line) / pieceLen
	limit := cut(text, line+(k+1)*pieceLen)
	if i := strings.IndexByte(text[start:limit], '\n'); i >= 0 {
		limit = start + i
	}
	return piece{line: line, start: start, end: limit}
}

// pieceOf is the piece that holds byte off, which may be the text's end.
func pieceOf(text string, off int) piece {
	return pieceIn(text, strings.LastIndexByte(text[:off], '\n')+1, off)
}

// pieceIn is the piece that holds byte off of the line that begins at line.
func pieceIn(text string, line, off int) piece {
	k := (off - line) / pieceLen
	start := line
	if k > 0 {
		start = cut(text, line+k*pieceLen)
	}
	// cut a little after the place asked for, or just at the line's end
	if k > 0 && (start > off || start == off && ended(text, off)) {
		start = line
		if k > 1 {
			start = cut(text, line+(k-1)*pieceLen)
		}
	}
	return pieceFrom(text, line, start)
}

// ended tells whether a line ends at off.
func ended(text string, off int) bool { return off >= len(text) || text[off] == '\n' }

func (p piece) next(text string) (piece, bool) {
	switch {
	case p.end >= len(text):
		return p, false
	case text[p.end] == '\n':
		return pieceFrom(text, p.end+1, p.end+1), true
	}
	return pieceFrom(text, p.line, p.end), true
}

func (p piece) prev(text string) (piece, bool) {
	switch {
	case p.start > p.line:
		return pieceIn(text, p.line, p.start-1), true
	case p.line > 0:
		return pieceOf(text, p.line-1), true
	}
	return p, false
}

// cut is the place nearest after off where a line may be cut: between two ASCII characters if there
// are some near, else after the cluster at off.
func cut(text string, off int) int {
	const near = 64
	if off >= len(text) {
		return len(text)
	}
	for i := off; i < min(off+near, len(text)); i++ {
		if printable(text[i-1]) && printable(text[i]) {
			return i
		}
	}
	for off < len(text) && !utf8.RuneStart(text[off]) {
		off++
	}
	if off == len(text) || text[off] == '\n' {
		return off
	}
	rest := []byte(text[off:min(off+sanitize.Lookahead, len(text))])
	return off + sanitize.Next(rest, 0).Len
}

func printable(b byte) bool { return ' ' <= b && b <= '~' }

// row is a row of the screen: bytes of a block's text.
type row struct{ start, end int }

// laid is a block with the rows of those of its pieces that were asked for.
type laid struct {
	Block
	indent, width int
	pieces        map[int][]row // by the piece's start
	inks          []ink         // of the spans
}

// layOut prepares a block for w cells. At least half of them are left for the text.
func layOut(b Block, w int) *laid {
	indent := min(max(b.Indent, 0), w/2)
	l := &laid{Block: b, indent: indent, width: max(w-indent, 1), pieces: map[int][]row{}}
	for _, s := range b.Spans {
		l.inks = append(l.inks, inkOf(s.Style))
	}
	return l
}

func (l *laid) rows(p piece) []row {
	rows, ok := l.pieces[p.start]
	if !ok {
		rows = wrap(l.Text, p, l.width)
		l.pieces[p.start] = rows
	}
	return rows
}

// at is the row of p that shows byte off.
func (l *laid) at(block int, p piece, off int) place {
	rows := l.rows(p)
	n := 0
	for n+1 < len(rows) && rows[n+1].start <= off {
		n++
	}
	return l.nth(block, p, n)
}

func (l *laid) nth(block int, p piece, n int) place {
	return place{block: block, piece: p, row: l.rows(p)[n], n: n}
}

func (l *laid) last(block int, p piece) place {
	return l.nth(block, p, len(l.rows(p))-1)
}

// wrap cuts a piece into rows of at most width cells, after spaces and beside wide characters where
// there are any. A single space at the end of a full row hangs over it; a cluster that is wider
// than a whole row has one to itself.
func wrap(text string, p piece, width int) []row {
	var rows []row
	b := []byte(text[p.start:p.end])
	start, col, gap := 0, 0, 0 // gap: the last place in the row where it may be cut
	for i := 0; i < len(b); {
		g := sanitize.Next(b[i:], col)
		wide := g.Splits()
		if wide {
			gap = i
		}
		blank := b[i] == ' ' || b[i] == '\t'
		if col > 0 && col+g.Width > width {
			end := i
			switch {
			case b[i] == ' ' && g.Len == 1:
				end = i + 1
			case gap > start && !blank:
				end = gap
			}
			rows = append(rows, row{p.start + start, p.start + end})
			start, i, col, gap = end, end, 0, end
			continue
		}
		col += g.Width
		i += g.Len
		if blank || wide {
			gap = i
		}
	}
	if start < len(b) || len(rows) == 0 {
		rows = append(rows, row{p.start + start, p.end})
	}
	return rows
}
