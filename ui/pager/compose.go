package pager

import "github.com/charmbracelet/lipgloss"

// Join shows sources one below the other.
func Join(sources ...Source) Source {
	var j joined
	for _, s := range sources {
		j.add(s, 0)
	}
	return &j
}

// At says where in a value stands what a source shows, as the path of a tree.
func At(s Source, at []int) Source {
	return &joined{parts: []part{{src: s, at: at}}, n: s.Len()}
}

// Place is where in a value block i of a source stands, as At says, and the first of the blocks
// that show what stands there. Where nobody has said, at is nil.
func Place(s Source, i int) (at []int, first int) {
	if p, ok := s.(interface{ place(i int) ([]int, int) }); ok {
		return p.place(i)
	}
	return nil, 0
}

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
}

// Line is one block made of runs.
func Line(runs ...Run) Source {
	var j joined
	words := make([]run, len(runs))
	for i, r := range runs {
		words[i] = run{r.Text, r.Style}
	}
	j.say(0, words...)
	return &j
}
