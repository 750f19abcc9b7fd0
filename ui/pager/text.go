package pager

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/lipgloss"

	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/sanitize"
	"errata/ui/stringlines"
	"errata/ui/theme"
)

// Look draws a line of a text in a way of its own. at is where in the literal the line begins.
type Look func(raw []byte, at int, line string) (shown string, spans []Span)

// text is the text of a JSON string: a block for each of its lines, whose place is the byte of the
// literal that it begins at. A picture or a file that is in it is a block that says so.
type text struct {
	stringlines.Parts
	th   *theme.Theme
	look Look // nil for the theme's text
}

// Text shows the text of a JSON string, and reads no more of it than is shown. look is for its
// lines, nil for the theme's Text.
func Text(raw []byte, th *theme.Theme, look Look) Source {
	return Parted(PartsOf(raw), th, look)
}

// PartsOf looks for pictures and files within the text of a JSON string, which is read through.
func PartsOf(raw []byte) stringlines.Parts {
	raw = jsonraw.Trim(raw)
	return stringlines.Parts{Text: raw, Whole: media.Within(raw)}
}

// Parted is Text of a string in which they were looked for.
func Parted(parts stringlines.Parts, th *theme.Theme, look Look) Source {
	return &text{parts, th, look}
}

// In is the look of lines that are all in one style.
func In(style lipgloss.Style) Look {
	return func(_ []byte, _ int, line string) (string, []Span) { return line, []Span{{0, len(line), style}} }
}

// Len is behind the place of the last line.
func (t *text) Len() int { return len(t.Text) }

func (t *text) after(at int) int {
	if at < t.First() {
		return t.First()
	}
	if next, ok := t.Parts.After(at); ok {
		return next
	}
	return t.Len()
}

func (t *text) before(at int) int {
	if at >= t.Len() {
		return t.Last()
	}
	if prev, ok := t.Parts.Before(at); ok {
		return prev
	}
	return -1
}

// where is the line that shows a byte, and where in it that is.
func (t *text) where(at int) (block, start int, ok bool) {
	if at < t.First() || at >= t.End() {
		return 0, 0, false
	}
	block = t.Start(at)
	return block, stringlines.Size(t.Text[block:at]), true
}

// Block gives the line at a place.
func (t *text) Block(at int) Block {
	end, _ := t.Stop(at)
	if t.IsWhole(at) {
		d, _ := media.Address(t.Text[at:end])
		words := d.String()
		return Block{Text: words, Spans: []Span{{0, len(words), t.th.Info}}}
	}
	b := Block{Text: t.Line(at)}
	if t.look != nil {
		b.Text, b.Spans = t.look(t.Text, at, b.Text)
	}
	b.Shown = []Shown{{0, len(b.Text), at, t.Text[at:end]}}
	return b
}

// Plain shows text.
func Plain(text string, _ *theme.Theme) Source { return list(prose(text), stop{}) }

// passageLen is how much of a line is shown as one block, about. What is longer is cut, so that no
// step costs more in a longer line. Where it is cut depends on the text alone.
const passageLen = 16 << 10

// prose walks the lines of a text.
type prose string

func (p prose) step(at stop) (line, stop, bool) {
	if at.off > len(p) {
		return line{}, at, false
	}
	text := string(p[at.off:])
	end := strings.IndexByte(text[:min(len(text), passageLen)], '\n')
	if end < 0 {
		end = seam(text)
	}
	l, after := line{val: span{at.off, at.off + end}, form: passage}, stop{off: at.off + end}
	if l.more = end < len(text) && text[end] != '\n'; !l.more {
		after.off++
	}
	return l, after, true
}

// seam is where a line ends that begins with text and is passageLen at least: at its end, or where
// it is cut.
func seam(text string) int {
	const before = utf8.UTFMax
	if len(text) <= passageLen {
		return len(text)
	}
	around := []byte(text[passageLen-before : min(len(text), passageLen+sanitize.SeamReach+sanitize.Lookahead)])
	at := sanitize.Seam(around, before)
	if i := bytes.IndexByte(around[before:], '\n'); i >= 0 {
		at = min(at, before+i)
	}
	return passageLen - before + at
}

func (p prose) block(l line) Block { return Block{Text: string(p[l.val.start:l.val.end])} }
