package pager

import (
	"sort"

	"github.com/charmbracelet/lipgloss"

	"errata/ui/theme"
)

// Text shows the text of a JSON string, of which no more is decoded than is shown. style is for all
// of it, nil for the theme's Text.
func Text(raw []byte, th *theme.Theme, style *lipgloss.Style) Source { return literal(raw, th, style) }

// Indent shows a source so many cells further to the right.
func Indent(s Source, cells int) Source {
	var j joined
	j.add(s, cells)
	return &j
}

// Many shows n pieces of JSON one below the other. The source of a piece is made of raw when it is
// shown, by a function that may be called from several goroutines: there may be many pieces, and
// what is made for one is more than its text. at is the byte of the value at which a piece begins,
// and count tells how many blocks it will have.
func Many(n int, raw func(i int) []byte, at, count func(i int) int, source func(i int) Source) Source {
	m := &many{at: at, source: source, first: make([]int, n+1), large: map[int]Source{}}
	for i := range n {
		if len(raw(i)) <= largePiece {
			m.first[i+1] = m.first[i] + count(i)
			continue
		}
		m.large[i] = source(i)
		m.first[i+1] = m.first[i] + m.large[i].Len()
	}
	return m
}

// largePiece is the size from which the source of a piece is kept.
const largePiece = 16 << 10

// many is the source of many pieces.
type many struct {
	at     func(i int) int
	source func(i int) Source
	first  []int // the number of the first block of each, and that of all blocks
	large  map[int]Source
}

// Len is the number of blocks of all pieces.
func (m *many) Len() int { return m.first[len(m.first)-1] }

// Block gives block i.
func (m *many) Block(i int) Block {
	k := sort.SearchInts(m.first, i+1) - 1
	return At(m.piece(k), m.at(k)).Block(i - m.first[k])
}

func (m *many) where(at int) (block, start int, ok bool) {
	k := sort.Search(len(m.first)-1, func(k int) bool { return m.at(k) > at }) - 1
	if k < 0 {
		return 0, 0, false
	}
	block, start, ok = Where(m.piece(k), at-m.at(k))
	return m.first[k] + block, start, ok
}

// piece is the source of piece i.
func (m *many) piece(i int) Source {
	if s, ok := m.large[i]; ok {
		return s
	}
	return m.source(i)
}
