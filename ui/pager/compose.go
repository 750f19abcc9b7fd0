package pager

import (
	"github.com/charmbracelet/lipgloss"

	"errata/model/jsonraw"
)

// Join shows sources one below the other.
func Join(sources ...Source) Source {
	var j joined
	for _, s := range sources {
		j.add(s, 0)
	}
	return &j
}

// At is a source that shows a part of a value: at is the byte of the value's literal at which the
// part begins.
func At(s Source, at int) Source {
	return &joined{parts: []part{{src: s, at: at}}, n: s.Len()}
}

// Of is blocks of text, as they are.
func Of(list ...Block) Source { return blocks(list) }

// Heading is one block in one look.
func Heading(text string, style lipgloss.Style) Source {
	return blocks{{Text: text, Spans: []Span{{0, len(text), style}}}}
}

// GoToBlock scrolls so that block i is at the top, or as near to it as the end allows.
func (m *Model) GoToBlock(i int) { m.show(m.locate(i, 0)) }

// Run is words in one look.
type Run struct {
	Text  string
	Style lipgloss.Style
	Of    []byte // the literal that they show, nil for none
}

// Line is one block made of runs.
func Line(runs ...Run) Source {
	var j joined
	j.say(runs...)
	return &j
}

// Said makes what a source shows the value that it shows: a list of texts, whose literal it gives.
func Said(s Source) (made Source, literal []byte) {
	list := make(blocks, s.Len())
	literal = []byte{'['}
	for i := range list {
		list[i] = s.Block(i)
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
