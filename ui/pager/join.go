package pager

import (
	"slices"
	"sort"
	"strings"
)

// blocks is a source of ready blocks.
type blocks []Block

// Len is the number of blocks.
func (b blocks) Len() int { return len(b) }

// Block gives block i.
func (b blocks) Block(i int) Block { return b[i] }

// part is a source within another.
type part struct {
	src    Source
	first  int // the number of its first block
	indent int
	at     int // the byte of the value at which begins what it shows
}

// joined is sources one below the other.
type joined struct {
	parts []part
	n     int
}

// Len is the number of blocks of all parts.
func (j *joined) Len() int { return j.n }

// Block gives block i.
func (j *joined) Block(i int) Block {
	p := j.part(i)
	b := p.src.Block(i - p.first)
	b.Indent += p.indent
	if p.at > 0 {
		b.Shown = slices.Clone(b.Shown)
		for i := range b.Shown {
			b.Shown[i].At += p.at
		}
	}
	return b
}

// part is the one that block i is of.
func (j *joined) part(i int) part {
	return j.parts[sort.Search(len(j.parts), func(k int) bool { return j.parts[k].first > i })-1]
}

func (j *joined) add(s Source, indent int) {
	if s.Len() == 0 {
		return
	}
	j.parts = append(j.parts, part{src: s, first: j.n, indent: indent})
	j.n += s.Len()
}

// say adds one block made of runs.
func (j *joined) say(runs ...Run) {
	var b Block
	var text strings.Builder
	for _, r := range runs {
		start := text.Len()
		text.WriteString(r.Text)
		if r.Text != "" {
			b.Spans = append(b.Spans, Span{start, text.Len(), r.Style})
		}
		if r.Of != nil {
			b.Shown = append(b.Shown, Literal(start, text.Len(), r.Of, 0))
		}
	}
	b.Text = text.String()
	j.add(blocks{b}, 0)
}
