package pager

import (
	"regexp"
	"strings"

	"errata/ui/find"
)

// Hit is a place where a search matched: bytes of a block's text.
type Hit struct{ Block, Start, End int }

// MaxHits is how many hits Find gives at most.
const MaxHits = 100_000

// each is what a source offers that can give its texts in order faster than one by one.
type each interface {
	each(yield func(i int, text string) bool)
}

// searcher is what a source offers that can pass over most of its texts; ok is false when it
// cannot.
type searcher interface {
	search(f *finder, first int) (ok bool)
}

// Find searches the text of all blocks, in order, and gives at most MaxHits hits that are not
// empty; stop is asked again and again and ends it early. It is safe in another goroutine as long
// as the source is.
func Find(s Source, re *regexp.Regexp, stop func() bool) []Hit {
	f := &finder{re: re, probe: find.NewProbe(re), stop: stop}
	f.source(s, 0)
	return f.hits
}

// finder is a search under way.
type finder struct {
	re    *regexp.Regexp
	probe *find.Probe // nil when any text may match
	stop  func() bool
	hits  []Hit
	ended bool
}

// done tells whether the search is at an end.
func (f *finder) done() bool {
	f.ended = f.ended || len(f.hits) >= MaxHits || f.stop()
	return f.ended
}

// source searches the blocks of a source, whose first one has that number.
func (f *finder) source(s Source, first int) {
	if by, ok := s.(searcher); ok && f.probe != nil && by.search(f, first) {
		return
	}
	scan(s, func(i int, text string) bool {
		if f.done() {
			return false
		}
		f.text(first+i, text, "")
		return true
	})
}

// text searches a block. rest follows it in the next block and belongs to the same line: a match
// that begins in the text may end there, and is marked as far as the text goes.
func (f *finder) text(block int, text, rest string) {
	start, _ := f.re.LiteralPrefix()
	if !strings.Contains(text, start) && rest == "" {
		return
	}
	for _, at := range f.re.FindAllStringIndex(text+rest, MaxHits-len(f.hits)) {
		if at[0] < at[1] && at[0] < len(text) {
			f.hits = append(f.hits, Hit{block, at[0], min(at[1], len(text))})
		}
	}
}

func scan(s Source, yield func(i int, text string) bool) {
	if e, ok := s.(each); ok {
		e.each(yield)
		return
	}
	for i := range s.Len() {
		if !yield(i, s.Block(i).sought()) {
			return
		}
	}
}

// sought is the text of a block as a search sees it: line breaks stand in the place of words of
// errata.
func (b Block) sought() string {
	text := b.Text
	for _, own := range b.Own {
		text = text[:own[0]] + strings.Repeat("\n", own[1]-own[0]) + text[own[1]:]
	}
	return text
}

// overlap is how much of the next block is looked at for the end of a match, and how far before a
// place that the probe found a match may begin.
const overlap = 1 << 10

// search looks at the lines that hold what the probe finds, and at no others.
func (l *listing) search(f *finder, first int) bool {
	t, ok := l.walker.(*tree)
	if !ok {
		return false
	}
	found := f.probe.Over(t.raw)
	n, at := 0, l.stops[0].stop
	for near := found.Next(0); near >= 0 && near < len(t.raw) && !f.done(); near = found.Next(max(at.off, near+1)) {
		if k := l.from(near - overlap); k.line > n {
			n, at = k.line, k.stop
		}
		for at.off <= near && n < l.n {
			line, after, _ := l.step(at)
			if after.off > near || line.more && after.off > near-overlap {
				f.text(first+n, l.text(line), l.rest(line, after))
			}
			n, at = n+1, after
		}
	}
	return true
}

// rest is the text with which the next line goes on, as much of it as a match may take.
func (l *listing) rest(this line, after stop) string {
	if !this.more {
		return ""
	}
	next, _, _ := l.step(after)
	text := l.text(next)
	return text[:min(len(text), overlap)]
}

// search searches the parts, each in its own way.
func (j *joined) search(f *finder, first int) bool {
	for _, p := range j.parts {
		if f.done() {
			break
		}
		f.source(p.src, first+p.first)
	}
	return true
}

// Highlight marks hits, which are in order as Find gives them; current is scrolled into view, -1
// for none.
func (m *Model) Highlight(hits []Hit, current int) {
	m.hits, m.current = hits, current
	if current >= 0 && current < len(hits) {
		m.reveal(hits[current])
	}
	m.settle()
}

// reveal moves the window, unless the hit is in it already, so that the hit has a third of the
// window above it.
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
