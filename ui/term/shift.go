package term

import (
	"bytes"
	"slices"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// A frame in which many rows differ is looked through for text that only goes to the right, as
// beside a list that becomes wider: a terminal moves it by a few bytes, which ultraviolet does to
// the left alone.
const (
	manyRows = 8  // that differ, that end alike and that move, each before it is gone into further
	worthIt  = 12 // characters of text that moves, in a row
)

// shift is text of a row that goes to the right.
type shift struct{ y, at, by int }

// sameEnd reports whether two rows end alike, but for blanks.
func sameEnd(was, is string) bool {
	was, is = strings.TrimRight(was, " "), strings.TrimRight(is, " ")
	return len(was) >= worthIt && strings.HasSuffix(is, was[len(was)-worthIt:])
}

// shiftOf is how the text at the end of a row goes to the right; ok is false if it does not, or
// where that is not worth it. Only text whose width no terminal doubts is moved.
func shiftOf(was, is uv.Line) (at, by int, ok bool) {
	o, n := lastCell(was), lastCell(is)
	if by = n - o; by <= 0 {
		return 0, 0, false
	}
	words := 0
	for at = o + 1; at > 0 && plainCell(was[at-1]) && was[at-1].Equal(&is[at-1+by]); at-- {
		if was[at-1].Content != " " {
			words++
		}
	}
	return at, by, words >= worthIt
}

// lastCell is the last cell of a row that is more than a blank, -1 for none.
func lastCell(l uv.Line) int {
	for x := len(l) - 1; x >= 0; x-- {
		if !l[x].Equal(&uv.EmptyCell) {
			return x
		}
	}
	return -1
}

// plainCell reports whether a cell is one character in one cell, whoever measures it.
func plainCell(c uv.Cell) bool {
	return c.Width == 1 && (len(c.Content) == 1 || c.Content == border || c.Content == thumb)
}

// shifting moves text to the right, and lets the renderer know what the terminal shows then. old
// are the rows that differ, as they were.
func (p *painter) shifting(old map[int]uv.Line) {
	var list []shift
	for y := range p.cells.Height() {
		if was, changed := old[y]; changed {
			if at, by, ok := shiftOf(was, p.cells.Line(y)); ok {
				list = append(list, shift{y, at, by})
			}
		}
	}
	if len(list) < manyRows {
		return // to tell the renderer of it takes as long as to draw the frame
	}
	between := uv.NewRenderBuffer(p.cells.Width(), p.cells.Height())
	for y := range p.cells.Height() {
		copy(between.Line(y), p.cells.Line(y))
		if was, changed := old[y]; changed {
			copy(between.Line(y), was)
		}
	}
	want := p.pen.want
	p.pen.want = uv.Style{}
	p.pen.ground(&p.out) // of the room that is made
	for i, s := range list {
		if i > 0 && list[i-1].y == s.y-1 && list[i-1].at == s.at {
			p.out.WriteByte('\n')
		} else {
			p.out.WriteString(ansi.CursorPosition(s.at+1, s.y+1))
		}
		p.out.WriteString(ansi.InsertCharacter(s.by))
		l := between.Line(s.y)
		copy(l[s.at+s.by:], slices.Clone(l[s.at:]))
		for x := s.at; x < s.at+s.by; x++ {
			l[x] = uv.EmptyCell
		}
		between.TouchLine(0, s.y, len(l))
	}
	p.pen.want = want
	p.told(between)
	last := list[len(list)-1]
	p.r.SetPosition(last.at, last.y)
}

// told makes the renderer take cells for what the terminal shows: what it writes to get there is
// dropped, but for the look that it draws with then.
func (p *painter) told(cells *uv.RenderBuffer) {
	p.r.Render(cells)
	p.raw.Reset()
	_ = p.r.Flush()
	heard := pen{want: p.pen.want}
	heard.pass(&bytes.Buffer{}, p.raw.String())
	p.pen.want = heard.want
}
