package pager

import (
	"sort"
	"strings"

	"github.com/charmbracelet/lipgloss"
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
	at     []int // where in a value it stands, nil when nobody has said
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
	return b
}

// part is the one that block i is of.
func (j *joined) part(i int) part {
	return j.parts[sort.Search(len(j.parts), func(k int) bool { return j.parts[k].first > i })-1]
}

func (j *joined) place(i int) (at []int, first int) {
	p := j.part(i)
	if p.at != nil {
		return p.at, p.first
	}
	at, first = Place(p.src, i-p.first)
	return at, p.first + first
}

func (j *joined) each(yield func(i int, text string) bool) {
	more := true
	for _, p := range j.parts {
		scan(p.src, func(i int, text string) bool {
			more = yield(p.first+i, text)
			return more
		})
		if !more {
			return
		}
	}
}

func (j *joined) add(s Source, indent int) {
	if s.Len() == 0 {
		return
	}
	j.parts = append(j.parts, part{src: s, first: j.n, indent: indent})
	j.n += s.Len()
}

// run is words in one style.
type run struct {
	text  string
	style lipgloss.Style
}

// say adds one block made of runs.
func (j *joined) say(indent int, runs ...run) {
	var b Block
	var text strings.Builder
	for _, r := range runs {
		start := text.Len()
		text.WriteString(r.text)
		if r.text != "" {
			b.Spans = append(b.Spans, Span{start, text.Len(), r.style})
		}
	}
	b.Text = text.String()
	j.add(blocks{b}, indent)
}
