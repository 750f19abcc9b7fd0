package term

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"errata/ui/sanitize"
)

// A paper is a terminal that keeps every character, and takes the width of text from take. It has
// the habits of real ones: half of a wide character that is overwritten takes the other half along;
// a character of no width goes to the cell before, which in the last column without autowrap is the
// wrong one; a wide one that does not fit is lost.
type paper struct {
	w, h     int
	cells    [][]string // "" behind the first cell of a wide character
	x, y     int
	wrap     bool // autowrap is on
	pending  bool // the next character wraps
	top, end int  // the scrolling region
	scrolled bool // text ran over the last row
	take     measure
	over     bool // a character of no width takes the place of the cell at the cursor
	answers  []string
}

// A measure cuts the first piece off text and tells its width.
type measure func(text string) (piece string, width int)

// bySum takes each character for itself, as terminals do that look into a table only.
func bySum(text string) (string, int) {
	_, n := utf8.DecodeRuneInString(text)
	return text[:n], ansi.WcWidth.StringWidth(text[:n])
}

// byAge is bySum with tables from before there were emoji.
func byAge(text string) (string, int) {
	piece, width := bySum(text)
	if r, _ := utf8.DecodeRuneInString(piece); r >= 0x1F000 {
		width = min(width, 1)
	}
	return piece, width
}

// byCluster takes what is one character to a reader as a whole.
func byCluster(text string) (string, int) {
	return ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
}

func newPaper(w, h int, take measure) *paper {
	p := &paper{w: w, h: h, wrap: true, end: h, take: take}
	for range h {
		p.cells = append(p.cells, p.blankRow())
	}
	return p
}

func (p *paper) blankRow() []string { return slices.Repeat([]string{" "}, p.w) }

// write obeys out.
func (p *paper) write(out string) {
	for out != "" {
		switch c := out[0]; {
		case startsCSI(out):
			end := 2 + strings.IndexFunc(out[2:], func(r rune) bool { return r >= '@' && r <= '~' })
			p.command(out[2:end], out[end])
			out = out[end+1:]
		case strings.HasPrefix(out, ansi.ReverseIndex):
			p.y--
			out = out[2:]
		case c < ' ':
			p.control(c)
			out = out[1:]
		default:
			text := out[:textLen(out)]
			piece, width := p.take(text)
			p.print(piece, width)
			out = out[len(piece):]
		}
	}
}

func (p *paper) control(c byte) {
	p.pending = false
	switch c {
	case '\r':
		p.x = 0
	case '\b':
		p.x = max(p.x-1, 0)
	case '\n':
		p.feed()
	}
}

// feed goes to the next row, which scrolls at the end of the region.
func (p *paper) feed() {
	if p.y == p.end-1 {
		p.delete(p.top, 1)
		return
	}
	p.y++
}

// delete takes n rows at y out of the region, insert puts n blank ones there.
func (p *paper) delete(y, n int) {
	for range n {
		p.cells = slices.Insert(slices.Delete(p.cells, y, y+1), p.end-1, p.blankRow())
	}
}

func (p *paper) insert(y, n int) {
	for range n {
		p.cells = slices.Insert(slices.Delete(p.cells, p.end-1, p.end), y, p.blankRow())
	}
}

// print puts a piece of text at the cursor.
func (p *paper) print(piece string, width int) {
	if p.pending && width > 0 {
		p.x, p.pending = 0, false
		if p.y == p.h-1 {
			p.scrolled = true
		}
		p.feed()
	}
	switch {
	case width == 0:
		p.join(piece)
		return
	case p.x+width > p.w:
		return
	}
	for i := range width {
		p.clear(p.x + i)
	}
	p.cells[p.y][p.x] = piece
	for i := 1; i < width; i++ {
		p.cells[p.y][p.x+i] = ""
	}
	p.x += width
	if p.x == p.w {
		p.x, p.pending = p.w-1, p.wrap
	}
}

// join adds a piece of no width to the cell before the cursor.
func (p *paper) join(piece string) {
	if p.over {
		p.clear(p.x)
		p.cells[p.y][p.x] = piece
		return
	}
	x := p.x - 1
	if p.pending {
		x = p.x
	}
	for x > 0 && p.cells[p.y][x] == "" {
		x--
	}
	if x >= 0 {
		p.cells[p.y][x] += piece
	}
}

