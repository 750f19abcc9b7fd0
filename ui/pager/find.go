package pager

import (
	"regexp"
	"strings"
)

// Hit is a place where a search matched: bytes of a block's text.
type Hit struct{ Block, Start, End int }

// MaxHits is how many hits Find gives at most.
const MaxHits = 100_000

// each is what a source offers that can give its texts in order faster than one by one.
type each interface {
	each(yield func(i int, text string) bool)
}

// Find searches the text of all blocks, in order, and gives at most MaxHits hits that are not empty; stop is asked before each block and
// ends it early. It is safe in another goroutine as long as the source is.
func Find(s Source, re *regexp.Regexp, stop func() bool) []Hit {
	var hits []Hit
	start, _ := re.LiteralPrefix()
	scan(s, func(i int, text string) bool {
		if stop() {
			return false
		}
		if !strings.Contains(text, start) {
			return true
		}
		for _, at := range re.FindAllStringIndex(text, MaxHits-len(hits)) {
			if at[0] < at[1] {
				hits = append(hits, Hit{i, at[0], at[1]})
			}
		}
		return len(hits) < MaxHits
	})
	return hits
}

func scan(s Source, yield func(i int, text string) bool) {
	if e, ok := s.(each); ok {
		e.each(yield)
		return
	}
	for i := range s.Len() {
		if !yield(i, s.Block(i).Text) {
			return
		}
	}
}

// Highlight marks hits, which are in order as Find gives them; current is scrolled into view, -1 for none.
func (m *Model) Highlight(hits []Hit, current int) {
	m.hits, m.current = hits, current
	if current >= 0 && current < len(hits) {
		m.reveal(hits[current])
	}
	m.settle()
}

// reveal moves the window, unless the hit is in it already, so that the hit has a third of the window above it.
func (m *Model) reveal(h Hit) {
	if h.Block < 0 || h.Block >= m.src.Len() {
		return
	}
	for _, r := range m.rows {
		if r.at.block == h.Block && r.at.row.start <= h.Start && h.Start < r.at.row.end {
			return
		}
	}
	m.show(m.move(m.locate(h.Block, h.Start), -m.h/3))
}
