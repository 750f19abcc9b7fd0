package chat

import (
	"github.com/charmbracelet/lipgloss"

	"errata/ui/pager"
)

// line is a block made of runs of words.
type line struct{ pager.Block }

// say adds words.
func (l *line) say(text string, style lipgloss.Style) *line {
	if text != "" {
		l.Spans = append(l.Spans, pager.Span{Start: len(l.Text), End: len(l.Text) + len(text), Style: style})
		l.Text += text
	}
	return l
}

// show adds text that shows a literal, which begins at a byte of the message.
func (l *line) show(text string, style lipgloss.Style, literal []byte, at int) *line {
	if from := len(l.Text); text != "" {
		l.Shown = append(l.Shown, pager.Literal(from, from+len(text), literal, at))
	}
	return l.say(text, style)
}

// indented is an empty line so many cells from the left.
func indented(cells int) *line { return &line{pager.Block{Indent: cells}} }

// alone is a line that nothing else is shown of a part.
func (l *line) alone() pager.Source { return pager.Of(l.Block) }

// over is a line with a source below it.
func (l *line) over(s pager.Source) pager.Source { return pager.Join(l.alone(), s) }

// words is a line of words of errata.
func words(indent int, text string, style lipgloss.Style) *line {
	return indented(indent).say(text, style)
}
