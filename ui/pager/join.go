package pager

import (
	"slices"
	"sort"
	"sync"
)

// blocks is a source of ready blocks.
type blocks []Block

// Len is the number of blocks.
func (b blocks) Len() int { return len(b) }

// Block gives block i.
func (b blocks) Block(i int) Block { return b[i] }

// joined is sources one below the other.
type joined struct {
	first []int            // the place of the first block of each, and behind the last
	part  func(k int) part // may be called from several goroutines
	// the bytes at which the parts begin where they follow each other, else nil
	begin func(k int) int
}

// part is a source within another.
type part struct {
	src    Source
	indent int
	at     int // the byte of the value at which begins what it shows
}

// Join shows sources one below the other.
func Join(sources ...Source) Source {
	var parts []part
	for _, s := range sources {
		parts = append(parts, part{src: s})
	}
	return join(parts...)
}

// Indent shows a source a number of cells further to the right.
func Indent(s Source, cells int) Source { return join(part{src: s, indent: cells}) }

// At is a source that shows a part of a value: at is the byte of the value's literal at which the
// part begins.
func At(s Source, at int) Source { return join(part{src: s, at: at}) }

func join(list ...part) Source {
	j := &joined{first: []int{0}}
	var parts []part
	for _, p := range list {
		if n := p.src.Len(); n > 0 {
			parts = append(parts, p)
			j.first = append(j.first, j.Len()+n)
		}
	}
	j.part = func(k int) part { return parts[k] }
	return j
}

// Len is behind the place of the last block.
func (j *joined) Len() int { return j.first[len(j.first)-1] }

// holding is the number of the part that a place is in; -1 before the first one.
func (j *joined) holding(at int) int { return sort.SearchInts(j.first, at+1) - 1 }

// Block gives the block at a place.
func (j *joined) Block(at int) Block {
	k := j.holding(at)
	p := j.part(k)
	b := p.src.Block(at - j.first[k])
	b.Indent += p.indent
	if p.at > 0 {
		b.Shown = slices.Clone(b.Shown)
		for i := range b.Shown {
			b.Shown[i].At += p.at
		}
	}
	return b
}

func (j *joined) after(at int) int {
	k := j.holding(at)
	if k >= 0 {
		src := j.part(k).src
		if next := After(src, at-j.first[k]); next < src.Len() {
			return j.first[k] + next
		}
	}
	if k++; k == len(j.first)-1 {
		return j.Len()
	}
	return j.first[k] + After(j.part(k).src, -1)
}

func (j *joined) before(at int) int {
	k := j.holding(at)
	if k < len(j.first)-1 {
		if prev := Before(j.part(k).src, at-j.first[k]); prev >= 0 {
			return j.first[k] + prev
		}
	}
	if k--; k < 0 {
		return -1
	}
	src := j.part(k).src
	return j.first[k] + Before(src, src.Len())
}

func (j *joined) where(at int) (block, start int, ok bool) {
	from, to := 0, len(j.first)-1
	if j.begin != nil {
		to = sort.Search(to, func(k int) bool { return j.begin(k) > at })
		from = max(to-1, 0)
	}
	for k := from; k < to; k++ {
		p := j.part(k)
		if at < p.at {
			continue
		}
		if block, start, ok = Where(p.src, at-p.at); ok {
			return j.first[k] + block, start, true
		}
	}
	return 0, 0, false
}

// Many shows n pieces of JSON one below the other. at is the byte of the value at which a piece
// begins, and size its bytes. The source of a piece is made when somebody looks at it, by a
// function that may be called from several goroutines. It has at most two places for each byte of
// its piece, and eight more, so that nothing is laid out to tell where it is.
func Many(n int, at, size func(i int) int, source func(i int) Source) Source {
	made := &pieces{source: source, at: at, size: size, near: map[int]Source{}}
	j := &joined{first: make([]int, n+1), part: made.part, begin: at}
	for i := range n {
		j.first[i+1] = j.first[i] + 2*size(i) + 8
	}
	return j
}

// pieces are sources that are made when they are looked at. A few are kept, and those of large
// pieces: what is made of one is more than its text.
type pieces struct {
	source   func(i int) Source
	at, size func(i int) int

	mu   sync.Mutex
	near map[int]Source
}

// The size from which the source of a piece is kept, and how many are kept at most of smaller ones.
const (
	largePiece = 16 << 10
	nearPieces = 64
)

func (p *pieces) part(i int) part {
	p.mu.Lock()
	s, ok := p.near[i]
	p.mu.Unlock()
	if ok {
		return part{src: s, at: p.at(i)}
	}
	s = p.source(i)
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.near) >= nearPieces {
		for k := range p.near {
			if p.size(k) < largePiece {
				delete(p.near, k)
			}
		}
	}
	p.near[i] = s
	return part{src: s, at: p.at(i)}
}
