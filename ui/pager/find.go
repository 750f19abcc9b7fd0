package pager

import (
	"regexp"
	"slices"

	"errata/ui/find"
	"errata/ui/paint"
	"errata/ui/stringlines"
)

// Shown is a part of a block's text that shows bytes of the value: the text of a string, or a
// literal. A search finds nothing in what is around such parts.
type Shown struct {
	Start, End int    // bytes of the block's text
	At         int    // the byte of the value's literal at which it begins
	Raw        []byte // as it is written there, without quotes; nil if that is not known
}

// Literal is the part of a block's text that shows a literal, which begins at a byte of the value:
// that of a string without its quotes.
func Literal(start, end int, literal []byte, at int) Shown {
	if literal[0] != '"' {
		return Shown{start, end, at, literal}
	}
	return Shown{start, end, at + 1, stringlines.Inside(literal)}
}

// byte is where in the block's text a byte of the value is shown; ok is false when it is not shown
// here.
func (s Shown) byte(at int) (start int, ok bool) {
	if at < s.At || at >= s.At+len(s.Raw) {
		return 0, false
	}
	return min(s.Start+stringlines.Size(s.Raw[:at-s.At]), s.End), true
}

// finder is a source that knows where it shows a byte of the value.
type finder interface {
	where(at int) (block, start int, ok bool)
}

// Where is the block of a source that shows a byte of the value's literal, and where in its text
// that is; ok is false when it is not shown.
func Where(s Source, at int) (block, start int, ok bool) {
	if f, ok := s.(finder); ok {
		return f.where(at)
	}
	for i := After(s, -1); i < s.Len(); i = After(s, i) {
		if start, ok := s.Block(i).Byte(at); ok {
			return i, start, true
		}
	}
	return 0, 0, false
}

// Byte is where in the text a byte of the value is shown; ok is false when it is not shown here.
func (b Block) Byte(at int) (start int, ok bool) {
	for _, s := range b.Shown {
		if start, ok := s.byte(at); ok {
			return start, true
		}
	}
	return 0, false
}

// where goes to the line of a byte from the stop ahead of it.
func (l *listing) where(at int) (block, start int, ok bool) {
	k := l.from(at)
	for n, here := k.line, k.stop; n < l.n && here.off <= at; n++ {
		line, after, _ := l.step(here)
		if line.key.start <= at && at < max(line.key.end, line.val.end) {
			if start, ok := l.block(line).Byte(at); ok {
				return n, start, true
			}
		}
		here = after
	}
	return 0, 0, false
}

// packed shows the JSON that a string holds.
type packed struct {
	Source
	literal []byte
}

// Packed makes a source of the JSON that a string's literal holds one of that literal.
func Packed(s Source, literal []byte) Source { return packed{s, literal} }

// Block gives block i, none of whose parts has a place.
func (p packed) Block(i int) Block {
	b := p.Source.Block(i)
	b.Shown = slices.Clone(b.Shown)
	for k, s := range b.Shown {
		b.Shown[k] = Shown{Start: s.Start, End: s.End}
	}
	return b
}

func (p packed) where(at int) (block, start int, ok bool) {
	if at < 1 || at >= len(p.literal) {
		return 0, 0, false
	}
	return Where(p.Source, stringlines.Size(p.literal[1:at]))
}

// Matches lists what an expression finds in the parts of a text that show the value, as bytes of
// the text.
func Matches(re *regexp.Regexp, text string, parts []Shown) (list [][2]int) {
	for _, s := range parts {
		for _, at := range paint.Matches(re, text[s.Start:s.End]) {
			list = append(list, [2]int{s.Start + at[0], s.Start + at[1]})
		}
	}
	return list
}

// hit is the match that is shown, in a block's text.
type hit struct{ block, start, end int }

// Highlight marks what an expression finds, nil for nothing, and the hit of it that is shown, which
// is scrolled into view; nil for none.
func (m *Model) Highlight(re *regexp.Regexp, shown *find.Hit) {
	m.re, m.hit = re, hit{block: -1}
	if shown != nil {
		if block, start, ok := Where(m.src, shown.At); ok {
			m.hit = hit{block, start, start + shown.End - shown.Start}
			m.reveal()
		}
	}
	m.settle()
}

// matches are the matches in a block, in order and apart, and where the one begins that is shown,
// -1 when that is elsewhere. It may go on in the next block, so that nothing is found in this one.
func (m *Model) matches(l *Laid, block int) (list [][2]int, now int) {
	if m.re == nil {
		return nil, -1
	}
	if list = l.Matches(m.re); block != m.hit.block {
		return list, -1
	}
	list = slices.DeleteFunc(slices.Clone(list), func(r [2]int) bool { return r[0] < m.hit.end && r[1] > m.hit.start })
	at, _ := slices.BinarySearchFunc(list, m.hit.start, func(r [2]int, start int) int { return r[0] - start })
	return slices.Insert(list, at, [2]int{m.hit.start, m.hit.end}), m.hit.start
}

// reveal moves the window, unless the hit is in it already, so that the hit has a third of the
// window above it.
func (m *Model) reveal() {
	if !m.blank() {
		m.window.Find(m.locate(m.hit.block, m.hit.start))
		m.hold()
	}
}
