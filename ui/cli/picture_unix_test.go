//go:build unix

package cli_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// firstDifference names the first line in which two texts differ.
func firstDifference(got, want []byte) string {
	theirs := strings.Split(string(want), "\n")
	for i, line := range strings.Split(string(got), "\n") {
		if i >= len(theirs) || line != theirs[i] {
			return fmt.Sprintf("line %d: %s", i+1, line)
		}
	}
	return "its end"
}

// The measures of a cell in the picture, and the room around the cells.
const (
	cellWidth, cellHeight = 8, 18
	baseline              = 13
	margin                = 14
	fontSize              = 13.3 // of a font whose letters are as wide as a cell, most often
	fonts                 = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
)

// ground is the colours that a terminal has of itself. The sixteen that a scheme may replace come
// beside them.
type ground struct{ paper, ink string }

var (
	onDark  = ground{"#16181d", "#d7dae0"}
	onLight = ground{"#ffffff", "#24292f"}
)

var sixteen = [16]string{
	"#16181d", "#e06c75", "#98c379", "#d19a66", "#61afef", "#c678dd", "#56b6c2", "#b6bac4",
	"#6b7280", "#f47983", "#a5d38a", "#ecc57b", "#7cc0ff", "#d79af0", "#6fd0dc", "#ffffff",
}

// drawing is the screen as an SVG picture: a rectangle for each background, a text for each stretch
// of one style. Each says how long it is, so that the columns hold with whatever font the viewer
// has.
func (g ground) drawing(screen *vt.Emulator, title string, cursor bool) []byte {
	var b bytes.Buffer
	w, h := screen.Width()*cellWidth+2*margin, screen.Height()*cellHeight+2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img">`+"\n", w, h)
	fmt.Fprintf(&b, "<title>%s</title>\n", title)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" rx="8" fill="%s"/>`+"\n", w, h, g.paper)
	fmt.Fprintf(&b, `<g font-family="%s" font-size="%.1f" shape-rendering="crispEdges">`+"\n", fonts, fontSize)
	for y := range screen.Height() {
		for _, s := range stretches(screen, y) {
			s.draw(&b, y, g)
		}
	}
	if cursor {
		g.cursor(&b, screen)
	}
	b.WriteString("</g>\n</svg>\n")
	return b.Bytes()
}

// cursor draws the cursor of the terminal.
func (g ground) cursor(b *bytes.Buffer, screen *vt.Emulator) {
	at := screen.CursorPosition()
	fmt.Fprintf(b, `<rect x="%d" y="%d" width="2" height="%d" fill="%s"/>`+"\n", margin+at.X*cellWidth, margin+at.Y*cellHeight, cellHeight, g.ink)
}

// thickness is how wide a rule between two panes is drawn, so that it has no gaps.
var thickness = map[string]int{"│": 1, "┃": 2}

func isRule(text string) bool { return thickness[text] > 0 }

// stretch is a part of a row in one style, or a rule.
type stretch struct {
	x, width int
	text     string
	style    uv.Style
	wide     bool // of letters that take two columns each, which come from another font
}

// goes reports whether a cell continues with a stretch. A gap ends one: viewers draw several blanks
// within a text as one, whatever they are told, and so would pull the words apart.
func (s stretch) goes(cell *uv.Cell) bool {
	return s.style.Equal(&cell.Style) && s.wide == (cell.Width > 1) && !isRule(s.text) && !isRule(cell.Content) &&
		(cell.Content == " " || !strings.HasSuffix(s.text, "  "))
}

func stretches(screen *vt.Emulator, y int) (list []stretch) {
	for x := 0; x < screen.Width(); {
		cell := screen.CellAt(x, y)
		n := len(list)
		if n > 0 && list[n-1].goes(cell) {
			list[n-1].text += cell.Content
			list[n-1].width += cell.Width
		} else {
			list = append(list, stretch{x, cell.Width, cell.Content, cell.Style, cell.Width > 1})
		}
		x += max(cell.Width, 1)
	}
	return list
}

func (s stretch) draw(b *bytes.Buffer, y int, g ground) {
	left, top := margin+s.x*cellWidth, margin+y*cellHeight
	front, back := hex(s.style.Fg, g.ink), hex(s.style.Bg, g.paper)
	if s.style.Attrs&uv.AttrReverse != 0 {
		front, back = back, front
	}
	if back != g.paper {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", left, top, s.width*cellWidth, cellHeight, back)
	}
	if isRule(s.text) {
		fmt.Fprintf(b, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", left+cellWidth/2, top, thickness[s.text], cellHeight, front)
		return
	}
	// Blanks at the ends would only stretch: the text begins and ends with something to see.
	text := strings.TrimRight(s.text, " ")
	width := s.width - (len(s.text) - len(text))
	begun := strings.TrimLeft(text, " ")
	left, width = left+(len(text)-len(begun))*cellWidth, width-(len(text)-len(begun))
	if begun == "" {
		return
	}
	extra := ""
	if s.style.Attrs&uv.AttrBold != 0 {
		extra += ` font-weight="bold"`
	}
	if s.style.Attrs&uv.AttrItalic != 0 {
		extra += ` font-style="italic"`
	}
	if s.style.Underline != 0 {
		extra += ` text-decoration="underline"`
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" textLength="%d" fill="%s"%s>`, left, top+baseline, width*cellWidth, front, extra)
	_ = xml.EscapeText(b, []byte(begun)) // into a buffer, which takes everything
	b.WriteString("</text>\n")
}

// hex is a colour as the picture writes it, other for none.
func hex(c color.Color, other string) string {
	if c == nil {
		return other
	}
	if basic, ok := c.(ansi.BasicColor); ok {
		return sixteen[basic]
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