// clear blanks the cell at x, and the whole of the wide character that it is a part of.
func (p *paper) clear(x int) {
	row := p.cells[p.y]
	from, to := x, x+1
	for from > 0 && row[from] == "" {
		from--
	}
	for to < p.w && row[to] == "" {
		to++
	}
	for i := from; i < to; i++ {
		row[i] = " "
	}
}

// command obeys a control sequence.
func (p *paper) command(params string, final byte) {
	if strings.HasPrefix(params, "?") {
		if params == "?7" {
			p.wrap = final == 'h'
		}
		return
	}
	n, m := numbersOf(params)
	one := max(n, 1)
	if final != 'm' {
		p.pending = false
	}
	switch final {
	case 'H':
		p.y, p.x = min(one, p.h)-1, min(max(m, 1), p.w)-1
	case 'G', '`':
		p.x = min(one, p.w) - 1
	case 'd':
		p.y = min(one, p.h) - 1
	case 'A':
		p.y = max(p.y-one, 0)
	case 'B':
		p.y = min(p.y+one, p.h-1)
	case 'C':
		p.x = min(p.x+one, p.w-1)
	case 'D':
		p.x = max(p.x-one, 0)
	case 'r':
		p.top, p.end = one-1, p.h
		if m > 0 {
			p.end = m
		}
		p.x, p.y = 0, 0
	case 'n':
		p.answers = append(p.answers, "\x1b["+strconv.Itoa(p.y+1)+";"+strconv.Itoa(p.x+1)+"R")
	default:
		p.edit(final, n, one)
	}
}

// edit obeys a sequence that changes cells.
func (p *paper) edit(final byte, n, one int) {
	row := p.cells[p.y]
	switch final {
	case 'J':
		if n == 0 {
			p.erase(p.x, p.w)
			for y := p.y + 1; y < p.h; y++ {
				p.cells[y] = p.blankRow()
			}
			return
		}
		for y := range p.h {
			p.cells[y] = p.blankRow()
		}
	case 'K':
		from, to := p.x, p.w
		if n > 0 {
			from = 0
		}
		if n == 1 {
			to = p.x + 1
		}
		p.erase(from, to)
	case 'X':
		p.erase(p.x, min(p.x+one, p.w))
	case '@':
		p.split()
		p.cells[p.y] = slices.Insert(row, p.x, slices.Repeat([]string{" "}, one)...)[:p.w]
	case 'P':
		p.split()
		row = append(slices.Delete(row, p.x, min(p.x+one, p.w)), p.blankRow()...)
		p.cells[p.y] = row[:p.w]
	case 'L':
		p.insert(p.y, one)
	case 'M':
		p.delete(p.y, one)
	case 'S':
		p.delete(p.top, one)
	case 'T':
		p.insert(p.top, one)
	case 'b':
		for range one {
			p.print(p.cells[p.y][p.x-1], 1)
		}
	}
}

// split blanks a wide character that the cursor is within.
func (p *paper) split() {
	if p.cells[p.y][p.x] == "" {
		p.clear(p.x)
	}
}

func (p *paper) erase(from, to int) {
	for x := from; x < to; x++ {
		p.clear(x)
	}
}

// numbersOf are the first two parameters, 0 if they are missing.
func numbersOf(params string) (n, m int) {
	first, second, _ := strings.Cut(params, ";")
	n, _ = strconv.Atoi(first)
	m, _ = strconv.Atoi(second)
	return n, m
}

// row is the text of row y without blanks.
func (p *paper) row(y int) string { return p.kept(strings.Join(p.cells[y], "")) }

// kept is what the terminal keeps of text, without blanks.
func (p *paper) kept(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || p.over && ansi.WcWidth.StringWidth(string(r)) == 0 {
			return -1
		}
		return r
	}, text)
}

// fits is the text of as many clusters of line as w cells hold, without styles.
func fits(line string, w int) string {
	var b strings.Builder
	for line = ansi.Strip(line); line != ""; {
		c := sanitize.First(line)
		if w -= c.Width; w < 0 {
			break
		}
		b.WriteString(c.Text)
		line = line[len(c.Text):]
	}
	return b.String()
}
