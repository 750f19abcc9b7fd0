package outline

import (
	"strconv"

	"errata/model/tree"
	"errata/ui/glyph"
)

// passageBytes is the most of a text that is unfolded among the rows; the rest of a longer one is read in its editor.
const passageBytes = 32 << 10

// passage is the text of an unfolded string, cut into rows.
type passage struct {
	text   string
	starts []int // of the rows, bytes of text
	width  int
	size   int // bytes of the whole literal, when text is only its beginning; else 0
}

// newPassage reads the beginning of a string.
func newPassage(n *tree.Node, width int) *passage {
	text, whole := n.TextPrefix(passageBytes)
	p := &passage{text: text}
	if !whole {
		p.size = n.Size()
	}
	return p.wrapped(width)
}

// wrapped is p in rows of so many cells.
func (p *passage) wrapped(width int) *passage {
	if p.width == width {
		return p
	}
	return &passage{text: p.text, starts: wrap(p.text, width), width: width, size: p.size}
}

// rows counts the rows, the one that tells of the rest among them.
func (p *passage) rows() int {
	if p.size > 0 {
		return len(p.starts) + 1
	}
	return len(p.starts)
}

// row is the text of row i, with the line break that ends it; rest tells that it is the row below the text.
func (p *passage) row(i int) (text string, rest bool) {
	if i >= len(p.starts) {
		return "… " + bytesWord(p.size) + " in all, enter opens them", true
	}
	end := len(p.text)
	if i+1 < len(p.starts) {
		end = p.starts[i+1]
	}
	return p.text[p.starts[i]:end], false
}

// wrap tells where each row of text starts when it is laid out in rows of so many cells: at its line breaks, else behind the
// last space, else anywhere.
func wrap(text string, width int) []int {
	width = max(width, 1)
	starts := []int{0}
	b := []byte(text)
	row, col, space := 0, 0, 0
	begin := func(at int) {
		starts = append(starts, at)
		row, col, space = at, 0, at
	}
	for i := 0; i < len(b); {
		g := glyph.Next(b[i:], col)
		switch {
		case g.Break:
			i += g.Len
			begin(i)
			continue
		case col+g.Width > width && i > row && b[i] != ' ':
			if space > row {
				i = space
			}
			begin(i)
			continue
		}
		blank := b[i] == ' '
		col += g.Width
		i += g.Len
		if blank {
			space = i
		}
	}
	return starts
}

// bytesWord is a size for a person: "812 bytes", "12 kB", "3.4 MB".
func bytesWord(n int) string {
	switch {
	case n < 1000:
		return strconv.Itoa(n) + " bytes"
	case n < 1000_000:
		return strconv.Itoa((n+500)/1000) + " kB"
	}
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}
