package term

import (
	"image/color"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"errata/ui/sanitize"
)

// border is the line between two parts of a screen. It keeps its column whatever is before it.
const border = "│"

// thumb is the part of it that says which rows are seen.
const thumb = "┃"

// A liner draws one row of styled text into cells.
type liner struct {
	line    uv.Line
	profile colorprofile.Profile
	x       int
	style   uv.Style
	adrift  bool // wide characters stand since the last named column
	// a cluster was put that not every way of measuring gives one width
	doubtful bool

	last [8]placed // what was put last, by the number of what was put before it
	n    int       // how many were put
}

// placed is a cluster in its cells.
type placed struct {
	sanitize.Shown
	x     int
	style uv.Style
}

// before is what was put i-th.
func (l *liner) before(i int) placed { return l.last[i%len(l.last)] }

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
		c := sanitize.First(text)
		l.put(c)
		text = text[len(c.Text):]
	}
}

// put puts a cluster into the next cells. One that does not fit leaves them blank.
func (l *liner) put(c sanitize.Shown) {
	if c.Width <= 0 {
		return
	}
	cell := uv.Cell{Content: l.content(c), Width: c.Width, Style: l.style}
	if c.Text == " " && bare(l.style) { // so that it differs only from what looks otherwise
		cell.Style = uv.Style{Bg: l.style.Bg}
	}
	l.line.Set(l.x, &cell)
	l.doubtful = l.doubtful || !c.Sure || composed(c.Text)
	l.last[l.n%len(l.last)] = placed{c, l.x, l.style}
	l.n++
	l.x += c.Width
	l.adrift = c.Sure && (l.adrift || c.Width > 1) && c.Text != border
}

// content is what is written for a cluster: behind one that terminals measure differently, the
// column of what follows; before a border its own, where wide characters are before it.
func (l *liner) content(c sanitize.Shown) string {
	text, end := c.Text, l.x+c.Width
	if c.Faint && c.Width > 1 && (l.x == 0 || !l.before(l.n-1).Sure) {
		text = " " + text // it may be drawn into the cell before, which has to hold something
	}
	switch {
	case c.Sure && text == border && l.adrift:
		return column(l.x) + text
	case end == len(l.line) && l.x > 0 && composed(text):
		text = l.pushed(placed{sanitize.Shown{Text: text, Width: c.Width}, l.x, l.style})
	case !c.Sure && end < len(l.line):
		text += column(end)
	}
	if !c.Sure && !blank(l.style) { // what the terminal leaves of the room has the same ground
		text = strings.Repeat(" ", c.Width) + column(l.x) + text
	}
	return text
}

// composed reports whether a cluster is more than one character: a letter with combining marks,
// say.
func composed(text string) bool { return utf8.RuneCountInString(text) > 1 }

// pushed is c, which ends in the last column. The cursor does not leave that column, and a mark
// written there falls on the cell before: so it is written one column early and pushed right, and
// what was before it is written again. That has to be without marks, which some terminals put into
// the cell behind: clusters with marks between are pushed as well.
func (l *liner) pushed(c placed) string {
	first := l.n - 1
	for first > max(l.n-len(l.last), 0) && composed(l.before(first).Text) {
		first--
	}
	var out strings.Builder
	pen := uv.ConvertStyle(c.style, l.profile)
	write := func(c placed, by int) {
		style := uv.ConvertStyle(c.style, l.profile)
		at := column(c.x - by)
		out.WriteString(at + style.Diff(&pen) + strings.Repeat(" ", c.Width) + at + c.Text)
		pen = style
	}
	start := c.x
	for i := first + 1; i < l.n; i++ {
		start = min(start, l.before(i).x)
		write(l.before(i), 1)
	}
	write(c, 1)
	out.WriteString(column(start-1) + ansi.InsertCharacter(1))
	write(l.before(first), 0)
	own := uv.ConvertStyle(c.style, l.profile)
	out.WriteString(own.Diff(&pen))
	return out.String()
}

// column moves the cursor to column x of its row.
func column(x int) string { return ansi.CursorHorizontalAbsolute(x + 1) }

// blank reports whether an empty cell of a style looks like one that was erased.
func blank(s uv.Style) bool { return s.Bg == color.Color(nil) && bare(s) }
