package outline

import (
	"sort"
	"strings"

	"errata/model/figure"
	"errata/model/tree"
	"errata/ui/sanitize"
	"errata/ui/stringlines"
)

// passageBytes is the most of a text that is unfolded among the rows; the rest of a longer one is
// read in its editor.
const passageBytes = 32 << 10

// passage is the text of an unfolded string, cut into rows: all of it, or as much as is unfolded.
type passage struct {
	text   string
	starts []int // of the rows, bytes of text
	width  int
	raw    stringlines.Text
	from   int // the byte of raw at which text begins
	to     int // and where it ends
}

// newPassage reads the beginning of a string.
func newPassage(n *tree.Node, width int) *passage { return newPassageAt(n, 1, width) }

// newPassageAt reads a string around a line: from its beginning, unless that is far.
func newPassageAt(n *tree.Node, line, width int) *passage {
	p := &passage{raw: n.Bytes()}
	p.from, p.to = p.raw.First(), p.raw.End()
	if line > passageBytes*3/4 {
		p.from = p.raw.Start(line - passageBytes/4)
	}
	if p.to > p.from+passageBytes {
		p.to = max(p.raw.Start(p.from+passageBytes), p.from)
		if p.to == p.from {
			p.to, _ = p.raw.Stop(p.from)
		}
	}
	p.text = p.raw.Decode(p.from, p.to)
	return p.wrapped(width)
}

// wrapped is p in rows of so many cells.
func (p *passage) wrapped(width int) *passage {
	if p.width == width {
		return p
	}
	is := *p
	is.starts, is.width = wrap(p.text, width), width
	return &is
}

// head and foot count the rows that tell of the text before and behind.
func (p *passage) head() int { return one(p.from > p.raw.First()) }

func (p *passage) foot() int { return one(p.to < p.raw.End()) }

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// rows counts the rows, those that tell of the rest among them.
func (p *passage) rows() int { return p.head() + len(p.starts) + p.foot() }

// row is the text of row i, with the line break that ends it, and where in the text it begins; rest
// says that it is a row above or below the text.
func (p *passage) row(i int) (text string, at int, rest bool) {
	switch i -= p.head(); {
	case i < 0:
		return "… " + figure.Size(p.from) + " before, enter opens all", 0, true
	case i >= len(p.starts):
		return "… " + figure.Size(len(p.raw)) + " in all, enter opens them", 0, true
	}
	end := len(p.text)
	if i+1 < len(p.starts) {
		end = p.starts[i+1]
	}
	return p.text[p.starts[i]:end], p.starts[i], false
}

// holds reports whether a line of the literal is in the text.
func (p *passage) holds(line int) bool { return p != nil && p.from <= line && line < p.to }

// offset is where a line of the literal begins in the text; behind it when it is not there.
func (p *passage) offset(line int) int {
	if !p.holds(line) {
		return len(p.text)
	}
	return len(p.raw.Decode(p.from, line))
}

// rowAt is the row that a byte of the text is in.
func (p *passage) rowAt(offset int) int {
	return p.head() + sort.Search(len(p.starts)-1, func(i int) bool { return p.starts[i+1] > offset })
}

// wrap says where each row of a text starts. The line behind a last break is one, if an empty one.
func wrap(text string, width int) []int {
	starts := sanitize.Wrap([]byte(text), max(width, 1), false, false)
	if strings.HasSuffix(text, "\n") {
		starts = append(starts, len(text))
	}
	return starts
}
