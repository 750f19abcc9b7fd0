package paint

import (
	"regexp"
	"sort"
	"strings"

	"errata/ui/sanitize"
)

// Looks are the inks that any text may need: its own, that of marks, and those of a search.
type Looks struct{ Text, Mark, Match, Current Ink }

// Span is an ink for some bytes of a text.
type Span struct {
	Start, End int
	Ink        Ink
}

// Text is a text of which rows are drawn.
type Text struct {
	Looks   Looks
	Bytes   []byte
	Base    int      // the number of the first byte, for what follows
	Spans   []Span   // in order and apart; the rest has the ink of the text
	Matches [][2]int // what a search has found, as bytes, in order and apart
	Now     int      // where the match begins at which the search stands, -1 when it is not here
	Over    Span     // goes over all else; empty for nothing
	// what stands for a line break; without it one is a blank where something goes over it, and
	// nothing elsewhere
	Break string
}

// Matches lists what an expression finds in a text, as bytes.
func Matches(re *regexp.Regexp, text string) (list [][2]int) {
	for _, at := range re.FindAllStringIndex(text, -1) {
		if at[0] < at[1] {
			list = append(list, [2]int{at[0], at[1]})
		}
	}
	return list
}

// Draw draws the Bytes from one up to another as a row of at most width cells, and tells how many
// it took. What follows them may tell how they end. A cluster that has too little room is cut.
func (t *Text) Draw(out *strings.Builder, from, end, width int) (col int) {
	span := sort.Search(len(t.Spans), func(i int) bool { return t.Spans[i].End > t.Base+from })
	match := sort.Search(len(t.Matches), func(i int) bool { return t.Matches[i][1] > t.Base+from })
	brush := Brush{Out: out}
	for i := from; i < end && col < width; {
		g := sanitize.Next(t.Bytes[i:], col)
		at := t.Base + i
		for span < len(t.Spans) && t.Spans[span].End <= at {
			span++
		}
		for match < len(t.Matches) && t.Matches[match][1] <= at {
			match++
		}
		ink, over := t.ink(at, g, span, match)
		text, cells := t.shown(g, over)
		if cells > width-col {
			text, cells = sanitize.Fit(text, width-col), width-col
		}
		brush.Put(text, ink)
		i, col = i+g.Len, col+cells
	}
	brush.End()
	return col
}

// ink chooses the ink of the cluster at a byte; span and match are the first that end behind it.
// over tells that something goes over the text there.
func (t *Text) ink(at int, g sanitize.Glyph, span, match int) (ink Ink, over bool) {
	switch {
	case t.Over.Start <= at && at < t.Over.End:
		return t.Over.Ink, true
	case match < len(t.Matches) && t.Matches[match][0] < at+g.Len:
		if t.Matches[match][0] == t.Now {
			return t.Looks.Current, true
		}
		return t.Looks.Match, true
	case g.Mark, g.Break && t.Break != "":
		return t.Looks.Mark, false
	case span < len(t.Spans) && t.Spans[span].Start <= at:
		return t.Spans[span].Ink, false
	}
	return t.Looks.Text, false
}

// shown is what a cluster looks like, and the cells that it takes.
func (t *Text) shown(g sanitize.Glyph, over bool) (text string, cells int) {
	switch {
	case g.Break && t.Break != "":
		return g.Text + t.Break, g.Width + sanitize.Width(t.Break)
	case g.Break && over && g.Width == 0:
		return " ", 1
	}
	return g.Text, g.Width
}
