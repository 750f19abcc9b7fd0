package pager

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"errata/model/jsonraw"
)

// Of is blocks of text, as they are.
func Of(list ...Block) Source { return blocks(list) }

// Heading is one block in one look.
func Heading(text string, style lipgloss.Style) Source {
	return blocks{{Text: text, Spans: []Span{{0, len(text), style}}}}
}

// Run is words in one look.
type Run struct {
	Text  string
	Style lipgloss.Style
	Of    []byte // the literal that they show, nil for none
}

// Line is one block made of runs.
func Line(runs ...Run) Source {
	var b Block
	var text strings.Builder
	for _, r := range runs {
		start := text.Len()
		if text.WriteString(r.Text); r.Text != "" {
			b.Spans = append(b.Spans, Span{start, text.Len(), r.Style})
		}
		if r.Of != nil {
			b.Shown = append(b.Shown, Literal(start, text.Len(), r.Of, 0))
		}
	}
	b.Text = text.String()
	return Of(b)
}

// Blocks are those of a source that has a few.
func Blocks(s Source) (list []Block) {
	for at := After(s, -1); at < s.Len(); at = After(s, at) {
		list = append(list, s.Block(at))
	}
	return list
}

// Said makes what a source shows the value that it shows: a list of texts, whose literal it gives.
func Said(s Source) (made Source, literal []byte) {
	list := blocks(Blocks(s))
	literal = []byte{'['}
	for i := range list {
		quoted, err := jsonraw.Quote(list[i].Text)
		if err != nil {
			continue // some bytes are no text
		}
		if len(literal) > 1 {
			literal = append(literal, ',')
		}
		list[i].Shown = []Shown{Literal(0, len(list[i].Text), quoted, len(literal))}
		literal = append(literal, quoted...)
	}
	return list, append(literal, ']')
}
