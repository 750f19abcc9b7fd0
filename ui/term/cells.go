package term

import (
	"image/color"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/glyph"
)

// border is the line between two parts of a screen. It keeps its column whatever stands before it.
const border = "│"

// A liner puts a row of styled text into cells.
type liner struct {
	line    uv.Line
	profile colorprofile.Profile
	x       int
	style   uv.Style
	before  uv.Cell // the cell put last, its content without columns
	adrift  bool    // wide characters stand since the last named column
}

// draw puts text, which is harmless, into the row. What does not fit is left out.
func (l *liner) draw(text string) {
	for x := range l.line {
		l.line[x] = uv.EmptyCell
	}
	parser := ansi.GetParser()
	defer ansi.PutParser(parser)
	for text != "" && l.x < len(l.line) {
		if text[0] == ansi.ESC {
			seq, _, n, _ := ansi.DecodeSequence(text, ansi.NormalState, parser)
			if ansi.HasCsiPrefix(seq) && parser.Command() == 'm' {
				uv.ReadStyle(parser.Params(), &l.style)
			}
			text = text[n:]
			continue
		}
		cluster, width, sure := glyph.First(text)
		l.put(cluster, width, sure)
		text = text[len(cluster):]
	}
}

// put puts a cluster into the next cells. One that does not fit leaves them blank.
func (l *liner) put(cluster string, width int, sure bool) {
	if width <= 0 {
		return
	}
	cell := uv.Cell{Content: cluster, Width: width, Style: l.style}
	before := l.before
	l.before = cell
	cell.Content = l.content(cell, before, sure)
	l.line.Set(l.x, &cell)
	l.x += width
	l.adrift = sure && (l.adrift || width > 1) && cluster != border
}

// content is what is written for a cell: behind a cluster that terminals measure differently, the column of what follows;
// before a border its own, where wide characters stand before it.
func (l *liner) content(cell, before uv.Cell, sure bool) string {
	text, end := cell.Content, l.x+cell.Width
	switch {
	case sure && text == border && l.adrift:
		return column(l.x) + text
	case end == len(l.line) && l.x > 0 && utf8.RuneCountInString(text) > 1:
		text = l.pushed(cell, before)
	case !sure && end < len(l.line):
		text += column(end)
	}
	if !sure && !blank(cell.Style) { // what the terminal leaves of the room has the same ground
		text = strings.Repeat(" ", cell.Width) + column(l.x) + text
	}
	return text
}

// pushed is cell, which ends in the last column. The cursor does not leave that column, and a mark written there falls on the
// cell before: so it is written one column early and pushed right, and what stood before it is written again.
func (l *liner) pushed(cell, before uv.Cell) string {
	own, others := uv.ConvertStyle(cell.Style, l.profile), uv.ConvertStyle(before.Style, l.profile)
	return column(l.x-1) + cell.Content + column(l.x-1) + ansi.InsertCharacter(1) +
		column(l.x-before.Width) + others.Diff(&own) + before.Content + own.Diff(&others)
}

// column moves the cursor to column x of its row.
func column(x int) string { return ansi.CursorHorizontalAbsolute(x + 1) }

// blank tells whether an empty cell of a style looks like one that was erased.
func blank(s uv.Style) bool {
	const seen = uv.AttrReverse | uv.AttrStrikethrough
	return s.Bg == color.Color(nil) && s.Attrs&seen == 0 && s.Underline == uv.UnderlineNone
}
