package paint

import (
	"regexp"
	"sort"
	"strings"

	"errata/ui/sanitize"
)

// Looks are the inks that a text may need: its own, that of marks for control characters, and those
// of the matches of a search.
type Looks struct{ Text, Mark, Match, Current Ink }

// Span is an ink for some bytes of a text.
type Span struct {
	Start, End int
	Ink        Ink
}

// Text is a text whose rows can be drawn.
type Text struct {
	Looks   Looks
	Bytes   []byte
	Base    int      // the number of the first byte, to which the positions below refer
	Spans   []Span   // in order, without overlaps; the rest has the ink of the text
	Matches [][2]int // the matches of a search, as bytes, in order, without overlaps
	Now     int      // the start of the current match, -1 when it is not in this text
	Over    Span     // an ink over all others, such as a selection; empty for none
	// shown for a line break; when it is "", a line break is a blank under Over, and nothing
	// elsewhere
	Break string
}

// Matches lists the matches of an expression in a text, as bytes.
func Matches(re *regexp.Regexp, text string) (list [][2]int) {
	for _, at := range re.FindAllStringIndex(text, -1) {
		if at[0] < at[1] {
			list = append(list, [2]int{at[0], at[1]})
		}
	}
	return list
}

// Draw draws the bytes from one position up to another as a row of at most width cells, and returns
// how many it took. The bytes after these are needed to find the end of the last cluster. A cluster
// without enough room is cut.
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

// ink chooses the ink of the cluster at a byte. span and match are the indices of the first ones
// that end after it. over reports whether Over covers the cluster.
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

// shown is how a cluster is drawn, and how many cells it takes.
func (t *Text) shown(g sanitize.Glyph, over bool) (text string, cells int) {
	switch {
	case g.Break && t.Break != "":
		return g.Text + t.Break, g.Width + sanitize.Width(t.Break)
	case g.Break && over && g.Width == 0:
		return " ", 1
	}
	return g.Text, g.Width
}
