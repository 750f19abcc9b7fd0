package query

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/ui/sanitize"
)

// View draws the line behind a label in w cells. x is the cell of the terminal's cursor. The label
// disappears if there is no room for both. If input was refused, the reason replaces the text.
func (l *Line) View(label string, w int) (line string, x int) {
	if w < 1 {
		return "", 0
	}
	label = sanitize.Line(label, -1)
	before := sanitize.Width(label)
	if w <= before+1 {
		label, before = "", 0
	}
	room := w - before
	l.label, l.room = before, room
	if l.refused != "" {
		said := sanitize.Fit(l.refused, room)
		return l.th.Label.Render(label) + l.th.Warning.Render(said), before + min(sanitize.Width(l.refused), room-1)
	}
	text, at := l.Text(), l.offset()
	l.scroll(text, at, room)
	drawn, x := l.draw(text, at, room)
	return l.th.Label.Render(label) + drawn, before + min(x, room-1)
}

// scroll moves the window of w cells, as little as it takes, so that the cursor at a byte of the
// text is in it. At the end of the text the window is full.
func (l *Line) scroll(text string, at, w int) {
	starts := clusters(text, max(at-reach, 0), at)
	least, cells := at, 0
	for i := len(starts) - 1; i >= 0; i-- {
		if cells += sanitize.InLine(text[starts[i]:], 0).Width; cells >= w {
			break
		}
		least = starts[i]
	}
	if l.first = min(max(l.first, least), at); at == len(text) {
		l.first = least
	}
}

// draw draws what of the text fits into w cells, in as few runs of one look as there are. x is the
// cell of the byte at.
func (l *Line) draw(text string, at, w int) (line string, x int) {
	var out, run strings.Builder
	look := l.look(sanitize.Glyph{})
	marked, col := false, 0
	for i := l.first; i < len(text); {
		g := sanitize.InLine(text[i:], col)
		if i == at {
			x = col
		}
		if col+g.Width > w {
			break
		}
		if g.Mark != marked {
			out.WriteString(render(look, &run))
			look, marked = l.look(g), g.Mark
		}
		run.WriteString(g.Text)
		i, col = i+g.Len, col+g.Width
	}
	if at == len(text) {
		x = col
	}
	return out.String() + render(look, &run), x
}

// byteAt is the byte of the text that is drawn at a cell, the last one behind it.
func (l *Line) byteAt(x int) int {
	text, col := l.Text(), 0
	at := l.first
	for at < len(text) {
		g := sanitize.InLine(text[at:], col)
		if col += g.Width; col > x {
			break
		}
		at += g.Len
	}
	return at
}

// look is how a glyph is drawn.
func (l *Line) look(g sanitize.Glyph) lipgloss.Style {
	switch {
	case l.selected:
		return l.th.CurrentMatch
	case g.Mark:
		return l.th.Mark
	}
	return l.th.Text
}

// render empties a run of text of one look.
func render(look lipgloss.Style, run *strings.Builder) string {
	defer run.Reset()
	if run.Len() == 0 {
		return ""
	}
	return look.Render(run.String())
}
